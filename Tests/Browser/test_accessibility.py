"""Every page by axe, and by the keyboard alone."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from support import BrowserTestCase

PAGES = {
    "admin": [
        "/", "/phones", "/phones/apply", "/phones/desk-1", "/administration/users", "/administration/users/1",
        "/administration/tokens", "/administration/audit", "/administration/rules",
        "/administration/settings", "/administration/backup",
        "/administration/health", "/account", "/reports/audit", "/reports/phones",
    ],
    "manager": [
        "/", "/floor", "/campaigns", "/campaigns/new", "/campaigns/1", "/lists", "/lists/import", "/imports/1",
        "/contacts?q=Person", "/contacts/1", "/suppressions", "/reports",
        "/reports/outcomes?by=list&compare=true", "/reports/hours", "/reports/attempts", "/reports/penetration",
        "/reports/agents", "/campaigns/1/closing",
    ],
    # Nobody has chosen a station yet; then somebody has.
    "anna": ["/", "/desk/stations", "/desk"],
}


class AccessibilityTest(BrowserTestCase):
    server_options = {"phones": 2, "assumed": ["desk-2"]}

    @classmethod
    def prepare(cls):
        cls.server.campaign("spring", contacts=6, is_started=True)

    def findings(self, page):
        """What axe finds that keeps somebody from using the page."""
        response = Axe().run(page).response
        return [
            f"{page.url}: {found['id']} ({found['impact']}): {found['help']}: {found['nodes'][0]['html'][:200]}"
            for found in response["violations"] if found["impact"] in ("serious", "critical")
        ]

    def each_page(self):
        for name, paths in PAGES.items():
            page = self.log_in(name)
            for path in paths:
                if path == "/desk":
                    self.sit_down(page, "desk-1")
                answer = page.goto(path)
                self.assertEqual(answer.status, 200, path)
                yield page, path
            self.no_faults(page)

    def looked_at(self, page):
        """What axe finds on a page as it stands: on a screen in light, and on a telephone in dark."""
        found = []
        for scheme, width in (("light", 1440), ("dark", 390)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            found += self.findings(page)
        return found

    def test_axe_on_every_page(self):
        found = []
        for page, _ in self.each_page():
            found += self.looked_at(page)
        page = self.browser.new_page(base_url=self.server.base)
        page.goto("/login")
        found += self.looked_at(page)
        page.close()
        self.assertEqual(found, [])

    def test_axe_on_the_desk_at_work(self):
        page = self.log_in("anna", "/desk")
        self.sit_down(page, "desk-1")
        page.get_by_role("button", name="Call a number").wait_for()
        page.keyboard.press("?")
        expect(page.get_by_role("heading", name="Keyboard")).to_be_visible()
        found = self.looked_at(page)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Ready").click()
        expect(page.locator("#headline")).to_have_text("In call")
        page.keyboard.press("k")
        expect(page.get_by_role("heading", name="Keypad")).to_be_visible()
        found += self.looked_at(page)
        page.keyboard.press("Escape")
        page.keyboard.press("p")
        expect(page.get_by_role("heading", name="Why do you pause?")).to_be_visible()
        found += self.looked_at(page)
        page.get_by_role("button", name="Lunch").click()
        page.keyboard.press("h")
        expect(page.locator("#headline")).to_have_text("Wrap-up")
        page.keyboard.press("3")
        expect(page.get_by_role("button", name="Agree", exact=True)).to_be_visible()
        found += self.looked_at(page)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Do not call").click()
        found += self.looked_at(page)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Sale").click()
        expect(page.locator("#headline")).to_have_text("Paused: Lunch")
        self.no_faults(page)
        self.assertEqual(found, [])

    def test_nothing_is_wider_than_a_phone(self):
        wide = []
        for page, path in self.each_page():
            page.set_viewport_size({"width": 390, "height": 844})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                wide.append(f"{path} by {over} px")
        self.assertEqual(wide, [])

    def test_keyboard_reaches_everything(self):
        """Tab comes to each control, in their order, and shows where it is."""
        for page, path in self.each_page():
            wanted = page.evaluate(
                """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
                    .filter((e) => !e.disabled && e.type !== 'hidden' && e.tabIndex >= 0 && e.checkVisibility()
                        && !(e.type === 'radio' && !e.checked))
                    .map((e, i) => { e.dataset.order = i; return i; })""")
            page.evaluate("document.activeElement?.blur(); window.getSelection().removeAllRanges()")
            reached, unseen = set(), []
            # Date fields and regions that scroll take further presses.
            for _ in range(len(wanted) * 4 + 20):
                page.keyboard.press("Tab")
                here = page.evaluate(
                    """() => { const e = document.activeElement; const s = getComputedStyle(e);
                        return [e.dataset.order ?? null, s.outlineStyle !== 'none' || s.boxShadow !== 'none', e.outerHTML.slice(0, 120)]; }""")
                if here[0] is None:
                    continue
                if not here[1]:
                    unseen.append(here[2])
                reached.add(int(here[0]))
                if len(reached) == len(wanted):
                    break
            left = page.evaluate(
                "(ids) => ids.map((i) => document.querySelector(`[data-order='${i}']`)?.outerHTML.slice(0, 120))",
                sorted(set(wanted) - reached))
            self.assertEqual(left, [], f"not reached by Tab at {path}")
            self.assertEqual(unseen, [], f"focus not seen at {path}")

    def test_log_in_by_keyboard(self):
        page = self.browser.new_page(base_url=self.server.base)
        page.goto("/administration/users")
        expect(page.get_by_label("Name")).to_be_focused()
        page.keyboard.type("admin")
        page.keyboard.press("Tab")
        page.keyboard.type("four words in a row")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Users", level=1)).to_be_visible()
        self.assertTrue(re.search("/administration/users$", page.url))
        page.close()
