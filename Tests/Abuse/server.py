"""A server with virtual phones, a campaign of 300 contacts and a low limit of descriptors, to be attacked."""
import json, os, re, signal, socket, sqlite3, subprocess, sys, time, urllib.error, urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("OFFHOOK", str(ROOT / ".build/debug/offhook"))
# What the far end does with a number, by its last two digits: it answers and hangs up later, is busy, answers at once and stays.
ENDINGS = ["01", "02", "07"]
PASSWORD = "four words in a row"


class Failed(Exception):
    pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait(what, condition, seconds=600):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise Failed(f"waited {seconds} s for {what}")


class Server:
    def __init__(self, folder, contacts=300, phones=6, descriptors=256):
        self.folder, self.contacts, self.descriptors = folder, contacts, descriptors
        self.processes = []
        self.port, self.events_port = free_port(), free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.phones, self.tokens = phones, {}

    def prepare(self):
        """Starts the phones and the server, and loads the campaign; nothing is dialed yet."""
        folder, contacts, descriptors = self.folder, self.contacts, self.descriptors
        self.start("phones", [
            PROGRAM, "simulate-phones", "--gxp", str(self.phones), "--agent-hangs-up-after", "3", "--truth-log", "truth.jsonl"])
        document = wait("the virtual phones", self.phones_document)
        (folder / "phones.yaml").write_text(document["phones.yaml"])
        self.run("phones", "apply", "phones.yaml")
        (folder / "spring.yaml").write_text(
            "campaign: spring\nregion: US\ncalling_rules: { pack: none }\npacing: { wrap_up: 5s }\n"
            "retry: { total_attempts: 1 }\n")
        (folder / "autumn.yaml").write_text("campaign: autumn\nregion: US\ncalling_rules: { pack: none }\n")
        self.numbers = [f"+1212555{index:02d}{ENDINGS[index % 3]}" for index in range(100)]
        self.numbers += [f"+1212556{index:02d}{ENDINGS[index % 3]}" for index in range(100)]
        self.numbers += [f"+1212557{index:02d}{ENDINGS[index % 3]}" for index in range(contacts - 200)]
        rows = "\n".join(f"Contact {index},{number}" for index, number in enumerate(self.numbers))
        (folder / "list.csv").write_text(f"name,phone\n{rows}\n")
        for words in [
            ["campaign", "apply", "spring.yaml"], ["campaign", "apply", "autumn.yaml"],
            ["import", "list.csv", "--campaign", "spring"], ["user", "add", "root", "--role", "administrator"],
            ["user", "add", "lea", "--role", "manager", "--campaign", "spring"],
        ]:
            self.run(*words)
        self.link = self.run("user", "reset", "lea").strip().split()[-1]
        self.server = self.start("server", [
            "sh", "-c", f'ulimit -n {descriptors} && exec "$0" "$@"', PROGRAM, "serve", "--port", str(self.port),
            "--phone-events-port", str(self.events_port), "--stations", "*", "--allow-local-phones"])
        wait("the server", lambda: self.get("/healthz/live")[0] == 200)

    def make_tokens(self):
        """After the password was set: a reset ends tokens."""
        self.tokens = {name: self.run("user", "token", name, *self.scopes()).strip() for name in ("root", "lea")}

    @staticmethod
    def scopes():
        source = (ROOT / "Sources/OffhookServer/Routes/Access.swift").read_text()
        return [word for name in re.findall(r'case \w+ = "(\w+:\w+)"', source) for word in ("--scope", name)]

    def start(self, name, words):
        environment = {**os.environ, "OFFHOOK_DB": str(self.folder / "t.db")}
        process = subprocess.Popen(
            words, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=open(self.folder / f"{name}.out", "w"), stderr=open(self.folder / f"{name}.err", "w"))
        self.processes.append(process)
        return process

    def run(self, *words):
        environment = {**os.environ, "OFFHOOK_DB": str(self.folder / "t.db")}
        result = subprocess.run([PROGRAM, *words], cwd=self.folder, env=environment, capture_output=True, text=True)
        if result.returncode != 0:
            raise Failed(f"offhook {' '.join(words[:2])}: {result.stderr.strip() or result.stdout.strip()}")
        return result.stdout

    def phones_document(self):
        try:
            return json.loads((self.folder / "phones.out").read_text())
        except (ValueError, FileNotFoundError):
            return None

    def request(self, method, path, body=None, headers=None, timeout=300):
        """The status and the answer; no status where the connection was refused or cut off."""
        request = urllib.request.Request(self.base + path, data=body, method=method, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except (OSError, ValueError):
            return None, b""

    def get(self, path, token=None, timeout=300):
        headers = {"Authorization": f"Bearer {self.tokens[token]}"} if token else {}
        return self.request("GET", path, headers=headers, timeout=timeout)

    def etag(self, path, token):
        """The version of a resource; None where it cannot be had."""
        request = urllib.request.Request(
            self.base + path, headers={"Authorization": f"Bearer {self.tokens[token]}"})
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return answer.headers.get("ETag")
        except OSError:
            return None

    def metric(self, name):
        """The value of a metric without labels; None where it cannot be read now."""
        status, text = self.get("/metrics", "root")
        if status != 200:
            return None
        for line in text.decode().splitlines():
            if line.startswith(name + " "):
                return float(line.split()[1])
        return None

    def polls(self):
        """How many times phones were asked for their lines, by their own log."""
        with open(self.folder / "truth.jsonl", errors="replace") as log:
            return sum('"event":"request"' in line for line in log)

    def ensure_running(self):
        if self.server.poll() is not None:
            raise Failed("the server ended")

    def log(self):
        """The end of what the server logged."""
        try:
            return (self.folder / "server.err").read_text(errors="replace")[-3000:]
        except FileNotFoundError:
            return ""

    def settled(self):
        """How many attempts have their outcome."""
        database = sqlite3.connect(f"file:{self.folder / 't.db'}?mode=ro", uri=True, timeout=60)
        count = database.execute("SELECT count(*) FROM attempts WHERE phase = 'settled'").fetchone()[0]
        database.close()
        return count

    def agreement(self):
        """Holds the attempts against what the phones did: how many there were, and what differs."""
        started, answered = {}, set()
        for line in open(self.folder / "truth.jsonl", errors="replace"):
            entry = json.loads(line)
            if entry["event"] == "call_started" and entry.get("direction") == "outgoing":
                started[entry["call"]] = entry["number"][-7:]
            elif entry["event"] == "call_answered":
                answered.add(entry["call"])
        truth = {}
        for call, number in started.items():
            truth.setdefault(number, []).append(call in answered)
        database = sqlite3.connect(f"file:{self.folder / 't.db'}?mode=ro", uri=True)
        attempts = {}
        problems = []
        for number, phase, outcome in database.execute("SELECT number, phase, outcome FROM attempts"):
            if phase != "settled":
                problems.append(f"{number} is {phase}")
            if outcome != "not_sent":
                attempts.setdefault(str(number)[-7:], []).append(outcome in ("answered", "short_answer"))
        database.close()
        for number in sorted(set(truth) | set(attempts)):
            said, was = attempts.get(number, []), truth.get(number, [])
            if sorted(said) != sorted(was):
                problems.append(f"{number}: answered {was} by the phones, {said} by the attempts")
            if len(was) > 1:
                problems.append(f"{number} was called {len(was)} times")
        return len(started), problems

    def end(self):
        late = []
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=300)
            except subprocess.TimeoutExpired:
                late.append(" ".join(map(str, process.args)))
                process.kill()
                process.wait()
        if late:
            raise Failed(f"two signals did not end: {', '.join(late)}")
