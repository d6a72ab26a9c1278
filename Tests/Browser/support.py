"""A server of its own for each test file: virtual phones, a database in a temporary folder, accounts, and a browser."""

import contextlib
import http.cookiejar
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

from playwright.sync_api import expect, sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("OFFHOOK_PROGRAM", str(ROOT / ".build/debug/offhook"))
CHROMIUM = os.environ.get("OFFHOOK_CHROMIUM", "/usr/bin/chromium")
SHARE = os.environ.get("OFFHOOK_SHARE", str(ROOT / "share"))
PICTURES = ROOT / ".build/browser"
PASSWORD = "four words in a row"
# Ends a hang and judges nothing: a machine that builds beside the tests may need long for what takes no time otherwise.
PATIENCE = 180_000
expect.set_options(timeout=PATIENCE)

CAMPAIGN = """
campaign: {name}
region: US
calling_rules: {{ pack: none }}
dial: {{ ring_timeout: 20s }}
pacing: {{ mode: {mode}, wrap_up: 120s, calls_per_minute: 600 }}
retry: {{ no_answer: {{ attempts: 1 }}, short_answer: {{ attempts: 1 }}, busy_or_rejected: {{ attempts: 1 }} }}
pause_reasons: [Break, Lunch]
dispositions:
  - {{ code: SALE, label: Sale, class: success }}
  - {{ code: NI, label: Not interested, class: not_interested }}
  - {{ code: CB, label: Call back, class: callback_agent }}
  - {{ code: DNC, label: Do not call, class: do_not_call }}
script: script.md
"""


# What a number reaches by its last two digits: 06 answers soon and stays until the agent hangs up, 03 never answers.
FAR_ENDS = {
    "by_last_two_digits": {"06": {"rings": 0.2, "answers": {}}, "03": {"rings_for_ever": True}},
    "others": [{"share": 1, "far_end": {"fails": 404}}],
}


def people(count, ending="06", first=1):
    """A list as a CRM exports it; its numbers end as FAR_ENDS says."""
    areas = ["212", "312", "617", "404", "215", "202", "704", "919"]
    rows = [f"Person {i},{areas[i % 8]}-555-0{3 + i // 8}{ending},City {i % 3}" for i in range(first, first + count)]
    return "\r\n".join(["Name,Phone,City", *rows]) + "\r\n"


