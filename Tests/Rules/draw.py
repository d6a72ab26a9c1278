"""Cases at the edges of the law, by a seed: every place, every day of 2026 to 2028, openings, midnights, clock changes, caps."""

import random
from datetime import date, datetime, timedelta

import judge
import law
from judge import DAY_MS, HOUR_MS, Call, Case
from places import PLACES, WITHOUT_RULES, region_of

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
DAYS = [FIRST + timedelta(number) for number in range((LAST - FIRST).days + 1)]
NEAR = [-60_000, -1000, -1, 0, 1, 1000, 60_000]
MARGINS = [15, 25, 25, 60, 90, 120]


def changes(name):
    """Instants of 2026 to 2028 at which a zone's offset changes, in milliseconds."""
    offset = lambda second: datetime.fromtimestamp(second, judge.zone(name)).utcoffset()
    start = int(datetime(2025, 12, 31, tzinfo=judge.UTC).timestamp())
    found = []
    for second in range(start, start + 1098 * 86_400, 86_400):
        low, high = second, second + 86_400
        if offset(low) == offset(high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
        found.append(high * 1000)
    return found


class Drawer:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.places = sorted(PLACES)
        self.random.shuffle(self.places)
        self.changes = {name: changes(name) for zones in PLACES.values() for name in zones}

    def maybe(self, share):
        return self.random.random() < share

    def pick(self, options):
        return self.random.choice(options)

    def cases(self, count):
        """Even cases walk through all pairs of place and day, odd ones look at the edges of one rule after another."""
        for number in range(count):
            walk, on_edge = divmod(number, 2)
            turn, at = divmod(walk, len(self.places))
            if on_edge:
                rule = law.LAWS[walk % len(law.LAWS)]
                place = self.pick(rule.places)
                yield self.case(place, self.edge_day(place, rule), rule)
            else:
                place = self.places[at]
                yield self.case(place, DAYS[(turn + at * 13) % len(DAYS)], self.pick(law.AT[place]))

    def edge_day(self, place, rule):
        """A day on which, or beside which, the rule begins, ends or closes, the clocks change, or the week ends."""
        edges = [day for day in (rule.first, rule.last, *sorted(rule.closed_on)) if day and FIRST <= day <= LAST]
        dice = self.random.random()
        if edges and dice < 0.6:
            day = self.pick(edges) + timedelta(self.pick([-1, 0, 0, 0, 1]))
        else:
            moved = [change for name in PLACES[place] for change in self.changes[name]]
            if moved and dice < 0.8:
                day = judge.wall(self.pick(moved) + self.pick([-1, 0, 1]) * DAY_MS, PLACES[place][0]).date()
            else:
                day = self.pick([day for day in DAYS if day.weekday() >= 5])
        return min(max(day, FIRST), LAST)

    def case(self, place, day, rule):
        """A case that the rule is likely to be about, at a place on a day."""
        region, places, zones = self.where(place)
        purposes = self.purposes(rule)
        rules = [
            one for at in places or [region] for one in law.AT.get(at, ())
            if not one.purposes or set(one.purposes) & set(purposes)]
        margin = self.pick(MARGINS)
        instant = self.instant(self.pick(zones), day, rules, margin)
        today = judge.wall(instant, self.pick(zones)).date()
        kinds = ["mobile", "fixed", "unknown"]
        return Case(
            region=region, places=places, zones=zones, purposes=purposes,
            automated=self.maybe(0.85 if rule.only_automated else 0.5),
            kind=self.pick(rule.kinds or kinds if self.maybe(0.5) else kinds), **self.consent(today, rule),
            purchase=self.date(today, rule.purchase_days), inquiry=self.date(today, rule.inquiry_days),
            calls=self.calls(instant, self.pick(zones), rule, rules), registries=self.registries(judge.registries_of(rules)),
            emergencies=self.emergencies(rules), instant=instant, margin=margin)

    def where(self, place):
        """The place alone; now and then two parts of its region, none that is known, or a region that no table has."""
        region, zones = region_of(place), list(PLACES[place])
        dice = self.random.random()
        if dice < 0.01:
            region = self.pick(sorted(WITHOUT_RULES))
            return region, [region], WITHOUT_RULES[region]
        if dice < 0.02 and place != region:
            # Nothing is known of the place, or only that it is in the region: then every part's rules hold.
            parts = [one for one in self.places if one.startswith(region + "-")]
            return region, sorted(parts) if self.maybe(0.5) else [], zones[:1]
        if dice < 0.07 and place != region:
            other = self.pick([one for one in self.places if one != place and one.startswith(region + "-")])
            return region, sorted([place, other]), sorted({self.pick(zones), self.pick(PLACES[other])})
        # One of its zones, or several between which its numbers do not tell.
        return region, [place], zones[:3] if self.maybe(0.2) else [self.pick(zones)]

    def purposes(self, rule):
        one = self.pick(rule.purposes or law.PURPOSES) if self.maybe(0.75) else self.pick(law.PURPOSES)
        return sorted({one, self.pick(law.PURPOSES)}) if self.maybe(0.06) else [one]

    def instant(self, name, day, rules, margin):
        """An instant of the day: at an edge of the hours, at midnight, at a clock change, or anywhere."""
        dice = self.random.random()
        near = self.pick(NEAR + [-margin * 1000 + shift for shift in (-1000, -1, 0, 1)])
        of_day = [
            change for change in self.changes.get(name, ()) if abs((judge.wall(change, name).date() - day).days) <= 1]
        if of_day and dice < 0.25:
            return self.pick(of_day) + near + self.pick([0, 0, -HOUR_MS, HOUR_MS])
        edges = sorted({
            edge for rule in rules if rule.hours for span in rule.hours.get(day.weekday(), ()) for edge in span})
        if edges and dice < 0.5:
            return self.at(name, day, self.pick(edges)) + near
        if dice < 0.58:
            return self.at(name, day, 0) + near
        if dice < 0.85:
            # Within the usual hours, so that the other rules decide.
            return self.at(name, day, self.random.randrange(600, 1080)) + self.random.randrange(60_000)
        return self.at(name, day, self.random.randrange(1440)) + self.random.randrange(60_000)

    def at(self, name, day, minute):
        local = datetime(day.year, day.month, day.day, tzinfo=judge.zone(name)) + timedelta(minutes=minute)
        return int(local.replace(fold=self.random.randrange(2)).timestamp()) * 1000

    def consent(self, today, rule):
        if self.maybe(0.5 if rule.with_consent else 0.25):
            return dict(consent=None, proof=self.maybe(0.2))
        if rule.consent_days and self.maybe(0.6):
            given = today - timedelta(rule.consent_days + self.pick([-2, -1, 0, 1, 2]))
        else:
            given = today - timedelta(self.pick([-1, 0, 1, 30, 200, 364]))
        return dict(consent=given, proof=self.maybe(0.92))

    def date(self, today, limit):
        """The day of a last purchase or inquiry, mostly where the rule's period ends."""
        if self.maybe(0.5 if limit else 0.85):
            return None
        return today - timedelta((limit or 90) + self.pick([-3, -1, 0, 1, 3]) if self.maybe(0.8) else 0)

    def registries(self, wanted):
        if not wanted:
            return None if self.maybe(0.5) else "because"
        dice = self.random.random()
        if dice < 0.08:
            return None
        if dice < 0.16:
            return "because"
        ages = {name: self.random.randrange(days * DAY_MS) for name, days in wanted.items()}
        if dice < 0.3:
            name = self.pick(sorted(wanted))
            ages[name] = wanted[name] * DAY_MS + self.pick([-1000, 0, 1000])
        elif dice < 0.36:
            ages.pop(self.pick(sorted(wanted)))
        return ages

    def emergencies(self, rules):
        places = sorted({place for rule in rules if rule.emergency for place in rule.places})
        return places if places and self.maybe(0.15) else []

    def calls(self, instant, name, rule, rules):
        """Earlier calls at the edge of a cap or a silence: one fewer than it takes, as many, or one more."""
        limits = list(rule.caps + rule.silences) or [limit for one in rules for limit in one.caps + one.silences]
        if not limits:
            return [] if self.maybe(0.7) else [self.call(instant, self.random.randrange(1, 90 * DAY_MS))]
        if self.maybe(0.15 if rule.caps or rule.silences else 0.5):
            return []
        limit = self.pick(limits)
        if isinstance(limit, law.Silence):
            days = limit.days or self.pick([1, 60, 1000])
            return [self.call(instant, self.age(instant, name, days, limit.by), limit.after)]
        days = limit.within if limit.by == law.CALENDAR else limit.within // 24
        what = "conversation" if limit.counts == "conversations" or self.maybe(0.1) else None
        count = max(1, limit.most + self.pick([-1, 0, 0, 1]))
        calls = [self.call(instant, self.random.randrange(60_000, days * DAY_MS - HOUR_MS), what) for _ in range(count - 1)]
        return sorted([*calls, self.call(instant, self.age(instant, name, days, limit.by), what)], key=lambda one: one.at)

    def age(self, instant, name, days, by):
        """How long ago, at the edge of so many days: exact ones, or the midnight after which a calendar day counts no more."""
        near = self.pick([-HOUR_MS, -1000, -1, 0, 1, 1000, HOUR_MS])
        if by == law.ROLLING:
            return days * DAY_MS + near
        today = judge.wall(instant, name).date()
        midnight = self.at(name, today - timedelta(days + self.pick([-1, 0, 0, 0, 1])), 0)
        return instant - midnight + near

    def call(self, instant, age, what=None):
        """A call whose conversation or refusal ended `age` ago, or that was dialed then."""
        age = max(1, age)
        end = instant - age
        if what is None:
            return Call(end, this_number=self.maybe(0.7))
        at = end if self.maybe(0.5) else end - self.random.randrange(1000, 600_000)
        return Call(at, conversed=end, refused=end if what == "refusal" else None, this_number=self.maybe(0.7))
