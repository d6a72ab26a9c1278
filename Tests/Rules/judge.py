"""May a call start? Asked of the tables in law.py, on clocks that zoneinfo reads from the system's files."""

import os
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import law
from places import region_of

ZONES = Path(os.environ.get("TZDIR") or "/usr/share/zoneinfo")
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
MINUTE_MS = 60_000
_zones = {}


def zone(name):
    """A zone from the system's file, never from a package of Python's."""
    if name not in _zones:
        with open(ZONES / name, "rb") as file:
            _zones[name] = ZoneInfo.from_file(file, name)
    return _zones[name]


def wall(instant, name):
    """The local time of an instant in milliseconds."""
    return datetime.fromtimestamp(instant // 1000, zone(name))


@dataclass(frozen=True)
class Call:
    """An earlier call: when it was dialed, when its conversation and its refusal ended; milliseconds."""

    at: int
    conversed: int | None = None
    refused: int | None = None
    this_number: bool = True


@dataclass
class Case:
    # Parts of one region, or the region itself: all of them hold. Empty: it is not known where in the region.
    region: str
    places: list
    zones: list
    purposes: list
    automated: bool
    kind: str
    consent: date | None
    proof: bool
    purchase: date | None
    inquiry: date | None
    calls: list
    # None: the campaign names no registry; "because": it says why none applies; else name to the copy's age.
    registries: dict | str | None
    emergencies: list
    instant: int
    margin: int
    days: list = field(default_factory=list)

    def __post_init__(self):
        self.days = sorted(wall(self.instant, name).date() for name in self.zones)


def consent_counts(case, oldest=None):
    """Whether written consent is on record: dated not after today on any clock, proven, and young enough.

    The hour of a consent, a purchase or an inquiry is not on record: the last day of its time is not counted, the stricter reading.
    """
    if case.consent is None or not case.proof or case.consent > case.days[0]:
        return False
    return oldest is None or (case.days[-1] - case.consent).days < oldest


def bought_or_asked(case, rule):
    return any(
        limit is not None and when is not None and when <= case.days[0] and (case.days[-1] - when).days < limit
        for when, limit in ((case.purchase, rule.purchase_days), (case.inquiry, rule.inquiry_days)))


def concerns(case, rule):
    """Whether a rule is about such a call at all, whatever the day: its purpose, its dialing, its number, and no exemption."""
    asked = [one for one in case.purposes if not rule.purposes or one in rule.purposes]
    if not any(one not in rule.exempt_purposes for one in asked):
        return False
    if rule.only_automated and not case.automated:
        return False
    if rule.kinds and case.kind != "unknown" and case.kind not in rule.kinds:
        return False
    if rule.with_consent and consent_counts(case):
        return False
    return not bought_or_asked(case, rule)


def in_force(rule, day):
    return (rule.first is None or rule.first <= day) and (rule.last is None or day <= rule.last)


def moments(case):
    """Instants at which the phone may ring: both ends, and the minutes between them, at which anything can open or close."""
    start, end = case.instant, case.instant + case.margin * 1000
    first_minute = (start // MINUTE_MS + 1) * MINUTE_MS
    return [start, *range(first_minute, end, MINUTE_MS), end]


def open_at(rule, local):
    if local.date() in rule.closed_on:
        return "holiday"
    if rule.hours is not None:
        minute = local.hour * 60 + local.minute
        if not any(start <= minute < end for start, end in rule.hours.get(local.weekday(), ())):
            return "hours"
    return None


def too_many(case, cap):
    calls = [one for one in case.calls if cap.counts == "attempts" or one.conversed is not None]
    if cap.by == law.ROLLING:
        counted = sum(one.at > case.instant - cap.within * HOUR_MS for one in calls)
        return counted >= cap.most
    return any(
        sum((wall(case.instant, name).date() - wall(one.at, name).date()).days <= cap.within for one in calls) >= cap.most
        for name in case.zones)


def silent(case, silence):
    ends = [one.refused if silence.after == "refusal" else one.conversed for one in case.calls]
    ends = [end for end in ends if end is not None]
    if silence.days is law.FOR_GOOD:
        return bool(ends)
    if silence.by == law.ROLLING:
        return any(end > case.instant - silence.days * DAY_MS for end in ends)
    return any(
        (wall(case.instant, name).date() - wall(end, name).date()).days <= silence.days
        for name in case.zones for end in ends)


def laws_of(case):
    places = case.places or [case.region]
    found = {}
    for place in places:
        for rule in law.AT.get(place, ()):
            found[rule.code] = rule
    return [rule for rule in found.values() if concerns(case, rule)]


def holding(case):
    """The rules that hold on the day of the call, on any clock that the number could be on."""
    return [rule for rule in laws_of(case) if any(in_force(rule, day) for day in case.days)]


def registries_of(rules):
    """Each registry that binds, with the fewest days that a copy may be old."""
    names = {}
    for rule in rules:
        if rule.registry:
            names[rule.registry] = min(names.get(rule.registry, 10**6), rule.registry_days)
    return names


def judge(case):
    """Why the call may not start: kinds of reason, each with the codes of its rules; empty where it may."""
    against = defaultdict(list)
    places = case.places or [case.region]
    if any(region_of(place) not in KNOWN for place in [case.region, *places]):
        return {"no_rule": ["-"]}
    if any(place not in law.AT for place in places):
        return {"place": ["-"]}
    rules = laws_of(case)
    times = [(wall(instant, name)) for instant in moments(case) for name in case.zones]
    for rule in rules:
        for local in times:
            if in_force(rule, local.date()) and (kind := open_at(rule, local)) and rule.code not in against[kind]:
                against[kind].append(rule.code)
    rules = [rule for rule in rules if any(in_force(rule, day) for day in case.days)]
    for rule in rules:
        if rule.closed:
            against["closed"].append(rule.code)
        if rule.emergency and any(place in case.emergencies for place in rule.places):
            against["emergency"].append(rule.code)
        if rule.consent and not consent_counts(case, rule.consent_days):
            against["consent"].append(rule.code)
        if any(too_many(case, cap) for cap in rule.caps):
            against["caps"].append(rule.code)
        if any(silent(case, silence) for silence in rule.silences):
            against["silence"].append(rule.code)
        if rule.registry and case.registries != "because":
            age = (case.registries or {}).get(rule.registry)
            if age is None or age > rule.registry_days * DAY_MS:
                against["registries"].append(rule.code)
    return {kind: codes for kind, codes in against.items() if codes}


KNOWN = {region_of(place) for place in law.AT}
UTC = timezone.utc
