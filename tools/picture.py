"""Take the README's picture of the explorer, docs/explorer.png, from the sample data: python tools/picture.py"""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

import pynomaly as pyn

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Save the explorer as a page, open it without a network, and photograph it."""
    pyn.options.progress = False
    with TemporaryDirectory() as folder, sync_playwright() as play:
        page = pyn.detect(ROOT / "pynomaly" / "data" / "expenses.csv", contamination=0.01).save(Path(folder) / "explorer.html")
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1200, "height": 1180}, color_scheme="light", offline=True)
        tab = context.new_page()
        tab.goto(page.as_uri())
        tab.get_by_role("slider").first.wait_for(state="attached")
        tab.wait_for_timeout(500)  # for the drawing that follows the first one
        tab.screenshot(path=ROOT / "docs" / "explorer.png")
        browser.close()


if __name__ == "__main__":
    main()
