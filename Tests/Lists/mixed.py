#!/usr/bin/env python3
"""Lists as people write them, made from a table of the truth, against what the program makes of them.

mixed.py OFFHOOK [ROWS [SEED]]: writes one list whose rows are in five languages and of five countries, and the same rows as five lists
with headers of their languages; imports both, and compares contacts, numbers, time zones, wishes and quarantined rows with the table.
The truth is built together with each cell; nothing here reads a number.
"""

import csv
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

PROGRAM = sys.argv[1]
ROWS = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 20261201
YES, NO, UNCLEAR = "yes", "no", "unclear"

# Area code, state's code and name, zone. Each of these states has a part with another zone, or none at all.
US = [
    ("212", "NY", "New York", "America/New_York", "10001"), ("305", "FL", "Florida", "America/New_York", "33101"),
    ("312", "IL", "Illinois", "America/Chicago", "60601"), ("214", "TX", "Texas", "America/Chicago", "75201"),
    ("915", "TX", "Texas", "America/Denver", "79901"), ("303", "CO", "Colorado", "America/Denver", "80202"),
    ("602", "AZ", "Arizona", "America/Phoenix", "85001"), ("415", "CA", "California", "America/Los_Angeles", "94102"),
    ("206", "WA", "Washington", "America/Los_Angeles", "98101"), ("808", "HI", "Hawaii", "Pacific/Honolulu", "96801"),
]
# Where a state or a word for a zone leaves several clocks open, each is possible: the Navajo Nation sets its clocks, Arizona does not.
SEVERAL = {"AZ": {"America/Phoenix", "America/Denver"}, "Mountain": {"America/Denver", "America/Phoenix"}}
# Numbers that regulators keep for films, by their beginnings, with what is left to fill.
DE = [("30", "23125"), ("69", "90009"), ("40", "66969"), ("221", "4710"), ("89", "99998")]
FR = ["19900", "26191", "35301", "46571", "53649"]
# Overseas numbers are written in Paris as if they were of there.
FR_OVERSEAS = [("590590", "590", {"America/Guadeloupe", "America/Marigot", "America/St_Barthelemy"}), ("696", "596", {"America/Martinique"}),
               ("692", "262", {"Indian/Reunion"}), ("594594", "594", {"America/Cayenne"})]
IT = ["0655", "010848", "026630"]
ES = ["91005", "93005", "95405"]
ZONE_TEXTS = {
    "America/New_York": ["America/New_York", "Eastern", "EST", "Eastern Time (US & Canada)", "(GMT-05:00) Eastern Standard Time (America/New_York)",
                         "us_slash_eastern", "Eastern Standard Time"],
    "America/Chicago": ["America/Chicago", "Central", "CST", "Central Time (US & Canada)", "(GMT-06:00) Central Standard Time (America/Chicago)",
                        "us_slash_central"],
    "America/Denver": ["America/Denver", "Mountain", "Mountain Time (US & Canada)", "(GMT-07:00) Mountain Standard Time (America/Denver)"],
    "America/Los_Angeles": ["America/Los_Angeles", "Pacific", "PST", "Pacific Time (US & Canada)", "us_slash_pacific",
                            "(GMT-08:00) Pacific Standard Time (America/Los_Angeles)"],
}
WORDS = {
    "US": {YES: ["yes", "Y", "1", "TRUE", "x", "2026-03-01", "DNC"], NO: ["no", "N", "0", "", "FALSE"], UNCLEAR: ["ask first", "perhaps"],
           "or": " or ", "label": ["Home: {}", "{} (cell)", "tel. {}"]},
    "DE": {YES: ["ja", "J", "1", "x", "wahr", "1.3.2026"], NO: ["nein", "N", "0", "", "falsch"], UNCLEAR: ["siehe Notiz"],
           "or": " oder ", "label": ["Tel.: {}", "{} (privat)", "Mobil {}"]},
    "FR": {YES: ["oui", "O", "1", "vrai", "01/03/2026"], NO: ["non", "N", "0", "", "faux"], UNCLEAR: ["à voir"],
           "or": " ou ", "label": ["Tél : {}", "{} (bureau)"]},
    "IT": {YES: ["sì", "S", "1", "vero", "01/03/2026"], NO: ["no", "N", "0", "", "falso"], UNCLEAR: ["vedi note"],
           "or": " o ", "label": ["tel. {}", "{} (ufficio)"]},
    "ES": {YES: ["sí", "S", "1", "verdadero", "01/03/2026"], NO: ["no", "N", "0", "", "falso"], UNCLEAR: ["preguntar"],
           "or": " o ", "label": ["Tel: {}", "{} (oficina)"]},
}
HEADERS = {
    "US": ["Name", "Country", "Phone", "Other phone", "State", "ZIP", "Time zone", "Do Not Call", "Priority"],
    "DE": ["Name", "Land", "Telefon", "Mobiltelefon", "Bundesland", "PLZ", "Zeitzone", "Nicht anrufen", "priority"],
    "FR": ["Nom complet", "Pays", "Téléphone", "Portable", "province", "Code postal", "Fuseau horaire", "Ne pas appeler", "priority"],
    "IT": ["Nome completo", "Paese", "Telefono", "Cellulare", "Provincia", "CAP", "Fuso orario", "Non chiamare", "priority"],
    "ES": ["Nombre completo", "País", "Teléfono", "Móvil", "Provincia", "Código postal", "Zona horaria", "No llamar", "priority"],
}
COUNTRIES = {"US": ["US", "USA", "United States"], "DE": ["DE", "Deutschland", "Germany"], "FR": ["FR", "France"],
             "IT": ["IT", "Italia"], "ES": ["ES", "España", "Spain"]}


