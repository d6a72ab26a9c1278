"""An administrator adds a phone while the engine runs, uses it by hand, and administers accounts."""

import re

from playwright.sync_api import expect

from support import BrowserTestCase


class PhonesTest(BrowserTestCase):
    server_options = {"phones": 2, "applied": 1}

    def test_adding_a_phone(self):
        page = self.log_in("admin", "/phones")
        expect(page.get_by_role("row", name=re.compile("desk-1")).first).to_be_visible()
        page.get_by_role("link", name="Add or change phones").click()
        page.get_by_label("Or its text").fill(self.server.phones([2]))
        page.get_by_role("button", name="Show what would change").click()
        expect(page.get_by_role("row", name=re.compile("desk-2.*added"))).to_be_visible()
        # Looked at alone: nothing is there yet.
        self.assertNotIn("desk-2", self.server.run("phones", "list"))
        page.get_by_role("button", name="Apply").click()
        expect(page.get_by_role("status").filter(has_text="added 1")).to_be_visible()
        # The engine drives it without a restart: its state comes by itself.
        station = page.locator('[data-station="desk-2"]')
        expect(station.get_by_text(re.compile("paused|ready"))).to_be_visible()
        page.get_by_role("button", name="Check all phones").click()
        expect(page.get_by_text("All 2 stations answered and can dial.")).to_be_visible()
        self.no_faults(page)

    def test_functions_by_hand(self):
        page = self.log_in("admin", "/phones/desk-1")
        page.get_by_label("Function").select_option(label="Lines")
        page.get_by_role("button", name="Carry out").click()
        expect(page.get_by_label("Answer")).to_contain_text('"response" : "success"')
        page.get_by_label(re.compile("Type the phone's name")).fill("desk-2")
        page.get_by_role("button", name="Reset to factory state").click()
        expect(page.get_by_role("alert")).to_contain_text("Nothing was done")
        self.no_faults(page)

    def test_users_tokens_and_audit_log(self):
        page = self.log_in("admin", "/administration/users")
        page.get_by_label("Name to log in with").fill("carla")
        page.get_by_role("button", name="Add user").click()
        expect(page.get_by_text(re.compile(r"/password/\S+"))).to_be_visible()
        page.get_by_role("link", name="API tokens").first.click()
        page.get_by_label("What it is for").fill("crm")
        page.get_by_label("calls:read").check()
        page.get_by_role("button", name="Make token").click()
        expect(page.get_by_role("heading", name="Token “crm”")).to_be_visible()
        page.get_by_role("link", name="Audit log").click()
        page.get_by_label("Act").select_option(label="token made")
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_role("row", name=re.compile("admin.*token made"))).to_be_visible()
        expect(page.get_by_role("row", name=re.compile("user added"))).to_have_count(0)
        self.no_faults(page)

    def test_backup(self):
        page = self.log_in("admin", "/administration/backup")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download").click()
        path = self.server.folder / "copy.db"
        download.value.save_as(path)
        self.assertEqual(path.read_bytes()[:15], b"SQLite format 3")
        self.no_faults(page)
