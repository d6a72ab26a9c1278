"""What a manager and an administrator see of a server that hangs for a while, and of one that goes on."""

import re
import signal

from playwright.sync_api import expect

from support import BrowserTestCase


class HealthTest(BrowserTestCase):
    server_options = {"phones": 2}

    def test_a_server_that_hangs(self):
        floor = self.log_in("manager", "/floor")
        health = self.log_in("admin", "/administration/health")
        expect(health.get_by_text("Able to work")).to_be_visible()
        expect(health.get_by_text("Polls of phones")).to_be_visible()
        expect(floor.locator("#pace")).to_have_text("0")
        expect(floor.locator("#late")).to_be_hidden()
        # It does nothing at all, its connections stay open.
        self.server.server.send_signal(signal.SIGSTOP)
        try:
            expect(floor.get_by_role("alert").filter(has_text="The engine has not answered since")).to_be_visible()
        finally:
            self.server.server.send_signal(signal.SIGCONT)
        # It goes on, and says for a minute how late it was and what to do.
        expect(floor.get_by_role("alert").filter(has_text=re.compile(r"Offhook is slow: .* late"))).to_be_visible()
        health.reload()
        expect(health.get_by_role("alert").filter(has_text=re.compile(r"Offhook is slow: .* late"))).to_be_visible()
        self.assertTrue(self.server.is_well(), "late is not unable to work")
        self.no_faults(floor, health)
