"""Days on which the law closes: each form is a function of the year that gives dates. Nothing here is shared with the engine."""

from datetime import date, timedelta

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
YEARS = range(2025, 2031)


def western_easter(year):
    """Easter Sunday by the anonymous Gregorian computation (Meeus, Jones, Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, skipped = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * skipped + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def fixed(month, day):
    return lambda year: {date(year, month, day)}


def only(year, month, day):
    return lambda other: {date(year, month, day)} if other == year else set()


def nearest(month, day):
    """The day; of a Saturday also the Friday before, of a Sunday also the Monday after."""

    def days(year):
        it = date(year, month, day)
        return {it, it + timedelta({SAT: -1, SUN: 1}.get(it.weekday(), 0))}

    return days


def or_monday(month, day):
    """The day; of a Saturday or Sunday also the Monday that follows."""

    def days(year):
        it = date(year, month, day)
        return {it, it + timedelta({SAT: 2, SUN: 1}.get(it.weekday(), 0))}

    return days


def or_two_later(month, day):
    """The day; of a Saturday or Sunday also the day two days later."""

    def days(year):
        it = date(year, month, day)
        return {it, it + timedelta(2 if it.weekday() in (SAT, SUN) else 0)}

    return days


def nth(month, weekday, number, later=0, even=False):
    """The nth weekday of a month, and so many days later; in even years only where said."""

    def days(year):
        if even and year % 2:
            return set()
        first = date(year, month, 1)
        return {first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1) + later)}

    return days


def last(month, weekday):
    def days(year):
        end = (date(year + month // 12, month % 12 + 1, 1)) - timedelta(1)
        return {end - timedelta((end.weekday() - weekday) % 7)}

    return days


def before(month, day, weekday):
    """The last such weekday before a day, that day itself not counted."""

    def days(year):
        eve = date(year, month, day) - timedelta(1)
        return {eve - timedelta((eve.weekday() - weekday) % 7)}

    return days


def easter(later=0):
    return lambda year: {western_easter(year) + timedelta(later)}


def calendar(*forms):
    """All days of some forms; those of a year may lie in its neighbor."""
    return frozenset(day for form in forms for year in YEARS for day in form(year))


AL = calendar(
    nearest(1, 1), nth(1, MON, 3), nth(2, MON, 3), easter(-47), nth(4, MON, 4), last(5, MON), nth(6, MON, 1), nearest(6, 19),
    nearest(7, 4), nth(9, MON, 1), nth(10, MON, 2), nearest(11, 11), nth(11, THU, 4), nearest(12, 25))
LA = calendar(
    nearest(1, 1), fixed(1, 8), nth(1, MON, 3), nth(2, MON, 3), easter(-47), easter(-2), last(5, MON), nearest(6, 19),
    nearest(7, 4), fixed(8, 30), nth(9, MON, 1), nth(10, MON, 2), fixed(11, 1), nth(11, MON, 1, later=1, even=True),
    nearest(11, 11), nth(11, THU, 4), nth(11, THU, 4, later=1), nearest(12, 25))
# Pennsylvania and Rhode Island: the state moves a holiday to Monday, the federal government to the nearest day; both count.
PA = calendar(
    or_monday(1, 1), nearest(1, 1), nth(1, MON, 3), nth(2, MON, 3), easter(-2), last(5, MON), or_monday(6, 14), or_monday(6, 19),
    nearest(6, 19), or_monday(7, 4), nearest(7, 4), nth(9, MON, 1), nth(10, MON, 2), nth(11, MON, 1, later=1), or_monday(11, 11),
    nearest(11, 11), nth(11, THU, 4), or_monday(12, 25), nearest(12, 25))
RI = calendar(
    or_monday(1, 1), nearest(1, 1), nth(1, MON, 3), nth(2, MON, 3), or_monday(5, 4), last(5, MON), or_monday(6, 19), nearest(6, 19),
    or_monday(7, 4), nearest(7, 4), nth(8, MON, 2), nth(9, MON, 1), nth(10, MON, 2), nth(11, MON, 1, later=1, even=True),
    or_monday(11, 11), nearest(11, 11), nth(11, THU, 4), or_monday(12, 25), nearest(12, 25))
UT = calendar(
    nearest(1, 1), nth(1, MON, 3), nth(2, MON, 3), easter(), last(5, MON), nearest(7, 4), nearest(7, 24), nth(9, MON, 1),
    nth(10, MON, 2), nearest(11, 11), nth(11, THU, 4), nearest(12, 25))
GOOD_FRIDAY = calendar(easter(-2))
JUNETEENTH_MONDAY = calendar(nth(6, MON, 3))
JUNETEENTH = calendar(nearest(6, 19))

BC = calendar(
    fixed(1, 1), nth(2, MON, 3), easter(-2), easter(1), before(5, 25, MON), or_monday(7, 1), nth(8, MON, 1), nth(9, MON, 1),
    fixed(9, 30), nth(10, MON, 2), fixed(11, 11), fixed(12, 25), fixed(12, 26))
ON = calendar(
    fixed(1, 1), nth(2, MON, 3), easter(-2), easter(1), before(5, 25, MON), or_monday(7, 1), nth(8, MON, 1), nth(9, MON, 1),
    nth(10, MON, 2), fixed(11, 11), fixed(12, 25), fixed(12, 26))
QC = calendar(
    fixed(1, 1), easter(-2), easter(1), before(5, 25, MON), fixed(6, 24), or_monday(7, 1), nth(9, MON, 1), nth(10, MON, 2),
    fixed(12, 25))
OTHER_PROVINCES = calendar(
    or_monday(1, 1), nth(2, MON, 3), easter(-2), easter(1), before(5, 25, MON), or_monday(7, 1), nth(8, MON, 1), nth(9, MON, 1),
    fixed(9, 30), nth(10, MON, 2), or_monday(11, 11), or_two_later(12, 25), or_two_later(12, 26))

FR = calendar(
    fixed(1, 1), easter(1), fixed(5, 1), fixed(5, 8), easter(39), easter(50), fixed(7, 14), fixed(8, 15), fixed(11, 1),
    fixed(11, 11), fixed(12, 25))
AU = calendar(
    or_monday(1, 1), or_monday(1, 26), easter(-2), easter(1), or_monday(4, 25), or_two_later(12, 25), or_two_later(12, 26))
ES = calendar(
    fixed(1, 1), fixed(1, 6), easter(-3), easter(-2), fixed(5, 1), fixed(8, 15), fixed(10, 12), fixed(11, 1), fixed(12, 6),
    fixed(12, 8), fixed(12, 25), only(2026, 11, 2), only(2026, 12, 7), only(2027, 8, 16))
ES_COMMUNITIES = calendar(
    fixed(2, 28), fixed(3, 1), fixed(3, 19), easter(1), fixed(4, 23), fixed(5, 2), fixed(5, 17), fixed(5, 30), fixed(5, 31),
    easter(60), fixed(6, 9), fixed(6, 24), fixed(7, 25), fixed(7, 28), fixed(8, 5), fixed(9, 2), fixed(9, 8), fixed(9, 11),
    fixed(9, 15), fixed(9, 17), fixed(10, 9), fixed(12, 3), fixed(12, 26), only(2026, 3, 2), only(2026, 3, 20), only(2026, 5, 18),
    only(2026, 5, 27), only(2026, 6, 1), only(2027, 3, 10), only(2027, 5, 3), only(2027, 5, 17), only(2027, 7, 26),
    only(2027, 12, 27), only(2028, 2, 28), only(2028, 3, 20), only(2028, 4, 24), only(2028, 5, 5), only(2028, 12, 4))
