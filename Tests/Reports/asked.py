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
    "penetration/states": calls.states, "inventory": standing.inventory, "agents": people.agents,
    "callbacks": people.callbacks, "compliance": calls.compliance, "phones": people.phones,
    "conflicts": judged.conflicts, "attempts": calls.attempts, "audit": people.audit, "closing": judged.funnel,
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
COMPARED = [
    replace(question, words=("--compare",)) for question in (
        STRETCHES[2], Question("2026-10-28", "2026-11-10"), Question("2026-11-01", "2026-11-06", zone="Asia/Kathmandu"),
        replace(MONTH, since="2026-10-30", campaign="spring"))]
CALLS = STRETCHES + CAMPAIGN + LIST + AGENT + STATION + BOTH
GROUPINGS = ["campaign", "list", "day", "hour", "weekday", "station", "agent"]

PLACES = [replace(question, place=place) for question in STRETCHES[:3] for place in ("US", "US-TX", "NP", "US-AZ")]
CLOSED = [Question(campaign=name) for name in ("spring", "autumn", "winter")] + CAMPAIGN

QUESTIONS = {
    "outcomes": [
        replace(question, by=by) for by in GROUPINGS
        for question in STRETCHES[:4] + CAMPAIGN[:1] + LIST[:1] + AGENT[2:3] + STATION[1:2] + COMPARED[:2]
    ] + [replace(question, by="day") for question in CALLS[4:]] + [Question(by="list")],
    "dispositions": CALLS + COMPARED, "dispositions/agents": STRETCHES + LIST + COMPARED,
    "hours": CALLS + COMPARED + PLACES, "hours/best": STRETCHES[:2] + CAMPAIGN[:1] + PLACES[:4],
    "penetration": STRETCHES + CAMPAIGN + LIST + COMPARED, "penetration/states": STRETCHES[:1] + CAMPAIGN + LIST,
    "inventory": [
        Question(at=moment, campaign=campaign) for moment in ("2026-11-12T02:00:00Z", "2026-11-06T20:30:00Z")
        for campaign in (None, "spring", "winter")],
    "agents": STRETCHES + CAMPAIGN + AGENT + STATION + COMPARED[:3],
    "callbacks": STRETCHES + CAMPAIGN + AGENT[:3],
    "compliance": STRETCHES + CAMPAIGN,
    "phones": STRETCHES + CAMPAIGN + STATION + COMPARED[:3],
    "conflicts": CALLS, "attempts": CALLS, "audit": STRETCHES[:7],
    "closing": CLOSED, "closing/outcomes": CLOSED, "closing/hours": CLOSED[:4], "closing/agents": CLOSED,
    "closing/time": CLOSED,
}
