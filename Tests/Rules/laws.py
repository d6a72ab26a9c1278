#!/usr/bin/env python3
"""The calling rules written a second time, and cases judged by them, for a comparison with the engine and its packs.

laws.py [CASES [SEED]]   cases as lines of tab-separated text, each with its verdict (12,000 cases)
laws.py --tables         the rules of every place, to be read beside docs/calling-rules.md

Columns: number, region, parts, zones, purposes, automated, kind of number, consent (date, proof), last purchase, last inquiry,
earlier calls (dialed/conversed/refused/this number, milliseconds), registries (name=age in milliseconds, `because`, or none),
declared emergencies, instant in milliseconds, seconds that the phone may ring, verdict (`allowed`, or kinds of reason with the
rules' codes), registries that bind (name=days).
Clocks are the system's (TZDIR, else /usr/share/zoneinfo), read by Python's zoneinfo.
"""

import sys

sys.dont_write_bytecode = True

import law
from draw import Drawer
from judge import holding, judge, registries_of
from places import PLACES

CASES, SEED = 12_000, 20261201
NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def line(number, case):
    verdict = judge(case)
    text = lambda value: "" if value is None else str(value)
    calls = ",".join(
        f"{one.at}/{text(one.conversed)}/{text(one.refused)}/{int(one.this_number)}" for one in case.calls)
    registries = case.registries or ""
    if isinstance(registries, dict):
        registries = ";".join(f"{name}={age}" for name, age in sorted(registries.items()))
    return "\t".join([
        str(number), case.region, parts_of(case), ",".join(case.zones), ",".join(case.purposes),
        "true" if case.automated else "false", case.kind, text(case.consent) + (" proof" if case.proof else ""),
        text(case.purchase), text(case.inquiry), calls, registries, ",".join(case.emergencies), str(case.instant), str(case.margin),
        " ".join(f"{kind}:{','.join(codes)}" for kind, codes in sorted(verdict.items())) or "allowed",
        ";".join(f"{name}={days}" for name, days in sorted(registries_of(holding(case)).items()))])


def parts_of(case):
    """Places as an area names them: several joined by a plus, the region alone where every part is meant."""
    every = [place for place in PLACES if place.startswith(case.region + "-")]
    return case.region if every and sorted(case.places) == sorted(every) else "+".join(case.places)


def clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


def described(rule):
    parts = []
    if rule.hours is not None:
        spans = {}
        for weekday in range(7):
            times = ", ".join(f"{clock(start)}-{clock(end)}" for start, end in rule.hours.get(weekday, ())) or "closed"
            spans.setdefault(times, []).append(NAMES[weekday][:3])
        parts.append("hours " + "; ".join(f"{' '.join(names)} {times}" for times, names in spans.items()))
    if rule.closed_on:
        parts.append("closed on " + " ".join(str(day) for day in sorted(rule.closed_on) if 2026 <= day.year <= 2028))
    for cap in rule.caps:
        unit = "h" if cap.by == law.ROLLING else " calendar days"
        parts.append(f"at most {cap.most} {cap.counts} within {cap.within}{unit}")
    parts += [f"no call after a {one.after} for {one.days or 'good,'} {one.by} days" for one in rule.silences]
    if rule.consent:
        parts.append("written consent" + (f", at most {rule.consent_days} days old" if rule.consent_days else ""))
    if rule.registry:
        parts.append(f"registry {rule.registry}, at most {rule.registry_days} days old")
    parts += [word for word, said in (("no call at all", rule.closed), ("closed in an emergency", rule.emergency)) if said]
    if rule.purposes:
        parts.append("for " + ", ".join(rule.purposes))
    parts += ["automated dialing only"] if rule.only_automated else []
    parts += [f"numbers: {', '.join(rule.kinds)}"] if rule.kinds else []
    unless = ["consent"] if rule.with_consent else []
    unless += [f"purchase {rule.purchase_days}d"] if rule.purchase_days else []
    unless += [f"inquiry {rule.inquiry_days}d"] if rule.inquiry_days else []
    unless += list(rule.exempt_purposes)
    parts += ["unless " + ", ".join(unless)] if unless else []
    parts += [f"from {rule.first}"] if rule.first else []
    parts += [f"until {rule.last}"] if rule.last else []
    return "; ".join(parts)


def main(arguments):
    if arguments == ["--tables"]:
        for place in sorted(PLACES):
            print(f"{place}  {', '.join(PLACES[place])}")
            for rule in law.AT[place]:
                print(f"    {rule.code}: {described(rule)}")
        return
    count = int(arguments[0]) if arguments else CASES
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    write = sys.stdout.write
    for number, case in enumerate(Drawer(seed).cases(count)):
        write(line(number, case) + "\n")


main(sys.argv[1:])
