"""A manager reads reports: charts beside tables, definitions, filters, files, and paper."""

import re
from pathlib import Path

from playwright.sync_api import expect

from support import BrowserTestCase, wait_for

# What a canvas shows: how many of its points are not blank.
INK = """(canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let points = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) points += 1;
  return points;
}"""


class ReportsTest(BrowserTestCase):
    # Nobody has to sit at these stations; numbers that end otherwise than the far ends know fail at once.
    server_options = {"phones": 2, "assumed": ["desk-*"]}

    @classmethod
    def prepare(cls):
        cls.server.campaign("spring", contacts=6, ending="77", is_started=True)
        wait_for("calls to report", lambda: len([a for a in cls.server.attempts() if a["phase"] == "settled"]) >= 2, 60)

    def test_charts_are_drawn_beside_their_tables(self):
        page = self.log_in("manager", "/reports")
        page.get_by_role("link", name="Outcomes", exact=True).click()
        figure = page.locator("figure.chart[data-drawn]").first
        expect(figure).to_be_visible()
        self.assertGreater(figure.locator("canvas").evaluate(INK), 1000)
        expect(figure.get_by_role("img", name=re.compile("the table below has its numbers"))).to_be_visible()
        expect(page.get_by_role("row", name=re.compile("spring")).first).to_be_visible()
        # In the dark the same chart is drawn in other colours.
        light = figure.locator("canvas").evaluate("(canvas) => canvas.toDataURL()")
        page.emulate_media(color_scheme="dark")
        wait_for("a dark chart", lambda: figure.locator("canvas").evaluate("(canvas) => canvas.toDataURL()") != light)
        self.no_faults(page)

    def test_a_page_without_charts_has_its_tables(self):
        page = self.log_in("manager", "/reports")
        page.route("**/static/chart.js", lambda route: route.abort())
        page.goto("/reports/outcomes")
        expect(page.get_by_role("row", name=re.compile("spring")).first).to_be_visible()
        expect(page.get_by_role("button", name="Print")).to_be_visible()
        expect(page.locator("figure.chart").first).to_be_hidden()
        self.no_faults(page)

    def test_definitions_open_at_one_press(self):
        page = self.log_in("manager", "/reports/outcomes")
        head = page.locator("th").filter(has=page.locator("summary", has_text=re.compile("^Attempts$"))).first
        definition = head.locator("details p")
        expect(definition).to_be_hidden()
        head.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(definition).to_be_visible()
        expect(definition).to_contain_text(re.compile(r"\w+"))
        page.keyboard.press("Enter")
        expect(definition).to_be_hidden()
        # Every column has one, and so has every figure.
        for part in ("th[scope=col]", ".tile dt"):
            self.assertEqual(page.locator(part).count(), page.locator(f"{part} details").count(), part)

    def test_filters_stay_and_go_with_the_files(self):
        page = self.log_in("manager", "/reports/outcomes")
        page.get_by_label("By", exact=True).select_option("station")
        page.get_by_label("Campaign", exact=True).select_option("spring")
        page.get_by_label("Zone", exact=True).fill("America/New_York")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url(re.compile("by=station"))
        # What was left empty does not stand in the address.
        self.assertNotIn("agent=", page.url)
        expect(page.get_by_label("Campaign", exact=True)).to_have_value("spring")
        expect(page.get_by_label("By", exact=True)).to_have_value("station")
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV", exact=True).first.click()
        text = Path(download.value.path()).read_text()
        self.assertTrue(text.startswith("station,outcome,"), text[:200])
        self.assertIn("desk-", text)
        page.get_by_role("link", name="Yesterday").click()
        expect(page.get_by_role("link", name="Yesterday")).to_have_attribute("aria-current", "true")
        expect(page.get_by_label("Campaign", exact=True)).to_have_value("spring")
        # Nothing was called then: the page says so, and shows no empty table.
        expect(page.locator(".report-section .card").first).to_be_visible()
        expect(page.get_by_role("row", name=re.compile("desk-"))).to_have_count(0)
        page.get_by_label("Zone", exact=True).fill("Mars")
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_role("alert")).to_contain_text("Mars")
        expect(page.get_by_label("Zone")).to_have_attribute("aria-invalid", "true")
        self.no_faults(page)

    def test_hours_are_a_table_of_shades(self):
        page = self.log_in("manager", "/reports/hours?since=7d")
        field = page.locator("table.heat")
        expect(field.get_by_role("rowheader")).to_have_count(7)
        expect(field.locator("td[class^=shade]").first).to_have_text(re.compile(r"\d+ %"))
        expect(field.locator("td.none").first).to_have_text("none")
        self.assertNotEqual(
            field.locator("td[class^=shade]").first.evaluate("(e) => getComputedStyle(e).backgroundColor"),
            "rgba(0, 0, 0, 0)")
        self.no_faults(page)

    def test_paper(self):
        """What only a screen needs is not printed; what is printed is black on white, and whole."""
        page = self.log_in("manager", "/campaigns/1")
        page.get_by_role("link", name="Closing report").click()
        expect(page.locator("figure.chart[data-drawn]").first).to_be_visible()
        page.emulate_media(media="print", color_scheme="dark")
        for gone in (".bar", "form.report-form", "#print", ".report-head a"):
            expect(page.locator(gone).first).to_be_hidden()
        style = page.evaluate(
            "() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]; }")
        self.assertEqual(style, ["rgb(255, 255, 255)", "rgb(0, 0, 0)"])
        page.set_viewport_size({"width": 720, "height": 1000})
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.report-section table, .report-section canvas')]
                .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                .map((e) => e.closest('section').id)""")
        self.assertEqual(cut, [])
        self.assertEqual(
            page.locator("thead").first.evaluate("(e) => getComputedStyle(e).display"), "table-header-group")
        paper = page.pdf(format="A4", prefer_css_page_size=True)
        self.assertEqual(len(re.findall(rb"/Type\s*/Page\b", paper)), 1, "the closing report is one page")
        self.no_faults(page)
