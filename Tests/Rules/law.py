"""The calling rules of every place, written a second time from the documents of their words, apart from share/rules.

Each rule has the number of its line in the document. Nothing here reads the packs.
"""

from dataclasses import dataclass, field
from datetime import date

import holidays as days
from holidays import FRI, MON, SAT, SUN, THU, TUE, WED  # noqa: F401
from places import PROVINCES, STATES, TERRITORIES

SALES, DEBT, CHARITY, SURVEY, POLITICAL, BUSINESS = "sales", "debt_collection", "charity", "survey", "political", "business"
PURPOSES = [SALES, DEBT, CHARITY, SURVEY, POLITICAL, BUSINESS]
CALENDAR, ROLLING = "calendar", "rolling"
FOR_GOOD = None
WEEKDAYS = [MON, TUE, WED, THU, FRI]
HOUR = 60


@dataclass(frozen=True)
class Cap:
    """At most so many attempts or conversations within so many hours (rolling) or days (calendar)."""

    most: int
    within: int
    counts: str = "attempts"
    by: str = ROLLING


@dataclass(frozen=True)
class Silence:
    """No call for so many days after a refusal or conversation; none for FOR_GOOD."""

    after: str
    days: int | None
    by: str = ROLLING


@dataclass(frozen=True)
class Law:
    code: str
    places: tuple
    purposes: tuple = ()
    first: date | None = None
    last: date | None = None
    # Weekday to spans in minutes of the day; None where nothing is said of hours.
    hours: dict | None = None
    closed_on: frozenset = frozenset()
    caps: tuple = ()
    silences: tuple = ()
    consent: bool = False
    consent_days: int | None = None
    registry: str | None = None
    registry_days: int | None = None
    closed: bool = False
    emergency: bool = False
    # What lifts the whole rule.
    with_consent: bool = False
    purchase_days: int | None = None
    inquiry_days: int | None = None
    exempt_purposes: tuple = ()
    only_automated: bool = False
    kinds: tuple = ()


def hours(spans):
    """Hours of days: [(weekdays, "09:00-13:00", ...)] to minutes by weekday."""
    table = {}
    for weekdays, *texts in spans:
        for text in texts:
            start, end = (int(clock[:2]) * HOUR + int(clock[3:]) for clock in text.split("-"))
            for weekday in weekdays:
                table.setdefault(weekday, []).append((start, end))
    return table


def daily(text):
    return hours([(range(7), text)])


def not_sundays(text):
    return hours([(range(6), text)])


LAWS = []


def law(code, *places, purposes=(), spans=None, **facts):
    LAWS.append(Law(code, places, tuple(purposes), hours=spans, **facts))


def US(code):
    return f"US-{code}"


ALL_US = [US(code) for code in STATES]
FEDERAL = ALL_US + list(TERRITORIES)
NATIONAL = "National Do Not Call Registry"
AGENTS = dict(only_automated=True)
MOBILE = dict(kinds=("mobile",))


def since(text):
    return dict(first=date.fromisoformat(text))


def until(text):
    return dict(last=date.fromisoformat(text))


def exempt(consent=False, purchase=None, inquiry=None):
    return dict(with_consent=consent, purchase_days=purchase, inquiry_days=inquiry)


def list_of(name, days_old):
    return dict(registry=name, registry_days=days_old)


THREE_A_DAY = dict(caps=(Cap(3, 24),))

