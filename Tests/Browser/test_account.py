"""A person's own account: the password, and the second factor from its set-up to the log-in with it."""

import base64
import hashlib
import hmac
import re
import struct
import time

from playwright.sync_api import expect

from support import PASSWORD, BrowserTestCase

NEW_PASSWORD = "quite another one"


def code(secret, step):
    """The code of RFC 6238 for a step of 30 s, made beside the server."""
    key = base64.b32decode(secret.replace(" ", ""))
    mac = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[offset:offset + 4])[0] & 0x7fffffff) % 1_000_000:06d}"


class AccountTest(BrowserTestCase):
    server_options = {"phones": 1}

    def window(self):
        context = self.browser.new_context(
            base_url=self.server.base, locale="en-GB", timezone_id="America/New_York",
            viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        page = context.new_page()
        self.pages.append(page)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        return page

    def type_password(self, page, name, password=PASSWORD):
        page.goto("/login")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Log in").click()

    def narrow(self, page):
        """Nothing is cut off on a telephone."""
        page.set_viewport_size({"width": 390, "height": 844})
        self.assertLessEqual(
            page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0, page.url)
        page.set_viewport_size({"width": 1440, "height": 900})

    def test_change_of_password(self):
        page = self.log_in("anna", "/account")
        self.narrow(page)
        page.get_by_label("Present password").fill("wrong")
        page.get_by_label("New password, at least 12 characters").fill(NEW_PASSWORD)
        page.get_by_label("The new password again").fill(NEW_PASSWORD)
        page.get_by_role("button", name="Change password").click()
        expect(page.get_by_role("alert")).to_contain_text("not right")
        page.get_by_label("Present password").fill(PASSWORD)
        page.get_by_label("New password, at least 12 characters").fill(NEW_PASSWORD)
        page.get_by_label("The new password again").fill(NEW_PASSWORD)
        page.get_by_role("button", name="Change password").click()
        expect(page.get_by_role("status")).to_contain_text("Your password is changed")
        other = self.window()
        self.type_password(other, "anna", NEW_PASSWORD)
        other.wait_for_url(lambda url: "/login" not in url)
        self.no_faults(page, other)

    def test_second_factor(self):
        page = self.log_in("admin", "/account")
        page.locator("#factor-password").fill(PASSWORD)
        page.get_by_role("button", name="Set up", exact=True).click()
        expect(page.get_by_role("heading", name="Set up a second factor", level=1)).to_be_visible()
        expect(page.get_by_role("img", name="QR code for the authenticator app")).to_be_visible()
        self.narrow(page)
        page.get_by_text("Or type the key").click()
        secret = page.locator("#secret").text_content()
        # Of a code before the present one the next log-in's is another, however fast or slow it comes.
        step = int(time.time()) // 30
        page.get_by_label("Type the code that the app shows").fill(code(secret, step))
        page.get_by_role("button", name="Confirm").click()
        codes = re.findall(r"[a-z2-7]{4}(?:-[a-z2-7]{4}){3}", page.locator("#codes").text_content())
        self.assertEqual(len(set(codes)), 10)
        self.narrow(page)
        page.get_by_role("link", name="I have kept them").click()
        expect(page.get_by_text("Recovery codes left: 10")).to_be_visible()
        self.narrow(page)

        other = self.window()
        self.type_password(other, "admin")
        expect(other.get_by_role("heading", name="Second factor", level=1)).to_be_visible()
        self.narrow(other)
        other.goto("/administration/users")
        expect(other.get_by_label("Password")).to_be_visible()
        other.goto("/login/code")
        other.get_by_label("Code of your authenticator app").fill("000000")
        other.get_by_role("button", name="Log in").click()
        expect(other.get_by_role("alert")).to_contain_text("not right")
        # The next step's is taken too; the one that set it up is used.
        now = max(int(time.time()) // 30, step + 1)
        other.get_by_label("Code of your authenticator app").fill(code(secret, now))
        other.get_by_role("button", name="Log in").click()
        other.wait_for_url(lambda url: "/login" not in url)

        third = self.window()
        self.type_password(third, "admin")
        third.get_by_label("Code of your authenticator app").fill(codes[0].upper())
        third.get_by_role("button", name="Log in").click()
        expect(third.get_by_role("status")).to_contain_text("9 are left")
        self.no_faults(page, other, third)
