"""Takes a picture of each page of the served demo at 1440 and 390 wide: screenshots.py FOLDER."""

import os
import pathlib
import re
import socket
import subprocess
import sys
import time

from playwright.sync_api import sync_playwright

from support import CHROMIUM, PROGRAM, SHARE
from test_accessibility import PAGES

FOLDER = pathlib.Path(sys.argv[1])
# The demo's clock stands at 10:00 when it starts; a while later there is something to see.
LOOK_AFTER = 45


def take(page, path, name):
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(path)
        page.wait_for_load_state("load")
        if path == "/floor":
            page.locator("#events li").first.wait_for()
        if path == "/desk":
            page.locator("#contact-name").wait_for()
        page.screenshot(path=FOLDER / f"{name}-{width}.png")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    demo = subprocess.Popen(
        [PROGRAM, "demo", "--serve", "--port", str(port)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "OFFHOOK_SHARE": SHARE})
    try:
        passwords = {}
        for line in demo.stdout:
            found = re.match(r"\s*(administrator|manager|agent)\s+(\S+)\s+(\S+)\s*$", line)
            if found:
                passwords[found.group(2)] = found.group(3)
            if len(passwords) == 4:
                break
        time.sleep(LOOK_AFTER)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for name, paths in PAGES.items():
                context = browser.new_context(
                    base_url=f"http://127.0.0.1:{port}", timezone_id="America/New_York", reduced_motion="reduce")
                page = context.new_page()
                if name == "admin":
                    take(page, "/login", "login")
                page.goto("/login")
                page.get_by_label("Name").fill(name)
                page.get_by_label("Password").fill(passwords[name])
                page.get_by_role("button", name="Log in").click()
                page.wait_for_url(lambda url: "/login" not in url)
                if name == "anna":
                    take(page, paths[1], "desk-stations")
                    page.goto(paths[1])
                    page.get_by_role("button", name="Sit down here").click()
                    page.get_by_role("button", name="Ready").click()
                    # Calls of the demo are answered now and then only.
                    page.locator("#headline", has_text="In call").wait_for(timeout=300_000)
                    paths = ["/desk"]
                for path in paths:
                    shown = path.split("?")[0].strip("/").replace("/", "-") or "home"
                    take(page, path, f"{name}-{shown}" if shown == "home" else shown)
                context.close()
            browser.close()
    finally:
        demo.terminate()
        demo.wait(60)


main()