def wait_for(what, condition, seconds=PATIENCE / 1000):
    """Asks again and again until something holds: for what no page shows."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come about in {seconds:.0f} s")


class Server:
    """`offhook serve` over virtual phones."""

    def __init__(self, phones=3, applied=None, assumed=(), accounts=None):
        """`applied`: how many of the phones stand in the database from the start; None for all."""
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="offhook-browser-"))
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("OFFHOOK")}
        self.environment |= {
            "OFFHOOK_DB": str(self.folder / "t.db"), "OFFHOOK_CLAIMS": str(self.folder / "claims"),
            "OFFHOOK_SHARE": SHARE,
        }
        self.processes = []
        self.log = open(self.folder / "serve.log", "ab")
        self.stations = [word for pattern in assumed for word in ("--stations", pattern)]
        try:
            if accounts:
                shutil.copy(accounts.database, self.folder / "t.db")
            self.write("far-ends.json", json.dumps(FAR_ENDS))
            self.simulator = self.start(
                "simulate-phones", "--gxp", str(phones), "--far-ends", "far-ends.json", output=subprocess.PIPE)
            self.phones_yaml = self._read_phones()
            if applied is None or applied > 0:
                self.write("phones.yaml", self.phones(range(1, (applied or phones) + 1)))
                self.run("phones", "apply", "--allow-local-phones", "phones.yaml")
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
            self.base = f"http://127.0.0.1:{self.port}"
            self.serve()
        except BaseException:
            self.stop()
            raise

    def serve(self):
        self.server = self.start(
            "serve", "--port", str(self.port), "--allow-local-phones", *self.stations, output=self.log)
        wait_for("the server", self.is_well)

    def is_well(self):
        if self.server.poll() is not None:
            raise AssertionError(f"offhook serve ended: {(self.folder / 'serve.log').read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{self.base}/healthz", timeout=PATIENCE / 1000) as answer:
                return json.load(answer)["is_well"]
        except (OSError, urllib.error.URLError):
            return False

    def start(self, *arguments, output):
        process = subprocess.Popen(
            [PROGRAM, *arguments], cwd=self.folder, env=self.environment, stdout=output, stderr=output,
            stdin=subprocess.DEVNULL)
        self.processes.append(process)
        return process

    def run(self, *arguments):
        done = subprocess.run(
            [PROGRAM, *arguments], cwd=self.folder, env=self.environment, capture_output=True, text=True,
            timeout=PATIENCE / 1000)
        if done.returncode:
            raise AssertionError(f"offhook {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def _read_phones(self):
        text = ""
        for line in self.simulator.stdout:
            text += line.decode()
            if line == b"}\n":
                return json.loads(text)["phones.yaml"]
        raise AssertionError(f"simulate-phones ended: {text}")

    def phones(self, indices):
        """The phones.yaml of some of the phones."""
        head, *blocks = re.split(r"(?m)^  - ", self.phones_yaml)
        return head + "".join(f"  - {blocks[i - 1]}" for i in indices)

    def campaign(self, name, mode="progressive", contacts=0, ending="06", first=1, is_started=False):
        self.write(f"{name}/script.md", "Good day {{name}}, how is {{City}}?\n")
        self.write(f"{name}/campaign.yaml", CAMPAIGN.format(name=name, mode=mode))
        self.run("campaign", "apply", name)
        if contacts:
            self.write(f"{name}.csv", people(contacts, ending, first))
            self.run("import", f"{name}.csv", "--campaign", name)
        if is_started:
            self.run("campaign", "start", name)

    def user(self, name, role):
        """An account with the password of all tests, set by its one-time link. Returns the cookie of its session."""
        link = self.run("user", "add", name, "--role", role).split()[-1]
        link = self.base + urllib.parse.urlparse(link).path
        jar = http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        page = opener.open(link).read().decode()
        csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
        form = urllib.parse.urlencode({"csrf": csrf, "password": PASSWORD, "again": PASSWORD}).encode()
        opener.open(link, form).read()
        return next(cookie.value for cookie in jar if cookie.name == "offhook")

    def attempts(self):
        """Every call so far, as `offhook report attempts` tells it."""
        return json.loads(self.run("report", "attempts", "--format", "json") or "[]")

    def stop(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                # Whatever it does: a call that nobody ends would keep a server that is asked only once.
                process.kill()
                process.wait()
            if process.stdout:
                process.stdout.close()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Accounts:
    """The accounts of all tests, made once: hashing passwords is slow by design. Each comes with a session."""

    ROLES = {"admin": "administrator", "manager": "manager", "anna": "agent", "ben": "agent"}
    made = None

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="offhook-browser-accounts-")
        self.database = pathlib.Path(self.folder.name) / "t.db"
        server = Server(phones=1, applied=0)
        try:
            self.sessions = {name: server.user(name, role) for name, role in self.ROLES.items()}
            server.run("backup", str(self.database))
            server.run("restore", "--db", str(self.database), "--accept-repeats", "people may be called twice")
        finally:
            server.stop()

    @classmethod
    def all(cls):
        cls.made = cls.made or cls()
        return cls.made


class BrowserTestCase(unittest.TestCase):
    """One server a file, one browser window a person. What fails leaves a picture of each window."""

    server_options = {}

    @classmethod
    def setUpClass(cls):
        cls.accounts = Accounts.all()
        cls.server = Server(accounts=cls.accounts, **cls.server_options)
        cls.addClassCleanup(cls.server.stop)
        cls.prepare()
        cls.playwright = sync_playwright().start()
        cls.addClassCleanup(cls.playwright.stop)
        cls.browser = cls.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        cls.addClassCleanup(cls.browser.close)

    @classmethod
    def prepare(cls):
        """What the tests of a file need beside phones and accounts."""

    def setUp(self):
        self.pages = []

    def tearDown(self):
        outcome = self._outcome.result
        failed = any(test is self for test, _ in outcome.failures + outcome.errors)
        for index, page in enumerate(self.pages):
            if failed:
                PICTURES.mkdir(parents=True, exist_ok=True)
                with contextlib.suppress(Exception):
                    page.screenshot(path=PICTURES / f"{self.id()}-{index}.png", full_page=True)
            with contextlib.suppress(Exception):
                page.context.close()

    def log_in(self, name, path="/"):
        """A window of its own in which somebody is logged in, by the session of their account. A script's error in it fails the test."""
        context = self.browser.new_context(
            base_url=self.server.base, locale="en-GB", timezone_id="America/New_York",
            viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        self.pages.append(page)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        context.add_cookies([{"name": "offhook", "value": self.accounts.sessions[name], "url": self.server.base}])
        page.goto(path)
        return page

    def sit_down(self, page, station):
        """An agent chooses a station at the desk."""
        page.goto("/desk/stations")
        page.get_by_role("radio", name=station, exact=True).check()
        page.get_by_role("button", name="Sit down here").click()
        expect(page.get_by_role("heading", name=station, level=1)).to_be_visible()

    def no_faults(self, *pages):
        for page in pages:
            self.assertEqual(page.faults, [], f"script errors at {page.url}")
