"""Reports of agents, phones, callbacks and of who did what, computed row by row by the definitions of their columns."""
import time

from calls import counts, groups, is_success, iso8601, minutes, share_of, total
from cells import Answer, Average, Share

# Which column a station's state is counted in; whatever is not named is in other_min.
COLUMN = {
    "ready": "ready_min", "dialing": "ringing_min", "in_call": "talk_min", "held": "hold_min", "wrap_up": "wrap_up_min",
    "busy_by_hand": "by_hand_min", "paused": "paused_min",
}
# What an agent is occupied by: calls of ours, and what they leave to do.
BUSY = ("ringing_min", "talk_min", "hold_min", "wrap_up_min")
FINISHED = ("done", "exhausted", "suppressed")


def spent(raw, question, ends):
    """The quarter hours of stations that a question is about."""
    first, end = ends or question.ends()
    return [row for row in raw.rows["station_time"]
            if first <= row["slot"] * 900_000 < end
            and question.agent in (None, row["agent"]) and question.station in (None, row["station"])]


def agents(raw, question, ends):
    """Time and calls by agent; nobody's time is nobody's row. Time is of no campaign: of one, those who called for it."""
    answer = Answer(["agent"], additive=["logged_in_min", "calls", "successes"])
    times = groups(spent(raw, question, ends), lambda row: row["agent"] or None)
    calls = groups(raw.attempts(question, ends), lambda attempt: attempt["agent"] or None)
    names = set(calls) if question.campaign else set(times) | set(calls)
    for name in names - {None}:
        sums = dict.fromkeys([*COLUMN.values(), "other_min"], 0)
        for row in times.get(name, []):
            sums[COLUMN.get(row["state"], "other_min")] += row["ms"]
        logged_in = sum(sums.values())
        busy = sum(sums[column] for column in BUSY)
        mine = calls.get(name, [])
        dialled = sum(map(counts, mine))
        answer.rows[name,] = {
            "logged_in_min": minutes(logged_in), **{column: minutes(ms) for column, ms in sums.items()},
            "occupancy": share_of(busy, busy + sums["ready_min"]),
            "calls": dialled, "calls_per_hour": Average(dialled * 3_600_000, logged_in),
            "successes": sum(map(is_success, mine))}
    return answer


def pauses(raw, question, ends):
    """Agents' pauses by reason."""
    answer = Answer(["agent", "reason"])
    paused = [row for row in spent(raw, question, ends) if row["state"] == "paused" and row["agent"]]
    whole = {name: total(mine, "ms") for name, mine in groups(paused, lambda row: row["agent"]).items()}
    for key, mine in groups(paused, lambda row: (row["agent"], row["reason"] or None)).items():
        answer.rows[key] = {
            "paused_min": minutes(total(mine, "ms")), "share": Share(total(mine, "ms"), whole[key[0]])}
    return answer


def phones(raw, question, ends):
    answer = Answer(["station"], additive=["attempts", "phone_refused", "not_sent", "phone_lost", "failed_fast"])
    times = groups(spent(raw, question, ends), lambda row: row["station"])
    calls = groups(raw.attempts(question, ends), lambda attempt: attempt["station"])
    for name in set(times) | set(calls):
        mine = calls.get(name, [])
        how = {outcome: sum(attempt["outcome"] == outcome for attempt in mine)
               for outcome in ("phone_refused", "not_sent", "phone_lost", "failed_fast")}
        lasting = lambda state: minutes(sum(row["ms"] for row in times.get(name, []) if row["state"] == state))
        answer.rows[name,] = {
            "attempts": len(mine), **how, "trouble_share": Share(sum(how.values()), len(mine)),
            "gap_ms": Average(total(mine, "gap_ms"), len(mine)), "unreachable_min": lasting("unreachable"),
            "locked_out_min": lasting("locked_out")}
    return answer


def agreed(raw, question, ends):
    """Times that were agreed and lie in the stretch, each with what became of it by now."""
    first, end = ends or question.ends()
    state = {row["id"]: row["state"] for row in raw.rows["contacts"]}
    return [row | {"became": became(row, state.get(row["contact_id"]), time.time() * 1000)}
            for row in raw.rows["agreed_callbacks"]
            if first <= row["due_at"] < end and raw.passes(question, row | {"list_id": None, "station": None})]


def callbacks(raw, question, ends):
    answer = Answer(["due_at", "contact", "agreed_at"])
    for row in agreed(raw, question, ends):
        answer.rows[iso8601(row["due_at"]), row["contact_id"], iso8601(row["agreed_at"])] = {
            "agent": row["agent"], "campaign": raw.campaign[row["campaign_id"]], "state": row["became"],
            "called_at": iso8601(row["ended_at"]) if row["ending"] == "called" else None}
    return answer


def promises(raw, question, ends):
    """How agents kept theirs."""
    answer = Answer(["agent"])
    for name, mine in groups(agreed(raw, question, ends), lambda row: row["agent"]).items():
        sums = {state: sum(row["became"] == state for row in mine)
                for state in ("waiting", "due", "kept", "late", "missed", "moved", "withdrawn")}
        answer.rows[name,] = {"callbacks": len(mine), **sums, "kept_share": Share(
            sums["kept"], sums["kept"] + sums["late"] + sums["missed"])}
    return answer


# How long after the agreed time a call still keeps it.
GRACE = 15 * 60_000


def became(row, contact, now):
    if row["ending"] == "called":
        return "kept" if row["ended_at"] <= row["due_at"] + GRACE else "late"
    if row["ending"] is not None or contact in (None, *FINISHED):
        return row["ending"] or "withdrawn"
    if now < row["due_at"]:
        return "waiting"
    return "due" if now <= row["due_at"] + GRACE else "missed"


def lost_time(raw, question, ends):
    """Time in which stations could not dial, of all that they were watched."""
    answer = Answer(["station"])
    for name, mine in groups(spent(raw, question, ends), lambda row: row["station"]).items():
        sums = {state: total([row for row in mine if row["state"] == state], "ms")
                for state in ("unreachable", "locked_out", "unregistered", "dnd")}
        answer.rows[name,] = {
            "watched_min": minutes(total(mine, "ms")),
            **{f"{state}_min": minutes(ms) for state, ms in sums.items()},
            "lost_share": Share(sum(sums.values()), total(mine, "ms"))}
    return answer


def acts(raw, question, ends):
    """How often each act is in the log."""
    first, end = ends or question.ends()
    mine = [row for row in raw.rows["audit"] if first <= row["at"] < end]
    answer = Answer(["act"])
    for act, some in groups(mine, lambda row: row["act"]).items():
        answer.rows[act,] = {"entries": len(some), "share": Share(len(some), len(mine))}
    return answer


def audit(raw, question, ends):
    answer = Answer(["at", "user", "address", "act", "subject", "detail"])
    first, end = ends or question.ends()
    for row in raw.rows["audit"]:
        if first <= row["at"] < end:
            answer.rows[iso8601(row["at"]), *(row[key] for key in answer.keys[1:])] = {}
    return answer
