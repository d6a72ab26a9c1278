"""Runs the tests in a browser: run.py [names of files, without test_]. Ends with `N passed, N failed`."""

import pathlib
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
TALLY = HERE.parents[1] / ".build/tests.tally"
sys.path.insert(0, str(HERE))


class Result(unittest.TextTestResult):
    """Says how long each test took."""

    def startTest(self, test):
        self.began = time.monotonic()
        super().startTest(test)

    def addSuccess(self, test):
        unittest.TestResult.addSuccess(self, test)
        self.stream.writeln(f"ok in {time.monotonic() - self.began:.1f} s")


def main():
    wanted = sys.argv[1:] or [path.stem.removeprefix("test_") for path in sorted(HERE.glob("test_*.py"))]
    suite = unittest.defaultTestLoader.loadTestsFromNames([f"test_{name}" for name in wanted])
    result = unittest.TextTestRunner(verbosity=2, resultclass=Result).run(suite)
    # What a class could not be set up for counts once.
    failed = len(result.failures) + len(result.errors)
    passed = max(result.testsRun - failed, 0) if result.testsRun else 0
    if not result.testsRun and not failed:
        failed = 1
    if TALLY.parent.is_dir():
        with open(TALLY, "a") as tally:
            tally.write(f"{passed} {failed}\n")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
