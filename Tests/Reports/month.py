"""A simulated month of calls: the program makes the database, its lists and areas; the calls are written straight into it.

Everything is drawn from one seed. October 12 to November 11, 2026 has the change of the clock in London (October 25) and in
New York (November 1); Phoenix and Kathmandu have none.
"""
import csv
import datetime
import json
import random
import sqlite3
import subprocess
import zoneinfo
from pathlib import Path

UTC = datetime.timezone.utc
FIRST = datetime.datetime(2026, 10, 12, tzinfo=UTC)
LAST = datetime.datetime(2026, 11, 12, tzinfo=UTC)
NOT_DIALLED = ("phone_refused", "not_sent")
CONNECTED = ("answered", "short_answer")
OUTCOMES = {
    "answered": 30, "short_answer": 8, "no_answer": 28, "busy_or_rejected": 9, "failed_fast": 5, "phone_refused": 5,
    "not_sent": 4, "phone_lost": 3, "unknown": 4, "agent_cancelled": 4,
}
WORDS = {
    "SALE": "success", "SALE 2": "success", "CBA": "callback_agent", "CB": "callback_any", "NI": "not_interested",
    "DNC": "do_not_call", "AM": "machine", "BT": "busy_tone", "NA": "no_answer", "WP": "wrong_person",
    "WN": "wrong_number", "DEAD": "disconnected_number", "=OTHER,\"x\"": "other", "none_given": "none_given",
}
AGENTS = [None, "", "ada", "bob", "O'Brien; DROP TABLE x", "Zoë 山本", "=1+1", 'a, b "c"', "Ada"]
STATIONS = ["desk-1", "desk-2", "base-1/2", "o'desk", "=cmd", "山"]
# Of one contact, as the campaigns' files say: some have had more.
MOST_ATTEMPTS = 19
CAMPAIGNS = {"spring": ["warm", "cold"], "autumn": ["warm", "bought, 2026"], "winter": ["one"]}
STATES = [
    "ready", "reserved", "dialing", "in_call", "held", "wrap_up", "busy_by_hand", "paused", "unreachable", "locked_out",
    "dnd", "unregistered", "unknown", "reconciling",
]
# Where the numbers of the lists are: area code by zone as the program finds it.
PREFIXES = {
    "America/New_York": "+1212555", "America/Los_Angeles": "+1310555", "America/Phoenix": "+1602555",
    "America/Chicago": "+1512555", "Europe/London": "+44207946", "Asia/Kathmandu": "+97714412",
}


def milliseconds(moment):
    return int(moment.timestamp() * 1000)