# The United States.
law("us-1", *FEDERAL, spans=daily("08:00-21:00"))
law("us-2", *FEDERAL, purposes=[SALES], **list_of(NATIONAL, 31), **exempt(True, 546, 89))
law("us-3", *FEDERAL, purposes=[DEBT], caps=(Cap(7, 7 * 24),), silences=(Silence("conversation", 7),))
law("us-4", US("AL"), purposes=[SALES, CHARITY, POLITICAL, BUSINESS], spans=not_sundays("08:00-20:00"), closed_on=days.AL)
law("us-5", US("AZ"), purposes=[SALES, BUSINESS], consent=True, **MOBILE)
law("us-6", US("CA"), purposes=[SALES], **list_of(NATIONAL, 31), **exempt(True, 546, 30))
law("us-7", US("CO"), purposes=[SALES], **list_of("Colorado No-Call List", 31), **exempt(True, 546, 30))
law("us-8", US("CT"), purposes=[SALES, CHARITY], spans=daily("09:00-20:00"), **since("2023-10-01"))
law("us-9", US("CT"), purposes=[SALES, CHARITY], consent=True, **since("2023-10-01"))
law("us-10", US("FL"), purposes=[SALES], spans=daily("08:00-20:00"), **THREE_A_DAY)
law("us-11", US("FL"), purposes=[SALES], consent=True, **AGENTS, **exempt(False, 546, 89))
law("us-12", US("FL"), purposes=[SALES], **list_of("Florida Do Not Call List", 31), **exempt(True, 546, 89))
law("us-13", US("IN"), purposes=[SALES, CHARITY], **list_of("Indiana Do Not Call List", 92), **exempt(True))
law("us-14", US("KY"), purposes=[SALES], spans=daily("10:00-21:00"))
law("us-15", US("LA"), spans=not_sundays("08:00-20:00"), closed_on=days.LA)
law("us-16", US("LA"), purposes=[SALES], consent=True, **MOBILE)
law("us-17", US("LA"), emergency=True)
law("us-18", US("LA"), purposes=[SALES], **list_of("Louisiana Do Not Call List", 31), **exempt(True, 181, 181))
law("us-19", US("ME"), purposes=[SALES], **list_of("Reassigned Numbers Database", 31), **exempt(True, 546, 89), **since("2024-07-16"))
law("us-20", US("MD"), purposes=[SALES, SURVEY, BUSINESS], spans=daily("08:00-20:00"), **THREE_A_DAY, **since("2024-01-01"))
law("us-21", US("MD"), purposes=[SALES, SURVEY, BUSINESS], consent=True, **AGENTS, **since("2024-01-01"))
law("us-22", US("MA"), purposes=[SALES], spans=daily("08:00-20:00"))
law("us-23", US("MA"), purposes=[SALES], **list_of("Massachusetts Do Not Call Registry", 92), **exempt(True))
law("us-24", US("MI"), purposes=[SALES, CHARITY, BUSINESS], spans=daily("09:00-21:00"))
law("us-25", US("MI"), purposes=[SALES], **list_of(NATIONAL, 31), **exempt(True, 365))
law("us-26", US("MN"), purposes=[SALES], spans=daily("09:00-21:00"))
law("us-27", US("MS"), purposes=[SALES, BUSINESS], spans=not_sundays("08:00-20:00"))
law("us-28", US("MS"), purposes=[CHARITY], spans=not_sundays("09:00-21:00"))
law("us-29", US("MS"), purposes=[SALES], **list_of(NATIONAL, 31), **exempt(True, 181, 181))
law("us-30", US("MT"), purposes=[SALES], **list_of(NATIONAL, 31), **exempt(True, 181, 181))
law("us-31", US("MO"), purposes=[SALES], **list_of("Missouri No-Call List", 31), **exempt(True, 181, 181))
law("us-32", US("NV"), purposes=[SALES, CHARITY], spans=daily("09:00-20:00"))
law("us-33", US("NJ"), purposes=[SALES], consent=True, **MOBILE)
law("us-34", US("NJ"), US("WI"), purposes=[SALES], **list_of(NATIONAL, 31), **exempt(True, 546))
law("us-35", US("NM"), purposes=[SALES, BUSINESS], spans=daily("09:00-21:00"))
law("us-36", US("NM"), US("WA"), purposes=[SALES], **list_of(NATIONAL, 31), **exempt(True, 365, 365))
law("us-37", US("NY"), purposes=[SALES], spans=daily("08:00-21:00"), **exempt(True))
law("us-38", US("NY"), purposes=[SALES], emergency=True, **exempt(True))
law("us-39", US("OK"), purposes=[SALES, BUSINESS], spans=daily("08:00-20:00"), **THREE_A_DAY, **since("2022-11-01"))
law("us-40", US("OK"), purposes=[SALES, BUSINESS], consent=True, **AGENTS, **since("2022-11-01"))
law("us-41", US("OK"), purposes=[SALES], **list_of("Oklahoma Do Not Call Registry", 31), **exempt(True))
law("us-42", US("OR"), purposes=[SALES, CHARITY], spans=daily("08:00-20:00"), **since("2026-01-01"))
law("us-43", US("OR"), purposes=[SALES, CHARITY], **THREE_A_DAY, **exempt(False, 546), **since("2026-01-01"))
law("us-44", US("PA"), purposes=[SALES, BUSINESS], spans=daily("08:00-21:00"), **until("2026-10-17"))
law("us-45", US("PA"), purposes=[SALES, BUSINESS], spans=not_sundays("09:00-19:00"), **since("2026-10-18"))
law("us-46", US("PA"), purposes=[SALES, BUSINESS], closed_on=days.PA, **exempt(True, 365), **since("2019-12-03"), **until("2026-10-17"))
law("us-47", US("PA"), purposes=[SALES, BUSINESS], closed_on=days.PA, **since("2026-10-18"))
law("us-48", US("PA"), purposes=[SALES, BUSINESS], **list_of("Pennsylvania Do Not Call List", 92), **exempt(True, 365))
law("us-49", US("RI"), purposes=[SALES, BUSINESS], spans=hours([(WEEKDAYS, "09:00-18:00"), ([SAT], "10:00-17:00")]), closed_on=days.RI)
law("us-50", US("SD"), purposes=[SALES], spans=not_sundays("09:00-21:00"))
law("us-51", US("SD"), purposes=[SALES, CHARITY], spans=hours([(WEEKDAYS, "09:00-21:00")]), **AGENTS)
law("us-52", US("TN"), purposes=[SALES], **list_of("Tennessee Do Not Call Register", 31), **exempt(True, 365, 365))
law("us-53", US("TX"), purposes=[SALES], spans=hours([(range(6), "09:00-21:00"), ([SUN], "12:00-21:00")]), **exempt(True))
law("us-54", US("TX"), purposes=[SALES], **list_of("Texas No-Call List", 92), **exempt(True, 365, 365))
law("us-55", US("UT"), spans=not_sundays("08:00-21:00"), closed_on=days.UT, **exempt(True))
law("us-56", US("UT"), closed_on=days.GOOD_FRIDAY, **exempt(True), **since("2026-05-06"))
law("us-57", US("UT"), closed_on=days.JUNETEENTH_MONDAY, **exempt(True), **until("2026-12-31"))
law("us-58", US("UT"), closed_on=days.JUNETEENTH, **exempt(True), **since("2027-01-01"))
law("us-59", US("WA"), purposes=[SALES, CHARITY, BUSINESS], spans=daily("08:00-20:00"))
law("us-60", US("WA"), purposes=[SALES, CHARITY], silences=(Silence("refusal", 366),))
law("us-61", US("WY"), purposes=[SALES], spans=daily("08:00-20:00"))
law("us-62", US("WY"), purposes=[SALES], **list_of(NATIONAL, 31), **AGENTS, **exempt(False, 546, 89))
law("us-63", US("WY"), purposes=[SALES], **list_of("Wyoming No-Call List", 31), **exempt(True, 546, 89))
law("us-83", "PR", purposes=[SALES, CHARITY], spans=daily("09:00-21:00"))

