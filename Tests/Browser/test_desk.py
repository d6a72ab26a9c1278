"""Two agents take ten calls on virtual phones: dispositions, a callback, do-not-call, a pause, preview; a page that is
loaded again and a network that fails lose nothing."""

import re

from playwright.sync_api import expect

from support import BrowserTestCase, wait_for


class DeskTest(BrowserTestCase):
    server_options = {"phones": 2}

    @classmethod
    def prepare(cls):
        cls.server.campaign("spring", contacts=16, ending="06")
        cls.server.campaign("careful", mode="preview")

    def desk(self, name, station):
        page = self.log_in(name, "/desk")
        self.sit_down(page, station)
        return page

    def ready(self, page):
        button = page.get_by_role("button", name=re.compile("^ready", re.I))
        if button.count() and button.first.is_enabled():
            button.first.click()

    def in_call(self, page):
        """A call is connected, with its card: whom it is with."""
        expect(page.get_by_text(re.compile("in call|connected", re.I)).first).to_be_visible()
        card = page.get_by_text(re.compile(r"Person \d+")).first
        expect(card).to_be_visible()
        return re.search(r"Person \d+", card.inner_text()).group(0)

    def dispose(self, page, label):
        """Hangs up and says what came of it; the next call comes by itself."""
        page.get_by_role("button", name=re.compile("hang up", re.I)).first.click()
        page.get_by_role("button", name=re.compile(label, re.I)).first.click()

    def settled(self):
        return [attempt for attempt in self.server.attempts() if attempt.get("phase") == "settled"]

    def test_1_ten_calls(self):
        anna, ben = self.desk("anna", "desk-1"), self.desk("ben", "desk-2")
        self.ready(anna)
        self.ready(ben)
        self.server.run("campaign", "start", "spring")

        met = []
        for number in range(4):
            for page in (anna, ben):
                met.append(self.in_call(page))
                if page is anna and number == 1:
                    # Loaded again in the middle: the same call is there.
                    page.reload()
                    self.assertEqual(self.in_call(page), met[-1])
                if page is ben and number == 2:
                    # The network is gone for a moment: the call goes on, and the page finds it again.
                    page.context.set_offline(True)
                    page.context.set_offline(False)
                    self.assertEqual(self.in_call(page), met[-1])
                # By the key of the button as well as by the button.
                if number == 3:
                    page.get_by_role("button", name=re.compile("hang up", re.I)).first.click()
                    expect(page.get_by_text(re.compile("wrap", re.I)).first).to_be_visible()
                    page.keyboard.press("1")
                else:
                    self.dispose(page, "Sale" if page is anna else "Not interested")
                done = len(met)
                wait_for(f"call {done}", lambda: len(self.settled()) >= done)

        # A callback by Anna, do-not-call by Ben: nine and ten.
        met.append(self.in_call(anna))
        anna.get_by_role("button", name=re.compile("hang up", re.I)).first.click()
        anna.get_by_role("button", name=re.compile("Call back", re.I)).first.click()
        when = anna.get_by_label(re.compile("date", re.I)).first
        if when.count():
            if when.get_attribute("type") == "datetime-local":
                when.fill("2030-01-08T10:30")
            else:
                when.fill("2030-01-08")
                anna.get_by_label(re.compile("time", re.I)).first.fill("10:30")
        anna.get_by_role("button", name=re.compile("save|schedule|set", re.I)).first.click()
        met.append(self.in_call(ben))
        ben.get_by_role("button", name=re.compile("hang up", re.I)).first.click()
        ben.get_by_role("button", name=re.compile("Do not call", re.I)).first.click()
        sure = ben.get_by_role("button", name=re.compile("yes|confirm|really|do not call", re.I)).last
        if sure.is_visible():
            sure.click()
        wait_for("ten calls", lambda: len(self.settled()) >= 10)
        self.assertEqual(len(set(met)), len(met), "nobody was called twice")
        wait_for("the do-not-call entry", lambda: "1" in self.server.run("dnc", "list"))

        codes = sorted(attempt["disposition"] for attempt in self.settled()[:10])
        self.assertEqual(codes.count("CB"), 1, codes)
        self.assertEqual(codes.count("DNC"), 1, codes)
        self.no_faults(anna, ben)

    def test_2_pause(self):
        anna = self.desk("anna", "desk-1")
        anna.get_by_role("button", name=re.compile("pause", re.I)).first.click()
        reason = anna.get_by_role("button", name="Lunch")
        if reason.count():
            reason.first.click()
        else:
            anna.get_by_label(re.compile("reason", re.I)).first.select_option("Lunch")
            anna.get_by_role("button", name=re.compile("pause", re.I)).first.click()
        wait_for("the pause", lambda: "Lunch" in self.server.run("stations", "list"))
        expect(anna.get_by_text("Lunch").first).to_be_visible()
        self.no_faults(anna)

    def test_3_preview(self):
        self.server.run("campaign", "pause", "spring")
        self.server.campaign("careful", mode="preview", contacts=2, ending="06", is_started=True)
        self.server.run("stations", "ready", "desk-2")
        ben = self.desk("ben", "desk-2")
        self.ready(ben)
        before = len(self.server.attempts())
        dial = ben.get_by_role("button", name=re.compile("^dial", re.I)).first
        expect(dial).to_be_visible()
        expect(ben.get_by_text(re.compile(r"Person \d+")).first).to_be_visible()
        self.assertEqual(len(self.server.attempts()), before, "the card comes first, the call after")
        dial.click()
        self.in_call(ben)
        self.assertEqual(len(self.server.attempts()), before + 1)
        self.dispose(ben, "Sale")
        self.no_faults(ben)
