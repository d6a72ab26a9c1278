"""Which questions are put for each report, and what computes the answer."""
from dataclasses import replace

import calls
import judged
import people
import standing
from reading import Question

# By the report's name; what stands behind a stroke is another of its tables.
REPORTS = {
    "outcomes": calls.outcomes, "dispositions": calls.dispositions, "dispositions/agents": judged.beside,
    "hours": calls.hours, "hours/best": judged.best, "penetration": calls.penetration,
    "penetration/states": calls.states, "inventory": standing.inventory, "agents": people.agents, "agents/pauses": people.pauses,
    "callbacks": people.callbacks, "callbacks/agents": people.promises, "compliance": calls.compliance,
    "phones": people.phones, "phones/time": people.lost_time,
    "conflicts": judged.conflicts, "attempts": calls.attempts, "audit": people.audit, "audit/acts": people.acts,
    "closing": judged.funnel,
    "closing/outcomes": judged.split, "closing/hours": judged.best, "closing/agents": judged.beside,
    "closing/time": judged.cost,
}
MONTH = Question("2026-10-13", "2026-11-10")
# The day with 25 hours in New York, that day where the clocks stand still, and the one with 25 hours in London.
STRETCHES = [
    MONTH, replace(MONTH, zone="Asia/Kathmandu"), Question("2026-11-01", "2026-11-01"),
    Question("2026-11-01", "2026-11-01", zone="Asia/Kathmandu"),
    Question("2026-11-01", "2026-11-01", zone="America/Phoenix"),
    Question("2026-10-25", "2026-10-25", zone="Europe/London"),
    Question("2026-10-31", "2026-11-02", zone="America/Los_Angeles"),
    Question("2026-10-31T22:15", "2026-11-01T09:30"), Question("2026-10-25T00:30", "2026-10-25T05:45", zone="Europe/London"),
]
CAMPAIGN = [replace(MONTH, campaign="spring"), replace(STRETCHES[2], campaign="autumn")]
LIST = [replace(MONTH, campaign="spring", list="warm"), replace(MONTH, campaign="autumn", list="bought, 2026")]
AGENT = [replace(MONTH, agent=name) for name in ("ada", "Ada", "O'Brien; DROP TABLE x", "=1+1", "Zoë 山本")]
STATION = [replace(MONTH, station=name) for name in ("desk-1", "o'desk", "base-1/2")]
BOTH = [
    replace(MONTH, campaign="spring", agent="bob"), replace(MONTH, agent="ada", station="desk-2"),
    replace(MONTH, campaign="autumn", list="warm", agent="ada", station="desk-1"),
]
# Parts of days of one list, agent or station: what is kept by the quarter hour and by the day, at once.
NARROW = [
    replace(question, **part) for question in (MONTH, STRETCHES[3], STRETCHES[7]) for part in (
        {"campaign": "spring", "list": "warm"}, {"agent": "ada"}, {"station": "desk-1"},
        {"campaign": "spring", "list": "warm", "agent": "ada"})]
COMPARED = [
    replace(question, words=("--compare",)) for question in (
        STRETCHES[2], Question("2026-10-28", "2026-11-10"), Question("2026-11-01", "2026-11-06", zone="Asia/Kathmandu"),
        replace(MONTH, since="2026-10-30", campaign="spring"))]
CALLS = STRETCHES + CAMPAIGN + LIST[1:] + AGENT[2:4] + STATION[1:2] + BOTH[2:]
GROUPINGS = ["campaign", "list", "day", "hour", "weekday", "station", "agent"]

PLACES = [replace(STRETCHES[at], place=place) for at, place in ((0, "US-TX"), (1, "NP"), (2, "US"))]
PLACES += [replace(question, place=place) for question in NARROW[:8] for place in ("US", "US-TX")]
CLOSED = [Question(campaign="spring"), Question(campaign="winter"), *CAMPAIGN]

QUESTIONS = {
    "outcomes": [
        replace(question, by=by) for by in GROUPINGS
        for question in (MONTH, STRETCHES[3], CAMPAIGN[0], LIST[0], BOTH[0], COMPARED[1], *NARROW)
    ] + [replace(question, by="day") for question in [*STRETCHES[1:], AGENT[3], STATION[2], BOTH[1], *COMPARED]],
    "dispositions": CALLS + COMPARED[:2] + NARROW,
    "dispositions/agents": [*STRETCHES[:3], *LIST, COMPARED[0], *NARROW], "hours": CALLS + COMPARED[:2] + PLACES + NARROW, "hours/best": [MONTH, CAMPAIGN[0], replace(MONTH, place="US")],
    "penetration": STRETCHES + CAMPAIGN + LIST + COMPARED[::3], "penetration/states": [MONTH, CAMPAIGN[0], LIST[1]],
    "inventory": [
        Question(at="2026-11-12T02:00:00Z"), Question(at="2026-11-06T20:30:00Z"),
        Question(at="2026-11-06T20:30:00Z", campaign="spring")],
    "agents": STRETCHES + CAMPAIGN + AGENT[1:4] + STATION[:1] + COMPARED[:2],
    "agents/pauses": [*STRETCHES[:3], AGENT[1]],
    "callbacks": STRETCHES[:7] + CAMPAIGN + AGENT[:3],
    "callbacks/agents": [MONTH, CAMPAIGN[0], AGENT[0]],
    "compliance": STRETCHES[:7] + CAMPAIGN,
    "phones": STRETCHES[:7] + CAMPAIGN + STATION[1:] + COMPARED[:2],
    "phones/time": [*STRETCHES[:4], STATION[1]],
    "conflicts": [*STRETCHES[:5], *CAMPAIGN, LIST[0], AGENT[4], STATION[0], *NARROW],
    "attempts": [*STRETCHES[2:], CAMPAIGN[1], LIST[1], AGENT[2], STATION[1], Question()], "audit": STRETCHES[:7],
    "audit/acts": [*STRETCHES[:3]],
    "closing": CLOSED, "closing/outcomes": CLOSED, "closing/hours": CLOSED[::2], "closing/agents": CLOSED[::3],
    "closing/time": CLOSED,
}
