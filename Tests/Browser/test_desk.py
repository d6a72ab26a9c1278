"""Two agents take ten calls on virtual phones: dispositions, a callback, do-not-call, a pause, preview; a page that is
loaded again and a network that fails lose nothing."""

import re
from collections import Counter
from datetime import date, timedelta

from playwright.sync_api import expect

from support import BrowserTestCase


class DeskTest(BrowserTestCase):
    server_options = {"phones": 2}

    @classmethod
    def prepare(cls):
        cls.server.campaign("spring", contacts=10)
        cls.server.campaign("careful", mode="preview", contacts=2, first=21)

    def desk(self, name, station):
        page = self.log_in(name, "/desk")
        self.sit_down(page, station)
        page.get_by_role("button", name="Ready").click()
        self.stands(page, "Ready")
        return page

    def stands(self, page, headline):
        expect(page.locator("#headline")).to_have_text(headline)

    def card(self, page):
        """Whom the card is of, with the script that has this contact's fields in it."""
        heading = page.get_by_role("heading", name=re.compile(r"^Person \d+$"))
        expect(heading).to_be_visible()
        name = heading.inner_text()
        expect(page.get_by_text(f"Good day {name}, how is City {int(name.split()[1]) % 3}?")).to_be_visible()
        return name

    def in_call(self, page):
        self.stands(page, "In call")
        return self.card(page)

    def hang_up(self, page):
        page.get_by_role("button", name="Hang up").click()
        self.stands(page, "Wrap-up")
        expect(page.locator("#countdown")).to_contain_text("Wrap-up ends in")

    def result(self, page, label):
        return page.get_by_role("group", name="Results").get_by_role("button", name=label)

    def said(self):
        """How often which code was said of a call that is over."""
        return Counter(attempt["disposition"] for attempt in self.server.attempts() if attempt["phase"] == "settled")

    def test_1_ten_calls(self):
        anna, ben = self.desk("anna", "desk-1"), self.desk("ben", "desk-2")
        self.server.run("campaign", "start", "spring")
        met = []

        # One and two: by the buttons, after the call and during it; the next call comes by itself.
        met += [self.in_call(anna), self.in_call(ben)]
        self.hang_up(anna)
        self.result(anna, "Sale").click()
        self.result(ben, "Not interested").click()
        expect(self.result(ben, "Not interested")).to_have_attribute("aria-pressed", "true")
        ben.get_by_role("button", name="Hang up").click()
        # What was said during the call keeps the wrap-up's time; who is ready says so.
        self.stands(ben, "Wrap-up")
        ben.get_by_role("button", name="Ready").click()

        # Three: the page is loaded again in the middle, and then in wrap-up: the same call is there, and what was typed.
        self.is_another(anna, met)
        note = anna.get_by_label("Note")
        note.fill("Has a dog; asks for the price of")
        anna.reload()
        self.assertEqual(self.in_call(anna), met[-1])
        expect(note).to_have_value("Has a dog; asks for the price of")
        self.hang_up(anna)
        anna.reload()
        self.stands(anna, "Wrap-up")
        expect(note).to_have_value("Has a dog; asks for the price of")
        self.result(anna, "Sale").click()
        expect(anna.locator("#last-text")).to_contain_text("Sale · Has a dog; asks for the price of")

        # Four: the network is gone in the middle. What was typed is kept, and said when it is back.
        self.is_another(ben, met)
        ben.get_by_label("Note").fill("Bad line")
        ben.context.set_offline(True)
        lost = ben.get_by_text("The connection to Offhook is lost.")
        expect(lost).to_be_visible()
        self.result(ben, "Sale").click()
        expect(ben.get_by_text("The server cannot be reached; what you typed is kept.")).to_be_visible()
        ben.context.set_offline(False)
        expect(lost).to_be_hidden()
        self.assertEqual(self.in_call(ben), met[-1])
        expect(ben.get_by_label("Note")).to_have_value("Bad line")
        self.hang_up(ben)
        self.result(ben, "Sale").click()
        expect(ben.locator("#last-text")).to_contain_text("Sale · Bad line")

        # Five and six: by keys alone.
        for page in (anna, ben):
            self.is_another(page, met)
            page.keyboard.press("h")
            self.stands(page, "Wrap-up")
            page.keyboard.press("2")

        # Seven: a callback, on the contact's clock, checked while it is typed.
        self.is_another(anna, met)
        self.hang_up(anna)
        self.result(anna, "Call back").click()
        anna.get_by_label("Date").fill("2020-01-08")
        anna.get_by_label("Time", exact=True).fill("10:30")
        expect(anna.get_by_text("That time is over in the contact's time zone")).to_be_visible()
        anna.get_by_role("button", name=re.compile("^Take ")).click()
        expect(anna.get_by_text("is allowed.")).to_be_visible()
        anna.get_by_label("Date").fill(str(date.today() + timedelta(days=2)))
        anna.get_by_label("Time", exact=True).fill("10:30")
        expect(anna.get_by_text(re.compile("10:30 .*is allowed"))).to_be_visible()
        anna.get_by_role("button", name="Agree", exact=True).click()
        expect(anna.get_by_role("button", name=f"Call {met[6]}")).to_be_visible()

        # Eight: do not call again, with one press and a confirmation.
        self.is_another(ben, met)
        self.hang_up(ben)
        self.result(ben, "Do not call").click()
        ben.get_by_role("button", name="Yes, do not call again").click()
        expect(ben.locator("#last-text")).to_contain_text("Do not call")

        # Nine and ten: a pause is asked for during the call, and holds when it is over.
        self.is_another(anna, met)
        self.is_another(ben, met)
        anna.keyboard.press("p")
        anna.get_by_role("button", name="Lunch").click()
        for page in (anna, ben):
            self.hang_up(page)
            self.result(page, "Sale").click()
        self.stands(anna, "Paused: Lunch")
        self.stands(ben, "Ready")

        self.assertEqual(len(set(met)), 10, "nobody was called twice")
        self.assertEqual(self.said(), {"SALE": 5, "NI": 3, "CB": 1, "DNC": 1})
        self.assertEqual(self.server.run("dnc", "list").count("+1"), 1)
        expect(anna.locator("#day-calls")).to_have_text("5")
        ben.get_by_role("button", name="Leave the station").click()
        expect(ben.get_by_role("heading", name="Choose your station")).to_be_visible()
        self.no_faults(anna, ben)

    def is_another(self, page, met):
        """The next call has come by itself, to somebody who was not called yet."""
        self.stands(page, "In call")
        if met and self.card(page) in met:
            expect(page.get_by_role("heading", name=re.compile(f"^({'|'.join(met)})$"))).to_be_hidden()
        met.append(self.in_call(page))

    def test_2_pause(self):
        anna = self.desk("anna", "desk-1")
        anna.keyboard.press("p")
        expect(anna.get_by_role("button", name="Break")).to_be_focused()
        anna.keyboard.press("2")
        self.stands(anna, "Paused: Lunch")
        self.assertIn("Lunch", self.server.run("stations", "list"))
        anna.reload()
        self.stands(anna, "Paused: Lunch")
        expect(anna.get_by_role("button", name="Ready")).to_be_visible()
        anna.keyboard.press("r")
        self.stands(anna, "Ready")
        anna.keyboard.press("p")
        anna.get_by_label("Another reason").fill("Fire drill")
        anna.keyboard.press("Enter")
        self.stands(anna, "Paused: Fire drill")
        self.no_faults(anna)

    def test_3_preview(self):
        ben = self.desk("ben", "desk-2")
        before = len(self.server.attempts())
        self.server.run("campaign", "start", "careful")
        # The card comes first, the call when the agent dials.
        self.stands(ben, "Next contact")
        skipped = self.card(ben)
        ben.get_by_role("button", name="Skip").click()
        ben.get_by_role("button", name="Bad time").click()
        expect(ben.get_by_role("heading", name=skipped)).to_be_hidden()
        self.stands(ben, "Next contact")
        name = self.card(ben)
        self.assertNotEqual(name, skipped)
        self.assertEqual(len(self.server.attempts()), before)
        ben.keyboard.press("d")
        self.assertEqual(self.in_call(ben), name)
        self.assertEqual(len(self.server.attempts()), before + 1)
        self.hang_up(ben)
        self.result(ben, "Sale").click()
        expect(ben.locator("#last-text")).to_contain_text(f"{name}: Sale")
        self.no_faults(ben)
