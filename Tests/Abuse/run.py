"""Attacks a server while a campaign of 300 contacts runs: `scripts/test-abuse [EXAMPLES]`.

All attacks come again until every contact was called, the interface's own fuzzer with a token of each role beside them.
Times are ratios to those of the same server before the first attack.
"""
import statistics, subprocess, sys, tempfile, threading, time
from pathlib import Path

import attacks
from server import PASSWORD, ROOT, Failed, Server

EXAMPLES = sys.argv[1] if len(sys.argv) > 1 else "10"
# Only ends a hang.
LONGEST = 45 * 60


def set_password(server):
    """Follows the link that the command line made, as its owner does."""
    import http.client, urllib.parse
    path = "/" + server.link.split("/", 3)[3]
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300)
    connection.request("GET", path)
    page = connection.getresponse()
    cookie, text = (page.getheader("Set-Cookie") or "").split(";")[0], page.read().decode()
    marker = 'name="csrf" value="'
    csrf = text[text.index(marker) + len(marker):].split('"')[0] if marker in text else ""
    form = urllib.parse.urlencode({"csrf": csrf, "password": PASSWORD, "again": PASSWORD})
    connection.request("POST", path, form, {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie})
    status = connection.getresponse().status
    connection.close()
    if status != 303:
        raise Failed(f"the link for a password was answered by {status}")


class Watch(threading.Thread):
    """Asks again and again how long a small answer takes, and how late polls are."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.times, self.lateness, self.failures = server, [], [], 0
        self.ended = threading.Event()

    def run(self):
        while not self.ended.is_set():
            start = time.monotonic()
            if self.server.get("/healthz/live", timeout=60)[0] == 200:
                self.times.append(time.monotonic() - start)
            else:
                self.failures += 1
            late = self.server.metric("offhook_poll_lateness_most_seconds")
            if late is not None:
                self.lateness.append(late)
            self.ended.wait(0.25)

    def take(self):
        times, self.times = self.times, []
        late, self.lateness = self.lateness, []
        failures, self.failures = self.failures, 0
        return times, late, failures


def main():
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="offhook-abuse-") as name:
        server, fuzzer = Server(Path(name)), None
        try:
            server.prepare()
            set_password(server)
            server.make_tokens()
            server.run("campaign", "start", "spring")
            watch = Watch(server)
            watch.start()
            time.sleep(20)
            calm, calm_late, _ = watch.take()
            usual = statistics.median(calm)
            print(f"test-abuse: before the first attack {len(calm)} answers, the median {usual * 1000:.1f} ms, "
                  f"polls late by {max(calm_late, default=0) * 1000:.0f} ms at most", flush=True)
            fuzzer = subprocess.Popen(
                [str(ROOT / "scripts/test-interface"), EXAMPLES, "all"], stdout=open(Path(name) / "fuzzer.out", "w"),
                stderr=subprocess.STDOUT)
            turn = 0
            while True:
                attack = attacks.ALL[turn % len(attacks.ALL)]
                start = time.monotonic()
                seen = attack(server, turn)
                server.ensure_running()
                times, late, failures = watch.take()
                ratio = f"{statistics.median(times) / usual:.1f} x" if times else "no answer"
                print(f"test-abuse: {attack.__name__:10} {time.monotonic() - start:5.0f} s  median {ratio:>9}  "
                      f"polls late {max(late, default=0):.2f} s at most  refused {failures:3}  {seen}", flush=True)
                turn += 1
                if turn >= len(attacks.ALL) and server.settled() >= server.contacts and fuzzer.poll() is not None:
                    break
                if time.monotonic() - began > LONGEST:
                    raise Failed(f"the campaign or the fuzzer did not end within {LONGEST // 60} minutes")
            if fuzzer.wait() != 0:
                raise Failed("the interface's fuzzer:\n" + (Path(name) / "fuzzer.out").read_text()[-4000:])
            watch.ended.set()
            watch.join()
        except Failed as failure:
            print(f"test-abuse: FAILED: {failure}", file=sys.stderr)
            print(server.log(), file=sys.stderr)
            sys.exit(1)
        finally:
            if fuzzer and fuzzer.poll() is None:
                fuzzer.terminate()
                fuzzer.wait()
            server.end()
        calls, problems = server.agreement()
        for problem in problems[:20]:
            print(f"test-abuse: FAILED: {problem}", file=sys.stderr)
        if problems or calls != server.contacts:
            print(f"test-abuse: FAILED: {calls} calls for {server.contacts} contacts", file=sys.stderr)
            sys.exit(1)
        check = server.run("check")
        print(f"test-abuse: {calls} calls, each number once, attempts and phones agree; {turn} attacks in "
              f"{time.monotonic() - began:.0f} s; {check.strip().splitlines()[-1]}")


main()