class Maker:
    """Makes rows, each with its truth."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.taken = set()

    def fresh(self, make):
        while True:
            number = make()
            if number["e164"] not in self.taken:
                self.taken.add(number["e164"])
                return number

    def digits(self, count):
        return "".join(self.random.choice("0123456789") for _ in range(count))

    def number(self, country):
        """E.164 digits, the national form in groups (trunk prefix included), and the zones that the number alone tells."""
        pick = self.random.choice
        if country == "US":
            area, state, name, zone, zip_code = pick(US)
            line = self.digits(4)
            return {"e164": f"1{area}555{line}", "groups": [area, "555", line], "zones": {zone}, "place": (state, name, zone, zip_code)}
        if country == "DE":
            area, start = pick(DE)
            rest = start + self.digits(3)
            return {"e164": f"49{area}{rest}", "groups": ["0" + area, rest], "zones": {"Europe/Berlin"}}
        if country == "FR" and self.random.random() < 0.2:
            start, code, zones = pick(FR_OVERSEAS)
            national = start + self.digits(9 - len(start))
            return {"e164": f"{code}{national}", "groups": ["0" + national[:1], *self.pairs(national[1:])], "zones": zones}
        if country == "FR":
            national = pick(FR) + self.digits(4)
            return {"e164": f"33{national}", "groups": ["0" + national[:1], *self.pairs(national[1:])], "zones": {"Europe/Paris"}}
        if country == "IT":
            national = pick(IT)
            national += self.digits(10 - len(national))
            return {"e164": f"39{national}", "groups": [national[:3], national[3:]], "zones": {"Europe/Rome"}}
        national = pick(ES) + self.digits(4)
        return {"e164": f"34{national}", "groups": [national[:3], national[3:6], national[6:]], "zones": {"Europe/Madrid"}}

    @staticmethod
    def pairs(text):
        return [text[index:index + 2] for index in range(0, len(text), 2)]

    def written(self, number, country):
        """One way to write a number."""
        groups, e164 = number["groups"], number["e164"]
        national = "".join(groups)
        forms = [" ".join(groups), "-".join(groups), national, f"+{e164}", f"+{e164[:2]} {e164[2:]}", f"'{national}", f'="{national}"',
                 f"tel:+{e164}", f" {national} ", f"+{e164}.0"]
        if country == "US":
            area, exchange, line = groups
            forms += [f"({area}) {exchange}-{line}", f"1-{area}-{exchange}-{line}", f"{area}.{exchange}.{line}", f"{national}.0",
                      f"{national[0]}.{national[1:]}E9", f"1{national}", f"={national}", f"+1 ({area}) {exchange} {line}"]
        else:
            forms += [f"00{e164}", f"00{e164[:2]} {e164[2:]}", f"{groups[0]}/{''.join(groups[1:])}", f'=T("{national}")']
        return self.random.choice(forms)

    def row(self, country, index):
        roll = self.random.random()
        pick = self.random.choice
        words = WORDS[country]
        truth = {"name": f"{country} Person {index}", "country": country, "flag": NO, "quarantined": False, "zones": None}
        cells = {"name": truth["name"], "country": pick(COUNTRIES[country]), "phone": "", "other": "", "state": "", "zip": "", "zone": "",
                 "flag": "", "priority": ""}
        truth["flag"] = YES if self.random.random() < 0.1 else UNCLEAR if self.random.random() < 0.02 else NO
        cells["flag"] = pick(words[truth["flag"]])
        first = self.fresh(lambda: self.number(country))
        numbers = [first]
        text = self.written(first, country)
        if roll < 0.10:
            second = self.fresh(lambda: self.number(country))
            numbers.append(second)
            one, two = " ".join(first["groups"]), " ".join(second["groups"])
            text = pick([f"{one} / {two}", f"{one}; {two}", f"{one}, {two}", f"{one} | {two}", f"{one}{words['or']}{two}", f"{one} ::: {two}",
                         f"{one}\n{two}"])
        elif roll < 0.14 and country == "DE":
            # Two endings of one exchange: 030 231250-12/13.
            ending = int(first["e164"][-2:])
            other = f"{(ending + 1) % 100:02}"
            second = {**first, "e164": first["e164"][:-2] + other}
            if second["e164"] not in self.taken:
                self.taken.add(second["e164"])
                numbers.append(second)
                national = "".join(first["groups"])
                text = f"{first['groups'][0]} {''.join(first['groups'][1:])[:-2]}-{national[-2:]}/{other}"
        elif roll < 0.18:
            text = pick(words["label"]).format(" ".join(first["groups"]))
        elif roll < 0.24:
            second = self.fresh(lambda: self.number(country))
            numbers.append(second)
            cells["other"] = self.written(second, country)
        elif roll < 0.30:
            # No number that can be called: the row is kept aside, with its wish where it has a number.
            truth["quarantined"] = True
            numbers = []
            text = pick(["12", "unknown", "n/a", "", "1.21256E+10", "4.9E+11", {"US": "911", "DE": "112", "FR": "112", "IT": "112", "ES": "112"}[country],
                         {"US": "900-555-0143", "DE": "0900 1123456", "FR": "0899 12 34 56", "IT": "899 123456", "ES": "803 123 456"}[country]])
        elif roll < 0.33:
            truth["quarantined"] = True
            cells["priority"] = "high"
        cells["phone"] = text
        truth["numbers"] = [number["e164"] for number in numbers]
        if numbers:
            truth["zones"] = set(first["zones"])
        if country == "US" and numbers:
            self.place(first, cells, truth)
        return cells, truth

    def place(self, number, cells, truth):
        """Where the row says that the person is: what agrees changes nothing, what does not adds its own clock."""
        state, name, zone, zip_code = number["place"]
        roll = self.random.random()
        pick = self.random.choice
        if roll < 0.2:
            cells["state"] = pick([state, name, state.lower()])
        elif roll < 0.35:
            cells["zip"] = pick([zip_code, f"{zip_code}-1234", f"{zip_code}.0", f'="{zip_code}"'])
        elif roll < 0.45 and zone in ZONE_TEXTS:
            cells["zone"] = pick(ZONE_TEXTS[zone])
            truth["zones"] |= SEVERAL.get(cells["zone"], set())
        elif roll < 0.55:
            other = pick([entry for entry in US if entry[1] != state and entry[1] not in ("FL", "TX")])
            cells["state"] = pick([other[1], other[2]])
            truth["zones"] |= SEVERAL.get(other[1], {other[3]})
        elif roll < 0.62:
            other = pick([text for text in ZONE_TEXTS if text != zone])
            cells["zone"] = pick(ZONE_TEXTS[other])
            truth["zones"] |= SEVERAL.get(cells["zone"], {other})


ORDER = ["name", "country", "phone", "other", "state", "zip", "zone", "flag", "priority"]


def run(folder, *words):
    result = subprocess.run([PROGRAM, *words, "--db", "t.db"], cwd=folder, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"offhook {' '.join(words)}: {result.stderr}{result.stdout}")
    return result.stdout


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(header)
        out.writerows([[cells[key] for key in ORDER] for cells in rows])


def compare(folder, truths):
    """What does not agree, by kind, with examples."""
    wrong = {}

    def differ(kind, text):
        wrong.setdefault(kind, []).append(text)

    database = sqlite3.connect(folder / "t.db")
    found = {}
    for contact, name, state in database.execute("SELECT id, name, state FROM contacts"):
        found[name] = {"state": state, "numbers": [], "zones": []}
    for name, number, zones in database.execute(
            "SELECT c.name, n.number, a.zones FROM contacts c JOIN numbers n ON n.contact_id = c.id JOIN areas a ON a.id = n.area_id ORDER BY n.id"):
        found[name]["numbers"].append(str(number))
        # Büsingen is German, and its clock Berlin's.
        found[name]["zones"].append(set(zones.split(",")) - {"Europe/Busingen"})
    listed = {str(number) for number, in database.execute("SELECT number FROM suppressions")}
    quarantined = database.execute("SELECT count(*) FROM quarantined_rows").fetchone()[0]
    wanted = set()
    for cells, truth in truths:
        shown = f"{cells['phone']!r} {cells['other']!r} {cells['state']} {cells['zip']} {cells['zone']} of {truth['country']}"
        is_flagged = truth["flag"] != NO
        if is_flagged:
            wanted.update(truth["numbers"])
        contact = found.get(truth["name"])
        if truth["quarantined"] != (contact is None):
            differ("quarantine", f"{shown}: {'kept aside' if contact is None else contact['numbers']}")
            continue
        if contact is None:
            continue
        if contact["numbers"] != truth["numbers"]:
            differ("numbers", f"{shown}: {contact['numbers']}, not {truth['numbers']}")
        elif contact["zones"][0] != truth["zones"]:
            differ("zones", f"{shown}: {sorted(contact['zones'][0])}, not {sorted(truth['zones'])}")
        if (contact["state"] == "suppressed") != is_flagged:
            differ("wishes", f"{cells['flag']!r} of {truth['country']}: {contact['state']}")
    for number in sorted(wanted - listed):
        differ("do-not-call list", f"+{number} is missing")
    for number in sorted(listed - wanted):
        differ("do-not-call list", f"+{number} is no number of anybody who asked")
    expected = sum(truth["quarantined"] for _, truth in truths)
    if quarantined != expected:
        differ("quarantine", f"{quarantined} rows, not {expected}")
    return wrong


def main():
    maker = Maker(SEED)
    rows = [maker.row(country, index) for index in range(ROWS // 5) for country in HEADERS]
    failed = False
    for way in ["one list", "five lists"]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            Path(folder / "c.yaml").write_text(
                "campaign: c\nregion: US\nnumbers: possible\nsuppression: { none_because: trial }\ncalling_rules: { pack: none }\n")
            run(folder, "campaign", "apply", "c.yaml")
            if way == "one list":
                mixed = rows[:]
                maker.random.shuffle(mixed)
                write(folder / "list.csv", HEADERS["US"], [cells for cells, _ in mixed])
                run(folder, "import", "list.csv", "--campaign", "c")
            else:
                for country, header in HEADERS.items():
                    write(folder / f"{country}.csv", header, [cells for cells, truth in rows if truth["country"] == country])
                    run(folder, "import", f"{country}.csv", "--campaign", "c", "--region", country)
            wrong = compare(folder, rows)
        kinds = Counter({kind: len(texts) for kind, texts in wrong.items()})
        print(f"{way}: {len(rows)} rows, {sum(not truth['quarantined'] for _, truth in rows)} contacts, "
              f"{sum(len(truth['numbers']) for _, truth in rows)} numbers, {sum(truth['flag'] != NO for _, truth in rows)} wishes; "
              + (", ".join(f"{count} {kind} differ" for kind, count in kinds.items()) or "all agree"))
        for kind, texts in wrong.items():
            failed = True
            for text in texts[:12]:
                print(f"  {kind}: {text}")
    sys.exit(1 if failed else 0)


main()
