"""Take pictures of the demo: those of the documents, or all kinds of page for judging by eye.

    python -m tools.pictures                    writes docs/pictures/*.png
    python -m tools.pictures OUT PATH [PATH …]  writes OUT/NAME-VIEW.png, and printed OUT/NAME.pdf

Makes a demo ledger of its own in a temporary folder, serves it on this machine, and removes both.
NAME is the path with its slashes turned to dashes.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from tests.browser.demo import Served, demo_office
from tests.browsing import ARGUMENTS
from tests.parts import CHROMIUM, find_program

DOCUMENTS = Path(__file__).resolve().parent.parent / "docs" / "pictures"
IN_DOCUMENTS = {
    "home": "/?year=2024",
    "list": "/registers/contributions/",
    "detail": "/registers/contributions/2/",
    "review": "/intake/sources/3/",
    "report": "/report/?year=2024",
    "overlap": "/registers/overlaps/1/",
    "plan": "/rounds/1/compare/",
}
VIEWS: dict[str, tuple[int, dict[str, str]]] = {
    "normal": (1280, {}),
    "care": (1280, {"care": "1"}),
    "contrast": (1280, {"contrast": "1"}),
    "phone": (390, {}),
}


def main() -> None:
    """Take the pictures asked for."""
    out, paths = (Path(sys.argv[1]), sys.argv[2:]) if sys.argv[1:] else (DOCUMENTS, [])
    out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="laoqu-pictures-") as folder,
        demo_office(Path(folder)) as served,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_program(CHROMIUM), args=ARGUMENTS)
        if paths:
            for view, (width, cookies) in VIEWS.items():
                page = signed_in(browser, served, width, cookies)
                for path in paths:
                    page.goto(path)
                    name = path.split("?")[0].strip("/").replace("/", "-") or "home"
                    page.screenshot(path=out / f"{name}-{view}.png", full_page=True)
                    if view == "normal":
                        page.pdf(path=out / f"{name}.pdf", prefer_css_page_size=True)
        else:
            page = signed_in(browser, served, 1280, {})
            hand_in_report(page)
            for name, path in IN_DOCUMENTS.items():
                page.goto(path)
                page.screenshot(path=out / f"{name}.png")
        browser.close()


def signed_in(browser: Any, served: Served, width: int, cookies: dict[str, str]) -> Any:
    """The operator's page with these display choices."""
    context = browser.new_context(
        base_url=served.url, viewport={"width": width, "height": 900}, locale="zh-CN"
    )
    context.add_cookies([{"name": n, "value": v, "url": served.url} for n, v in cookies.items()])
    page = context.new_page()
    served.sign_in(page)
    return page


def hand_in_report(page: Any) -> None:
    """Hand in a report, so that there is something to decide."""
    from tests.browser.material import report

    page.goto("/intake/")
    file = {"name": "市水利局小结.docx", "mimeType": "", "buffer": report()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="交上来").click()
    page.wait_for_url("**/intake/sources/*/")


if __name__ == "__main__":
    main()
