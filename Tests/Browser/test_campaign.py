"""A manager imports a list, sees the mapping, and starts a campaign; the floor shows what comes of it, live."""

import re

from playwright.sync_api import expect

from support import BrowserTestCase, people, wait_for


class CampaignTest(BrowserTestCase):
    # Nobody has to sit at these stations.
    server_options = {"phones": 2, "assumed": ["desk-*"]}

    @classmethod
    def prepare(cls):
        cls.server.campaign("spring")

    def test_import_start_and_watch(self):
        floor = self.log_in("manager", "/floor")
        expect(floor.get_by_text("desk-1").first).to_be_visible()

        page = self.log_in("manager", "/lists")
        rows = people(8, "03") + "No number,,City 9\r\n"
        page.locator('input[type="file"]').set_input_files(
            {"name": "leads.csv", "mimeType": "text/csv", "buffer": rows.encode()})
        campaign = page.get_by_label(re.compile("campaign", re.I)).first
        if campaign.count():
            campaign.select_option(label="spring")
        # The mapping with sample rows comes before anything is imported.
        expect(page.get_by_text("Person 1").first).to_be_visible()
        self.assertEqual(self.server.attempts(), [])
        page.get_by_role("button", name=re.compile("^import", re.I)).click()
        expect(page.get_by_text(re.compile(r"\b8\b.*imported|imported\D*8", re.I | re.S)).first).to_be_visible()
        expect(page.get_by_text(re.compile("quarantin", re.I)).first).to_be_visible()

        page.goto("/campaigns")
        page.get_by_role("link", name="spring").first.click()
        page.get_by_role("button", name=re.compile("^start", re.I)).first.click()
        wait_for("a call", self.server.attempts)
        # No reload: the floor hears of it.
        expect(floor.get_by_text(re.compile("dialing|in call", re.I)).first).to_be_visible()
        page.goto("/campaigns")
        page.get_by_role("link", name="spring").first.click()
        page.get_by_role("button", name=re.compile("^pause", re.I)).first.click()
        wait_for("the pause", lambda: "paused" in self.server.run("campaign", "list"))
        self.no_faults(page, floor)

    def test_do_not_call(self):
        page = self.log_in("manager", "/suppressions")
        page.get_by_label(re.compile("number", re.I)).first.fill("(212) 555-0999")
        page.get_by_role("button", name=re.compile("add", re.I)).first.click()
        wait_for("the entry", lambda: "2125550999" in self.server.run("dnc", "list"))
        self.no_faults(page)
