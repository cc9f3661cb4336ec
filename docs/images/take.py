"""Makes brief.png, the picture of the README, from the project itself: the shipped record's brief in a real Chromium.

Run it with `python docs/images/take.py` in the project's environment; it needs Chromium.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

TARGET = Path(__file__).with_name("brief.png")
MOST_BYTES = 200_000


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOMEWARD_DATA_DIR"] = folder
        os.environ.pop("HOMEWARD_DATABASE_URL", None)
        page = Path(folder) / "brief.html"
        page.write_text(_html(), encoding="utf-8")
        _photograph(page, chromium)
    if TARGET.stat().st_size > MOST_BYTES:
        sys.exit(f"{TARGET.name} has {TARGET.stat().st_size:,} bytes; at most {MOST_BYTES:,} are wanted")


def _html() -> str:
    from homeward.cli import database

    database.prepare()
    from homeward.brief.account import tell
    from homeward.public import standalone
    from homeward.record.queries import ledger

    found = ledger()
    return standalone.render(tell(found, found.on))


def _photograph(page: Path, chromium: str) -> None:
    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-sync", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        window = browser.new_page(viewport={"width": 1100, "height": 820}, color_scheme="light")
        window.goto(page.as_uri())
        window.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    main()