# Canada.
CANADA = [f"CA-{code}" for code in PROVINCES]
ASKED = [SALES, CHARITY, POLITICAL, BUSINESS]
WEEK = dict(caps=(Cap(3, 7 * 24, "conversations"),))
law("ca-1", *CANADA, purposes=ASKED, spans=hours([(WEEKDAYS, "09:00-21:30"), ([SAT, SUN], "10:00-18:00")]))
law("ca-2", *CANADA, purposes=ASKED, **list_of("National Do Not Call List", 31), **exempt(True, 546, 181),
    exempt_purposes=(CHARITY, POLITICAL, BUSINESS))
law("ca-3", "CA-BC", purposes=[SALES, CHARITY], closed_on=days.BC)
law("ca-4", "CA-BC", purposes=[SALES, CHARITY], caps=(Cap(1, 30 * 24),), **exempt(True))
law("ca-5", "CA-BC", purposes=[DEBT], spans=hours([(range(6), "07:00-21:00"), ([SUN], "13:00-17:00")]), closed_on=days.BC)
law("ca-6", "CA-ON", purposes=[DEBT], spans=hours([(range(6), "07:00-21:00"), ([SUN], "13:00-17:00")]), closed_on=days.ON, **WEEK)
law("ca-7", "CA-QC", purposes=[DEBT], spans=not_sundays("08:00-20:00"), closed_on=days.QC)
law("ca-8", *[place for place in CANADA if place not in ("CA-BC", "CA-ON", "CA-QC")], purposes=[DEBT],
    spans=not_sundays("08:00-21:00"), closed_on=days.OTHER_PROVINCES, **WEEK)

