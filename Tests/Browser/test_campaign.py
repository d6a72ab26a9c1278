"""A manager imports a list, sees the mapping, and starts a campaign; the floor shows what comes of it, live."""

import re
from pathlib import Path

from playwright.sync_api import expect

from support import BrowserTestCase, people


class CampaignTest(BrowserTestCase):
    # Nobody has to sit at these stations.
    server_options = {"phones": 2, "assumed": ["desk-*"]}

    @classmethod
    def prepare(cls):
        cls.server.campaign("spring")

    def test_import_start_and_watch(self):
        floor = self.log_in("manager", "/floor")
        expect(floor.get_by_text("desk-1").first).to_be_visible()

        station = floor.get_by_role("row", name=re.compile("desk-1"))
        page = self.log_in("manager", "/lists")
        page.get_by_role("link", name="Import a list").click()
        page.get_by_label("Campaign").select_option(label="spring")
        rows = people(8, "03") + "No number,,City 9\r\n"
        page.get_by_label(re.compile("^Drop a CSV file here")).set_input_files(
            {"name": "leads.csv", "mimeType": "text/csv", "buffer": rows.encode()})

        # How it is understood, with sample rows, comes before anything is imported; it can be mended.
        expect(page.get_by_role("heading", name="2. How it is understood")).to_be_visible()
        expect(page.get_by_role("row", name=re.compile(r"Person 1\b"))).to_be_visible()
        expect(page.get_by_role("combobox", name="Phone")).to_have_value("phone")
        page.get_by_role("combobox", name="City").select_option(label="leave out")
        expect(page.get_by_role("row", name=re.compile("City 1"))).to_have_count(0)
        page.get_by_role("combobox", name="City").select_option(label="keep as a field")
        expect(page.get_by_role("row", name=re.compile("City 1"))).not_to_have_count(0)
        expect(page.get_by_role("table", name="Rows that would be quarantined")).to_be_visible()
        self.assertNotIn("leads", self.server.run("lists", "list"))
        page.get_by_role("button", name="Import", exact=True).click()
        expect(page.get_by_role("heading", name="3. Imported")).to_be_visible()
        result = page.locator("#result")
        expect(result).to_contain_text(re.compile(r"Imported\s*8"))
        expect(result).to_contain_text(re.compile(r"Quarantined\s*1"))
        with page.expect_download() as download:
            page.get_by_role("link", name="Download the quarantine as CSV").click()
        self.assertIn("No number", Path(download.value.path()).read_text())

        page.get_by_role("link", name="The campaign", exact=True).click()
        page.get_by_role("button", name="Start").click()
        expect(page.get_by_role("button", name="Pause")).to_be_visible()
        # No reload: the floor hears of it.
        expect(station).to_contain_text("dialling")
        expect(station).to_contain_text("+1")
        card = floor.get_by_role("article").filter(has_text="spring")
        expect(card.get_by_role("button", name="Pause spring")).to_be_visible()
        expect(floor.get_by_label("Events, the newest first")).to_contain_text("campaign started")
        # And the floor can stop it.
        card.get_by_role("button", name="Pause spring").click()
        expect(card.get_by_role("button", name="Start spring")).to_be_visible()
        self.assertIn("paused", self.server.run("campaign", "list"))
        card.get_by_text("Why is nothing dialling?").click()
        expect(card).to_contain_text("contacts may be called now.")
        self.no_faults(page, floor)

    def test_a_station_is_paused_from_the_floor(self):
        floor = self.log_in("manager", "/floor")
        station = floor.get_by_role("row", name=re.compile("desk-2"))
        floor.get_by_role("button", name="Pause: desk-2").click()
        floor.get_by_label("Why, as others will read it").fill("Fire drill")
        floor.get_by_role("button", name="Pause", exact=True).click()
        expect(station).to_contain_text("Fire drill")
        floor.get_by_role("button", name="Ready: desk-2").click()
        expect(station).not_to_contain_text("Fire drill")
        self.no_faults(floor)

    def test_campaign_made_by_a_form_and_mended(self):
        page = self.log_in("admin", "/campaigns/new")
        page.get_by_label("Name", exact=True).fill("autumn")
        page.get_by_label("Region in which national numbers are read").fill("US")
        page.get_by_role("button", name="Create").click()
        expect(page.get_by_role("heading", name="autumn", level=1)).to_be_visible()
        # A mistake is told while it is typed, and is not applied.
        text = page.get_by_label("campaign.yaml", exact=True)
        good = text.input_value()
        text.fill(good.replace("region: US", "region: Mars"))
        expect(page.locator("#findings .mistake").first).to_be_visible()
        text.fill(good + "\npause_reasons: [Fire drill]\n")
        expect(page.locator("#findings .mistake")).to_have_count(0)
        page.get_by_role("button", name="Apply").click()
        expect(page.get_by_text("Applied.")).to_be_visible()
        page.reload()
        self.assertIn("Fire drill", text.input_value())
        expect(page.get_by_role("region", name="What changed, and by whom").get_by_text("admin")).to_have_count(2)
        self.no_faults(page)

    def test_contact(self):
        self.server.write("known.csv", people(1, "03", first=40))
        self.server.run("import", "known.csv", "--campaign", "spring")
        page = self.log_in("manager", "/contacts")
        page.get_by_label(re.compile("^A number, a part of a name")).fill("Person 40")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("link", name="Person 40").click()
        expect(page.get_by_text("It was never called.")).to_be_visible()
        page.get_by_label("Name", exact=True).fill("Persephone")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", name="Persephone", level=1)).to_be_visible()
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Do not call").click()
        expect(page.get_by_text("not now")).to_be_visible()
        self.assertIn("+1", self.server.run("dnc", "list"))
        self.no_faults(page)

    def test_do_not_call(self):
        page = self.log_in("manager", "/suppressions")
        page.get_by_label("A number, or a prefix with a star").fill("+12125550999")
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_role("row", name=re.compile(r"\+12125550999"))).to_be_visible()
        self.assertIn("+12125550999", self.server.run("dnc", "list"))
        self.no_faults(page)