class Month:
    """The database at `path`, filled."""

    def __init__(self, program, folder, seed):
        self.program, self.folder, self.draw = program, Path(folder), random.Random(seed)
        self.path = str(self.folder / "month.db")

    def run(self, *arguments):
        done = subprocess.run(
            [self.program, *arguments, "--db", self.path], capture_output=True, text=True, cwd=self.folder)
        if done.returncode:
            raise SystemExit(f"recompute: offhook {' '.join(arguments)}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def make(self):
        self.load()
        self.database = sqlite3.connect(self.path)
        self.database.row_factory = sqlite3.Row
        with self.database:
            self.calls()
            self.station_time()
            self.callbacks()
            self.audit()
        self.database.close()
        self.run("check", "--mend-sums")

    def load(self):
        """Campaigns, lists and numbers that may not be called, by the program."""
        count, numbers = 0, []
        for name, lists in CAMPAIGNS.items():
            (self.folder / f"{name}.yaml").write_text(
                f"campaign: {name}\nregion: US\ncalling_rules: {{ pack: none }}\n"
                f"retry: {{ total_attempts: {MOST_ATTEMPTS} }}\n", encoding="utf-8")
            self.run("campaign", "apply", f"{name}.yaml")
            for title in lists:
                rows = []
                for prefix in PREFIXES.values():
                    for _ in range(self.draw.randint(6, 11)):
                        count += 1
                        width = 4 if prefix.startswith(("+1", "+44")) else 3
                        numbers.append(f"{prefix}{100 + count:0{width}d}")
                        rows.append((f"Person {count}, \"{count}\"", numbers[-1]))
                path = self.folder / "list.csv"
                with open(path, "w", newline="", encoding="utf-8") as file:
                    csv.writer(file).writerows([("name", "phone"), *rows])
                self.run("import", "list.csv", "--campaign", name, "--list", title)
        for name in list(CAMPAIGNS)[:2]:
            self.run("campaign", "start", name)
        # One number in twelve may not be called; some of them were called before.
        self.run("dnc", "add", *self.draw.sample(numbers, len(numbers) // 12))

    def moment(self):
        """An instant of the month: mostly of the day, at times in the hours that a clock change makes odd, or at an edge."""
        kind = self.draw.random()
        if kind < 0.06:
            odd = self.draw.choice([datetime.datetime(2026, 11, 1, 4, 30), datetime.datetime(2026, 10, 24, 23, 30)])
            return milliseconds(odd.replace(tzinfo=UTC)) + self.draw.randint(0, 3 * 3600_000)
        instant = self.draw.randrange(milliseconds(FIRST), milliseconds(LAST))
        if kind < 0.12:
            instant -= instant % 900_000
        elif kind < 0.18:
            instant += 899_999 - instant % 900_000
        elif kind < 0.22:
            zone = zoneinfo.ZoneInfo(self.draw.choice(list(PREFIXES)))
            local = datetime.datetime.fromtimestamp(instant / 1000, zone)
            instant = milliseconds(local.replace(hour=0, minute=0, second=0, microsecond=0)) - self.draw.randint(0, 1)
        elif kind < 0.55:
            # Many at once, so that some hours have enough calls to be ranked.
            day = self.draw.choice([13, 15, 20, 22, 27, 29])
            instant = milliseconds(datetime.datetime(2026, 10, day, 17, tzinfo=UTC)) + self.draw.randint(0, 3_599_999)
        elif kind < 0.8:
            instant = instant - instant % 86_400_000 + self.draw.randint(14 * 3600_000, 86_399_999)
        return instant

    def calls(self):
        contacts = self.database.execute(
            "SELECT c.*, n.id AS number_id, n.area_id, n.number, a.zones FROM contacts c JOIN numbers n ON n.id = c.id * 16"
            " JOIN areas a ON a.id = n.area_id ORDER BY c.id").fetchall()
        attempts = []
        for index, contact in enumerate(contacts):
            # A few were called far beyond the twentieth time, many not at all.
            count = 27 if index in (5, 90) else self.draw.choice([0, 0, 2, 5, 9, 14, 19, 24])
            dialled = 0
            for instant in sorted(self.moment() for _ in range(count)):
                attempt = self.attempt(instant, contact, 1 + dialled)
                dialled += attempt["outcome"] not in NOT_DIALLED
                attempts.append(attempt)
        for _ in range(150):
            attempts.append(self.attempt(self.moment(), None, 1))
        for attempt in sorted(attempts, key=lambda attempt: (attempt["intended_at"] // 86_400_000, attempt["number"])):
            self.insert("attempts", attempt)
        called_now = [contact for contact in contacts if contact["state"] == "ready"][-2:]
        for contact, phase in zip(called_now, ("intended", "connected")):
            attempt = self.attempt(milliseconds(LAST) - 86_400_000, contact, 99) | {
                "phase": phase, "outcome": None, "settled_at": None, "ended_at": None, "wrap_up_until": None,
                "disposition": None, "disposition_class": None, "ring_ms": None, "talk_ms": None, "evidence": None,
                "ending": None, "follow_up": None, "station": f"open-{phase}",
                "connected_at": milliseconds(LAST) if phase == "connected" else None,
            }
            self.insert("attempts", attempt)
            self.database.execute("UPDATE contacts SET state = 'in_attempt' WHERE id = ?", (contact["id"],))
        for contact in contacts:
            if contact["state"] == "ready" and contact not in called_now:
                self.stand(contact)
        # Whoever was called in a way that counts is fresh no more.
        self.database.execute(
            """UPDATE contacts SET class = 'retry', due_at = 1 WHERE class = 'fresh' AND state = 'ready' AND EXISTS (
                SELECT 1 FROM attempts t WHERE t.contact_id = contacts.id
                AND (t.outcome IS NULL OR t.outcome NOT IN ('phone_refused', 'not_sent')))""")

    def attempt(self, instant, contact, number_of_pass):
        draw = self.draw
        outcome = draw.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
        zone = json_zones(contact["zones"])[0] if contact else draw.choice([None, "America/Phoenix"])
        if draw.random() < 0.03:
            zone = None
        local = datetime.datetime.fromtimestamp(instant / 1000, zoneinfo.ZoneInfo(zone)) if zone else None
        is_connected = outcome in CONNECTED
        word = None
        if draw.random() < (0.93 if is_connected else 0.04) and outcome not in NOT_DIALLED:
            word = draw.choice(list(WORDS))
        ring = None if draw.random() < 0.1 else draw.randint(0, 45_000)
        talk = draw.randint(0, 900_000) if is_connected and draw.random() < 0.97 else None
        ended = instant + (ring or 0) + (talk or 0) + draw.randint(0, 3000)
        has_wrap_up = is_connected and draw.random() < 0.8
        settled = ended + (draw.randint(-50, 90_000) if has_wrap_up else 0)
        gap = None if draw.random() < 0.05 else draw.randint(0, 2500)
        pack = draw.choice([("none", "-"), ("us", "2026-01-01"), ("us", "2026-07-15"), ("us, own", "2026-07-15, 1")])
        return {
            "kind": draw.choice(["campaign", "preview", "callback"]) if contact else "manual",
            "campaign_id": contact["campaign_id"] if contact else None, "contact_id": contact["id"] if contact else None,
            "list_id": contact["list_id"] if contact else None,
            "number_id": contact["number_id"] if contact else None,
            "number": contact["number"] if contact else 12125559000 + draw.randint(0, 99), "dialled": "1", "account": 0,
            "station": draw.choice(STATIONS), "agent": draw.choice(AGENTS), "pass": number_of_pass,
            "area_id": contact["area_id"] if contact else None, "zone": zone,
            "utc_offset": int(local.utcoffset().total_seconds()) if local else None,
            "local_minute_of_week": local.weekday() * 1440 + local.hour * 60 + local.minute if local else None,
            "rule_pack": pack[0], "rule_pack_version": pack[1], "allowed_by": '[["calling_hours","open"]]',
            "dial_with": "send_key", "phase": "settled", "lines_before": "[]", "line": 1 if is_connected else None,
            "intended_at": instant, "commanded_at": instant + draw.randint(1, 900) if draw.random() < 0.9 else None,
            "seen_at": instant + 1000 if is_connected else None,
            "connected_at": instant + (ring or 0) if is_connected else None, "ended_at": ended,
            "wrap_up_until": ended + 20_000 if has_wrap_up else None, "settled_at": settled, "ring_ms": ring,
            "talk_ms": talk, "gap_ms": gap, "outcome": outcome, "agent_absent": int(is_connected and draw.random() < 0.05),
            "disposition": word, "disposition_class": WORDS.get(word), "ending": WORDS.get(word) or outcome, "note": None,
            "evidence": None if gap is None else json.dumps(
                {"longestGapMilliseconds": gap, "notes": draw.choice([[], ["uncertain"]]), "seen": [
                    {"at": instant + 400, "word": "calling"}, {"at": instant + 400 + (ring or 0), "word": "idle"}]}),
            "follow_up": "It is over.",
        }

    def stand(self, contact):
        """Where a contact stands after its calls."""
        state = self.draw.choice(["ready", "ready", "waiting_retry", "callback", "done", "exhausted"])
        day = 86_400_000
        due = 0 if state == "ready" else milliseconds(LAST) + self.draw.randint(-9 * day, 4000 * day)
        kind = {"waiting_retry": "retry", "callback": "callback"}.get(state, "fresh")
        self.database.execute(
            "UPDATE contacts SET state = ?, class = ?, due_at = ? WHERE id = ?", (state, kind, due, contact["id"]))

    def station_time(self):
        """Stretches in a row on each station, split as the table wants it; one still lasts, and no engine runs."""
        for station in STATIONS:
            instant, sums = milliseconds(FIRST) - 40_000_000, {}
            while instant < milliseconds(LAST) + 40_000_000:
                end = instant + self.draw.choice([700, 60_000, 3_000_000, 20_000_000])
                state = self.draw.choice(STATES)
                reason = self.draw.choice(["lunch", "=meeting", ""]) if state == "paused" else ""
                key = (station, self.draw.choice(AGENTS) or "", state, reason)
                for span, length in ((0, 900_000), (1, 86_400_000)):
                    at = instant
                    while at < end:
                        stop = min(end, at - at % length + length)
                        place = (span, at // length, *key)
                        sums[place] = sums.get(place, 0) + stop - at
                        at = stop
                instant = end + self.draw.choice([0, 0, 5000, 40_000_000])
            self.database.executemany("INSERT INTO station_time VALUES (?, ?, ?, ?, ?, ?, ?)", [
                (*place, spent) for place, spent in sums.items()])
        self.insert("station_states", {
            "station": "desk-1", "agent": "ada", "state": "ready", "reason": "", "since": milliseconds(LAST) - 90_000_000})

    def callbacks(self):
        contacts = self.database.execute("SELECT * FROM contacts ORDER BY id").fetchall()
        calls = {}
        for row in self.database.execute("SELECT * FROM attempts WHERE phase = 'settled' AND contact_id IS NOT NULL"):
            if row["outcome"] not in NOT_DIALLED:
                calls.setdefault(row["contact_id"], []).append(row)
        for contact in contacts:
            for index in range(self.draw.choice([0, 0, 1, 2, 3])):
                due = self.moment() // 60_000 * 60_000
                ending = self.draw.choice(["called", "moved", "withdrawn"] + ([None] if index == 0 else []))
                call = self.draw.choice(calls.get(contact["id"], [None]))
                if ending == "called" and call is None:
                    ending = "moved"
                if ending == "called" and self.draw.random() < 0.7:
                    due = call["intended_at"] + self.draw.choice([-7_200_000, -900_001, -900_000, -1000, 0, 1, 600_000])
                agent = self.draw.choice(AGENTS[2:] + [None])
                self.insert("agreed_callbacks", {
                    "campaign_id": contact["campaign_id"], "contact_id": contact["id"], "agent": agent,
                    "agreed_by": self.draw.choice(AGENTS[2:]), "agreed_at": due - self.draw.randint(1, 400_000_000),
                    "due_at": due, "ending": ending,
                    "ended_at": None if ending is None else call["intended_at"] if ending == "called" else due - 5000,
                    "attempt_id": call["id"] if ending == "called" else None})

    def audit(self):
        for _ in range(80):
            self.insert("audit", {
                "at": self.moment(), "user": self.draw.choice([None, "eve", "=SUM(A1)", "Zoë"]),
                "address": self.draw.choice(["192.0.2.7", "2001:db8::1", "command line"]),
                "act": self.draw.choice(["campaign_start", "login", "contact_erased"]),
                "subject": self.draw.choice([None, "spring", 'x "y", z']),
                "detail": self.draw.choice([None, "from a\nto b", "+1"])})

    def insert(self, table, row):
        marks = ", ".join("?" for _ in row)
        columns = ", ".join('"%s"' % column for column in row)
        self.database.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(row.values()))


def json_zones(text):
    """The zones of an area, as the table holds them."""
    return text.split(",") if not text.startswith("[") else json.loads(text)
