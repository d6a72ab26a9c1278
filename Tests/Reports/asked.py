"""Which questions are put for each report, and what computes the answer."""
from dataclasses import replace

import calls
import people
from reading import Question

REPORTS = {
    "outcomes": calls.outcomes, "dispositions": calls.dispositions, "hours": calls.hours,
    "penetration": calls.penetration, "compliance": calls.compliance, "attempts": calls.attempts,
    "agents": people.agents, "phones": people.phones, "callbacks": people.callbacks, "audit": people.audit,
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

QUESTIONS = {
    "outcomes": [
        replace(question, by=by) for by in GROUPINGS
        for question in STRETCHES[:6] + CAMPAIGN + LIST[:1] + AGENT[2:3] + STATION[1:2] + BOTH[:1] + COMPARED[:2]
    ] + [replace(question, by="day") for question in CALLS],
    "dispositions": CALLS + COMPARED,
    "hours": CALLS + COMPARED + [
        replace(question, place=place) for question in STRETCHES[:3] for place in ("US", "US-TX", "NP", "US-AZ")],
    "penetration": STRETCHES + CAMPAIGN + LIST + COMPARED,
    "compliance": STRETCHES + CAMPAIGN,
    "attempts": CALLS,
    "agents": STRETCHES + CAMPAIGN + AGENT + STATION + COMPARED[:3],
    "phones": STRETCHES + CAMPAIGN + STATION + COMPARED[:3],
    "callbacks": STRETCHES + CAMPAIGN + AGENT[:3],
    "audit": STRETCHES,
}