# France and its parts overseas.
FRANCE = ["FR", "GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM"]
law("fr-1", *FRANCE, purposes=[SALES, CHARITY], spans=hours([(WEEKDAYS, "10:00-13:00", "14:00-20:00")]), closed_on=days.FR)
law("fr-2", *FRANCE, purposes=[SALES, CHARITY], caps=(Cap(4, 30, by=CALENDAR),), silences=(Silence("refusal", 60, CALENDAR),))
law("fr-3", *FRANCE, purposes=[SALES, CHARITY], silences=(Silence("refusal", FOR_GOOD),))
law("fr-4", *FRANCE, purposes=[SALES, CHARITY], consent=True, consent_days=365, **since("2026-08-11"))
law("fr-5", *FRANCE, purposes=[SALES, CHARITY], **list_of("Bloctel", 28), **until("2026-08-10"))
law("fr-6", "YT", purposes=[SALES, CHARITY], closed_on=days.calendar(days.fixed(4, 27)))
law("fr-7", "MQ", purposes=[SALES, CHARITY], closed_on=days.calendar(days.fixed(5, 22)))
law("fr-8", "GP", "MF", "BL", purposes=[SALES, CHARITY], closed_on=days.calendar(days.fixed(5, 27), days.fixed(10, 9)))
law("fr-9", "GF", purposes=[SALES, CHARITY], closed_on=days.calendar(days.fixed(6, 10)))
law("fr-10", "RE", purposes=[SALES, CHARITY], closed_on=days.calendar(days.fixed(12, 20)))
law("fr-12", "NC", "PF", "WF", closed=True)

# The United Kingdom, Germany, Australia, Spain.
law("uk-1", "GB", spans=hours([(WEEKDAYS, "08:00-21:00"), ([SAT], "09:00-20:00")]))
law("uk-2", "GB", purposes=ASKED, **list_of("Telephone Preference Service", 28), **exempt(True))
law("uk-3", "GB", purposes=[BUSINESS], **list_of("Corporate Telephone Preference Service", 28), **exempt(True))
law("de-1", "DE", purposes=[SALES], consent=True)
law("de-2", "DE", purposes=[CHARITY, SURVEY, POLITICAL], consent=True)
law("au-1", "AU", purposes=ASKED, spans=hours([(WEEKDAYS, "09:00-20:00"), ([SAT], "09:00-17:00")]), closed_on=days.AU)
law("au-2", "AU", purposes=[SURVEY], spans=hours([(WEEKDAYS, "09:00-20:30"), ([SAT, SUN], "09:00-17:00")]), closed_on=days.AU)
law("au-3", "AU", purposes=ASKED, **list_of("Do Not Call Register", 30), **exempt(True), exempt_purposes=(CHARITY, POLITICAL))
law("au-4", "AU", purposes=[DEBT], spans=hours([(WEEKDAYS, "07:30-21:00"), ([SAT, SUN], "09:00-21:00")]), closed_on=days.AU,
    caps=(Cap(3, 7 * 24, "conversations"), Cap(10, 30 * 24, "conversations")))
law("es-1", "ES", purposes=[SALES, CHARITY], spans=hours([(WEEKDAYS, "09:00-21:00")]), closed_on=days.ES)
law("es-2", "ES", purposes=[SALES, CHARITY], closed_on=days.ES_COMMUNITIES)
law("es-3", "ES", purposes=[SALES, CHARITY], consent=True, **since("2023-06-29"))
law("es-4", "ES", purposes=[SALES, CHARITY], consent=True, consent_days=730, **since("2025-12-28"))
law("es-5", "ES", purposes=[SALES, CHARITY], **list_of("Lista Robinson", 30), **exempt(True))

AT = {}
for each in LAWS:
    for place in each.places:
        AT.setdefault(place, []).append(each)
