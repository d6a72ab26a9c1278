"""A manager brings in a list whose people partly ask not to be called."""

import re

from playwright.sync_api import expect

from support import BrowserTestCase

LIST = """Name,Phone,Do Not Call,Unsubscribed from all,Status
Ada One,212-555-0301,1,0,NEW
Bob Two,212-555-0302,0,1,NEW
Cid Three,212-555-0303,0,0,DNC
Dee Four,212-555-0304,maybe,0,NEW
"""


class ListsTest(BrowserTestCase):
    server_options = {"phones": 1}

    @classmethod
    def prepare(cls):
        cls.server.campaign("spring")

    def send(self, page):
        page.get_by_role("link", name="Import a list").click()
        page.get_by_label("Campaign").select_option(label="spring")
        page.get_by_label(re.compile("^Drop a CSV file here")).set_input_files(
            {"name": "crm.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
        expect(page.get_by_role("heading", name="2. How it is understood")).to_be_visible()

    def test_wishes(self):
        page = self.log_in("manager", "/lists")
        self.send(page)
        flag = page.get_by_role("combobox", name="Do Not Call", exact=True)
        expect(flag).to_have_value("do_not_call")
        load = page.get_by_role("button", name="Import", exact=True)
        # Columns that may say it are offered, with what they usually are about.
        offers = page.locator("#opt-outs")
        expect(offers).to_contain_text("“Unsubscribed from all”: 1 of the rows")
        expect(offers).to_contain_text("usually about e-mail")
        offers.get_by_role("button", name="Do not call them: Status").click()
        expect(page.get_by_role("combobox", name="Status")).to_have_value("do_not_call")
        expect(offers).not_to_contain_text("Status")
        # Taking the flag for something else needs a tick.
        flag.select_option(label="keep as a field")
        tick = page.get_by_role("checkbox", name=re.compile("^Call them all the same"))
        expect(tick).to_be_visible()
        expect(load).to_be_disabled()
        tick.check()
        expect(load).to_be_enabled()
        flag.select_option(label="do not call")
        expect(tick).to_have_count(0)
        load.click()
        result = page.locator("#result")
        expect(result).to_contain_text(re.compile(r"Ask not to be called\s*3"))
        expect(result).to_contain_text("neither yes nor no")
        page.get_by_role("link", name="The import", exact=True).click()
        expect(page.get_by_text("New do-not-call entries")).to_be_visible()
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("checkbox", name=re.compile("do-not-call entries off")).check()
        page.get_by_role("button", name="Undo this import").click()
        expect(page.get_by_text("Do-not-call entries that were taken back: 3.")).to_be_visible()
        self.assertIn("empty", self.server.run("dnc", "list"))
