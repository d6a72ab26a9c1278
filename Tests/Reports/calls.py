"""Reports of calls, computed from attempts one by one by the definitions of their columns."""
import datetime
import json
from fractions import Fraction

from cells import Answer, Average, Share
from month import CONNECTED, NOT_DIALLED

NOBODY = ("machine", "busy_tone", "no_answer", "disconnected_number")
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def counts(attempt):
    return attempt["outcome"] not in NOT_DIALLED


def is_person(attempt):
    return attempt["outcome"] in CONNECTED and attempt["disposition_class"] not in NOBODY


def is_success(attempt):
    return attempt["disposition_class"] == "success"


def hour(attempt):
    minute = attempt["local_minute_of_week"]
    return None if minute is None else f"{minute % 1440 // 60:02d}:00"


def weekday(attempt):
    minute = attempt["local_minute_of_week"]
    return None if minute is None else DAYS[minute // 1440]


def groups(attempts, key):
    """Attempts by what they have in common."""
    found = {}
    for attempt in attempts:
        found.setdefault(key(attempt), []).append(attempt)
    return found


def total(attempts, column):
    return sum(attempt[column] or 0 for attempt in attempts)


def outcomes(raw, question, ends):
    """By a group and outcome; the days of another stretch stand at those of the question's."""
    by = question.by or "campaign"
    first = (ends or question.ends())[0]
    later = (question.local(question.ends()[0]).date() - question.local(first).date())

    def group(attempt):
        if by == "campaign":
            return raw.campaign.get(attempt["campaign_id"])
        if by == "list":
            title = raw.list.get(attempt["list_id"])
            return None if title is None else f"{raw.campaign[attempt['campaign_id']]} / {title}"
        if by == "day":
            return (question.local(attempt["intended_at"]).date() + later).isoformat()
        if by == "hour":
            return hour(attempt)
        if by == "weekday":
            return weekday(attempt)
        return attempt[by] or None

    attempts = raw.attempts(question, ends)
    size = {name: len(mine) for name, mine in groups(attempts, group).items()}
    answer = Answer([by, "outcome"], additive=["attempts"])
    for (name, outcome), mine in groups(attempts, lambda attempt: (group(attempt), attempt["outcome"])).items():
        answer.rows[name, outcome] = {
            "attempts": len(mine), "share": Share(len(mine), size[name]),
            "contacts": len({attempt["contact_id"] for attempt in mine} - {None}),
            "ring_s": Average(total(mine, "ring_ms"), 1000 * len(mine)),
            "talk_s": Average(total(mine, "talk_ms"), 1000 * len(mine)),
        }
    return answer


def dispositions(raw, question, ends):
    said = [attempt for attempt in raw.attempts(question, ends) if attempt["disposition"]]
    agent = lambda attempt: attempt["agent"] or None
    size = {name: len(mine) for name, mine in groups(said, agent).items()}
    answer = Answer(["agent", "disposition", "class"], additive=["calls"])
    for key, mine in groups(
            said, lambda attempt: (agent(attempt), attempt["disposition"], attempt["disposition_class"])).items():
        answer.rows[key] = {"calls": len(mine), "share": Share(len(mine), size[key[0]])}
    return answer


def hours(raw, question, ends):
    answer = Answer(["weekday", "hour"], additive=["calls", "persons", "successes"])
    for key, mine in groups(raw.attempts(question, ends), lambda attempt: (weekday(attempt), hour(attempt))).items():
        calls = sum(map(counts, mine))
        persons = sum(map(is_person, mine))
        answer.rows[key] = {
            "calls": calls, "persons": persons, "contact_rate": Share(persons, calls),
            "successes": sum(map(is_success, mine))}
    return answer


def penetration(raw, question, ends):
    """By list and pass, of the contacts that a list has now; calls of no list are in none."""
    answer = Answer(
        ["campaign", "list", "pass"], additive=["calls", "persons", "successes"], standing=["contacts", "left"])
    held = groups(raw.rows["contacts"], lambda contact: contact["list_id"])
    of_lists = [attempt for attempt in raw.attempts(question, ends) if attempt["list_id"] is not None]
    called = groups(of_lists, lambda attempt: (attempt["list_id"], min(attempt["pass"], 20)))
    for (number, number_of_pass), some in called.items():
        answer.rows[(*place(raw, number), number_of_pass)] = of_pass(some, held.get(number, []))
    for row in raw.rows["lists"]:
        is_asked = question.campaign in (None, raw.campaign[row["campaign_id"]]) and question.list in (None, row["name"])
        if is_asked and not any(number == row["id"] for number, _ in called):
            key = (*place(raw, row["id"]), None)
            answer.rows[key] = of_pass([], held.get(row["id"], []))
            answer.required.add(key)
    return answer


WAITING = ("ready", "reserved", "in_attempt", "waiting_retry", "callback")


def place(raw, number):
    """The campaign and name of a list."""
    row = next((row for row in raw.rows["lists"] if row["id"] == number), None)
    return (None, None) if row is None else (raw.campaign[row["campaign_id"]], row["name"])


def of_pass(some, contacts):
    calls, persons = sum(map(counts, some)), sum(map(is_person, some))
    row = {"calls": calls, "persons": persons, "contact_rate": Share(persons, calls),
           "successes": sum(map(is_success, some)), "share_called": Share(calls, len(contacts))}
    if contacts:
        row |= {"contacts": len(contacts), "left": sum(contact["state"] in WAITING for contact in contacts)}
    return row


def states(raw, question, ends):
    """Contacts of each list by state."""
    answer = Answer(["campaign", "list"])
    for number, contacts in groups(raw.rows["contacts"], lambda contact: contact["list_id"]).items():
        campaign, title = place(raw, number)
        if question.campaign in (None, campaign) and question.list in (None, title):
            answer.rows[campaign, title] = {"contacts": len(contacts)} | {
                state: sum(contact["state"] == state for contact in contacts)
                for state in ("ready", "waiting_retry", "callback", "done", "exhausted", "suppressed")}
    return answer


def compliance(raw, question, ends):
    answer = Answer(["campaign", "rule_pack", "version"])
    mine = [attempt for attempt in raw.attempts(question, ends) if counts(attempt)]
    for key, some in groups(mine, lambda attempt: (
            raw.campaign.get(attempt["campaign_id"]), attempt["rule_pack"], attempt["rule_pack_version"])).items():
        answer.rows[key] = {"calls": len(some)}
    return answer


def attempts(raw, question, ends):
    """Every attempt of the stretch, open ones too."""
    answer = Answer(["attempt"])
    for row in raw.attempts(question, ends, is_settled=False):
        answer.rows[row["id"],] = {
            "campaign": raw.campaign.get(row["campaign_id"]), "contact": row["contact_id"], "number": f"+{row['number']}",
            "station": row["station"], "intended_at": iso8601(row["intended_at"]),
            "commanded_at": iso8601(row["commanded_at"]), "ended_at": iso8601(row["ended_at"]), "outcome": row["outcome"],
            "disposition": row["disposition"], "ring_ms": row["ring_ms"], "talk_ms": row["talk_ms"],
            "list": raw.list.get(row["list_id"]), "pass": row["pass"], "phase": row["phase"], "zone": row["zone"],
            "rule_pack": f"{row['rule_pack']} {row['rule_pack_version']}", "follow_up": row["follow_up"],
            "agent": row["agent"], "evidence": evidence(row)}
    return answer


def evidence(row):
    """The words that were seen with the time since the first, notes, and the longest time between polls."""
    if row["evidence"] is None:
        return None
    said = json.loads(row["evidence"])
    tenths = [(sighting["word"], (sighting["at"] - said["seen"][0]["at"]) // 100) for sighting in said["seen"]]
    words = " ".join(f"{word}@{since // 10}.{since % 10}s" for word, since in tenths)
    return "; ".join([words, *said["notes"], f"gap {said['longestGapMilliseconds']} ms"])


def iso8601(instant):
    """Milliseconds since 1970 as UTC text."""
    if instant is None:
        return None
    moment = datetime.datetime.fromtimestamp(instant // 1000, datetime.timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{instant % 1000:03d}Z"


def minutes(spent):
    """Milliseconds as minutes, to be shown with the places that a column has."""
    return Average(spent, 60_000)


def share_of(part, whole):
    return Share(Fraction(part), Fraction(whole))
