"""Take pictures of pages of a running server: normal, care mode, high contrast and phone width.

    python tools/pictures.py OUT http://127.0.0.1:8000 [--user NAME --password WORD] PATH [PATH …]

Each picture is OUT/NAME-VIEW.png, NAME being the path with its slashes turned to dashes.
"""

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

VIEWS = {
    "normal": (1280, {}),
    "care": (1280, {"care": "1"}),
    "contrast": (1280, {"contrast": "1"}),
    "phone": (390, {}),
}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    """Take the pictures asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("server")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--views", default=",".join(VIEWS))
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for view in asked.views.split(","):
            width, cookies = VIEWS[view]
            context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
            context.add_cookies(
                [{"name": n, "value": v, "url": asked.server} for n, v in cookies.items()]
            )
            page = context.new_page()
            if asked.user:
                page.goto(f"{asked.server}/login/")
                page.fill("#id_username", asked.user)
                page.fill("#id_password", asked.password)
                page.click("main button")
            for path in asked.paths:
                page.goto(f"{asked.server}{path}")
                name = path.split("?")[0].strip("/").replace("/", "-") or "home"
                page.screenshot(path=asked.out / f"{name}-{view}.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
