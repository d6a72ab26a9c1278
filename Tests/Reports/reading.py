"""The raw rows of a database, and which of them a question is about. SQLite only hands rows over; it adds nothing up."""
import datetime
import sqlite3
import zoneinfo
from dataclasses import dataclass, field

DAY = datetime.timedelta(days=1)
TABLES = {
    "attempts": "id", "campaigns": "id", "lists": "id", "areas": "id", "contacts": "id", "station_time": "slot",
    "agreed_callbacks": "id", "audit": "id",
}


def export(path):
    """Every row of the tables that reports come from, as dictionaries; of station_time the quarter hours alone."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    rows = {
        table: [dict(row) for row in database.execute(f"SELECT * FROM {table} ORDER BY {order}")]
        for table, order in TABLES.items()}
    database.close()
    rows["station_time"] = [row for row in rows["station_time"] if row["span"] == 0]
    return rows


@dataclass(frozen=True)
class Question:
    """A question as the command line puts it."""

    since: str = None
    until: str = None
    zone: str = "America/New_York"
    campaign: str = None
    list: str = None
    agent: str = None
    station: str = None
    by: str = None
    place: str = None
    at: str = None
    words: tuple = field(default=())

    @property
    def options(self):
        """As the command line takes them."""
        named = ["since", "until", "zone", "campaign", "list", "agent", "station", "by", "place", "at"]
        given = [(name, getattr(self, name)) for name in named if getattr(self, name) is not None]
        return [f"--{name}={value}" for name, value in given] + list(self.words)

    def __str__(self):
        return " ".join(self.options)

    def ends(self):
        """The first millisecond that belongs to it, and the first that does not; all time where it names none."""
        if self.since is None:
            return 0, 1 << 62
        return self.instant(self.since, 0), self.instant(self.until, 1)

    def before(self):
        """The stretch of the same length before; by days of its own clock where it is one of days."""
        first, end = self.ends()
        if "T" in self.since or "T" in self.until:
            return first - (end - first), first
        start = datetime.date.fromisoformat(self.since)
        length = datetime.date.fromisoformat(self.until) - start + DAY
        return self.instant((start - length).isoformat(), 0), first

    def instant(self, text, days_on):
        zone = zoneinfo.ZoneInfo(self.zone)
        if "T" in text:
            moment = datetime.datetime.fromisoformat(text)
        else:
            moment = datetime.datetime.fromisoformat(text) + days_on * DAY
        return int(moment.replace(tzinfo=zone).timestamp()) * 1000

    def local(self, instant):
        """A moment on the question's clock, found by adding its offset to UTC."""
        return datetime.datetime.fromtimestamp(instant // 1000, zoneinfo.ZoneInfo(self.zone))


class Raw:
    """The rows that a question is about."""

    def __init__(self, rows):
        self.rows = rows
        self.campaign = {row["id"]: row["name"] for row in rows["campaigns"]}
        self.list = {row["id"]: row["name"] for row in rows["lists"]}
        self.area = {row["id"]: row for row in rows["areas"]}

    def attempts(self, question, ends=None, is_settled=True):
        """The attempts of a question's stretch and filters."""
        first, end = ends or question.ends()
        return [row for row in self.rows["attempts"]
                if first <= row["intended_at"] < end and (row["phase"] == "settled" or not is_settled)
                and self.passes(question, row) and self.is_in_place(question, row)]

    def passes(self, question, row):
        """Whether a row is of the campaign, list, agent and station that are asked for."""
        if question.campaign is not None and self.campaign.get(row["campaign_id"]) != question.campaign:
            return False
        if question.list is not None and self.list.get(row["list_id"]) != question.list:
            return False
        if question.agent is not None and row["agent"] != question.agent:
            return False
        return question.station is None or row["station"] == question.station

    def is_in_place(self, question, row):
        if question.place is None:
            return True
        area = self.area.get(row["area_id"])
        return area is not None and question.place in (area["region"], area["jurisdiction"])
