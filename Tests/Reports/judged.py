"""Tables that rank, compare or judge calls: best hours, agents beside each other, conflicts, and a campaign's closing report."""
import math

from calls import counts, groups, hour, is_person, is_success, iso8601, total, weekday
from cells import Answer, Average, Share
from month import CONNECTED, NOT_DIALLED, OUTCOMES

LEAST_CALLS = 20
# What an agent says only of somebody, or something, that answered.
NEEDS_ANSWER = ("success", "callback_agent", "callback_any", "not_interested", "do_not_call", "machine", "wrong_person")


def best(raw, question, ends):
    """The ten hours with the best lower end of the 95 % interval of their contact rate (Wilson)."""
    ranked = []
    for key, mine in groups(raw.attempts(question, ends), lambda attempt: (weekday(attempt), hour(attempt))).items():
        calls, persons = sum(map(counts, mine)), sum(map(is_person, mine))
        if key[0] is None or calls < LEAST_CALLS or persons == 0:
            continue
        z, rate = 1.96, persons / calls
        middle = rate + z * z / (2 * calls)
        spread = z * math.sqrt(rate * (1 - rate) / calls + z * z / (4 * calls * calls))
        ranked.append(((middle - spread) / (1 + z * z / calls), key, calls, persons, sum(map(is_success, mine))))
    answer = Answer(["weekday", "hour"])
    for _, key, calls, persons, successes in sorted(ranked, key=lambda row: -row[0])[:10]:
        answer.rows[key] = {
            "calls": calls, "persons": persons, "contact_rate": Share(persons, calls), "successes": successes}
    return answer


def wrap_up(attempts):
    """Milliseconds from the ends of calls until their agents had said what came of them."""
    return sum(max(0, attempt["settled_at"] - attempt["ended_at"]) for attempt in attempts if attempt["wrap_up_until"])


def beside(raw, question, ends):
    """What agents' calls came to."""
    answer = Answer(["agent"], additive=["calls", "persons", "successes", "none_given"])
    for name, mine in groups(raw.attempts(question, ends), lambda attempt: attempt["agent"] or None).items():
        calls, persons, successes = (sum(map(is_one, mine)) for is_one in (counts, is_person, is_success))
        answer.rows[name,] = {
            "calls": calls, "persons": persons, "contact_rate": Share(persons, calls), "successes": successes,
            "success_rate": Share(successes, persons),
            "none_given": sum(attempt["disposition_class"] == "none_given" for attempt in mine),
            "talk_min": Average(total(mine, "talk_ms"), 60_000), "wrap_up_min": Average(wrap_up(mine), 60_000)}
    return answer


def contradicts(attempt):
    """Why what was seen and what was said cannot both be true; None where they can."""
    outcome, said = attempt["outcome"], attempt["disposition_class"]
    if said is None:
        return None
    if outcome in CONNECTED and said in ("no_answer", "busy_tone"):
        return "connected, but said to be unanswered"
    if outcome in ("no_answer", "busy_or_rejected", "failed_fast", "agent_cancelled") and said in NEEDS_ANSWER:
        return "never connected, but said to be answered"
    if outcome in NOT_DIALLED and said not in ("none_given", "other"):
        return "never dialled, but said to have ended"
    return None


def conflicts(raw, question, ends):
    """The newest five hundred."""
    answer = Answer(["attempt"])
    mine = [attempt for attempt in raw.attempts(question, ends) if contradicts(attempt)]
    for row in sorted(mine, key=lambda attempt: (attempt["intended_at"], attempt["id"]))[-500:]:
        answer.rows[row["id"],] = {
            "at": iso8601(row["intended_at"]), "campaign": raw.campaign.get(row["campaign_id"]),
            "station": row["station"], "agent": row["agent"], "outcome": row["outcome"],
            "disposition": row["disposition"], "class": row["disposition_class"], "conflict": contradicts(row)}
    return answer


def funnel(raw, question, ends):
    """Contacts that came to each step, each once, and the calls of it."""
    mine = raw.attempts(question, ends)
    contacts = [contact for contact in raw.rows["contacts"] if raw.campaign[contact["campaign_id"]] == question.campaign]
    ever = {attempt["contact_id"] for attempt in raw.rows["attempts"] if attempt["outcome"] not in (None, *NOT_DIALLED)}
    steps = {
        "on the list": (len(contacts), None),
        "dialable": (sum(contact["state"] != "suppressed" or contact["id"] in ever for contact in contacts), None)}
    for name, is_one in (
            ("attempted", counts), ("connected", lambda attempt: attempt["outcome"] in CONNECTED), ("success", is_success)):
        some = [attempt for attempt in mine if is_one(attempt)]
        steps[name] = len({attempt["contact_id"] for attempt in some} - {None}), len(some)
    answer = Answer(["step"])
    for name, (reached, calls) in steps.items():
        answer.rows[name,] = {"contacts": reached, "share": Share(reached, len(contacts)), "calls": calls}
    return answer


def split(raw, question, ends):
    """How calls ended, all together."""
    mine = raw.attempts(question, ends)
    answer = Answer(["outcome"])
    for outcome in OUTCOMES:
        some = [attempt for attempt in mine if attempt["outcome"] == outcome]
        answer.rows[outcome,] = {
            "attempts": len(some), "share": Share(len(some), len(mine)),
            "ring_s": Average(total(some, "ring_ms"), 1000 * len(some)),
            "talk_s": Average(total(some, "talk_ms"), 1000 * len(some))}
    return answer


def cost(raw, question, ends):
    """What the time of calls went to, and how much of it falls on a success."""
    mine = raw.attempts(question, ends)
    answered = [attempt for attempt in mine if attempt["outcome"] in CONNECTED]
    ring = total(answered, "ring_ms")
    parts = {
        "ringing until an answer": ring, "ringing without one": total(mine, "ring_ms") - ring,
        "talk": total(mine, "talk_ms"), "wrap-up": wrap_up(mine)}
    answer = Answer(["time"])
    for name, spent in parts.items():
        answer.rows[name,] = {
            "minutes": Average(spent, 60_000), "share": Share(spent, sum(parts.values())),
            "min_per_success": Average(spent, 60_000 * sum(map(is_success, mine)))}
    return answer
