"""Every kind of page in four views: comfortable for a 70-year-old, on a phone, by keyboard."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.demo import Served
from tests.browser.pages import Visit, linked_pages, prepare

pytestmark = pytest.mark.browser

VIEWS: dict[str, tuple[int, dict[str, str]]] = {
    "desktop": (1280, {}),
    "phone": (320, {}),
    "care": (390, {"care": "1"}),
    "contrast": (390, {"contrast": "1"}),
}
CHECKS = {
    "axe": "A1",
    "font size": "A2",
    "line height": "A3",
    "paragraph gap": "A4",
    "contrast in drawings": "A5",
    "target size": "A6",
    "sideways scroll": "A7",
    "visible focus": "A8",
    "visible label": "A9",
    "clickable": "A10",
    "quiet page": "A11",
    "more than colour": "A12",
    "one column": "A15",
    "drawings": "A16",
}
OWN_CHECKS = (Path(__file__).parent / "checks.js").read_text("utf-8")
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@dataclass
class Look:
    """The pages of the office, and what was found on them in each view."""

    browser: Any
    served: Served
    visits: dict[str, Visit] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    strays: list[str] = field(default_factory=list)
    views: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def open(self, width: int, cookies: dict[str, str], **options: Any) -> Any:
        """A page of the operator; requests to other hosts, dialogs and new windows are strays."""
        context = self.browser.new_context(
            base_url=self.served.url,
            viewport={"width": width, "height": 844},
            locale="zh-CN",
            **options,
        )
        context.set_default_timeout(30_000)
        context.add_cookies(
            [{"name": n, "value": v, "url": self.served.url} for n, v in cookies.items()]
        )
        page = context.new_page()
        context.on("request", self._only_ours)
        context.on("page", lambda opened: self.strays.append(f"new window: {opened.url}"))
        page.on("dialog", lambda dialog: (self.strays.append(dialog.message), dialog.dismiss()))
        return page

    def _only_ours(self, request: Any) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.served.url).netloc:
            self.strays.append(request.url)

    def findings(self, view: str) -> dict[str, list[str]]:
        """All findings of one view by check; looked for once."""
        if view not in self.views:
            self.views[view] = self._look(view)
        return self.views[view]

    def _look(self, view: str) -> dict[str, list[str]]:
        width, cookies = VIEWS[view]
        found: dict[str, list[str]] = {}
        public = self.open(width, cookies)
        public.goto("/")
        self._note(found, public, "home without log-in", view)
        public.goto("/login/")
        self._note(found, public, "login", view)
        public.context.close()
        page = self.open(width, cookies)
        self.served.sign_in(page)
        for name, visit in self.visits.items():
            visit(page)
            self._note(found, page, name, view)
        page.context.close()
        return found

    def _note(self, found: dict[str, list[str]], page: Any, name: str, view: str) -> None:
        self.titles.setdefault(name, page.title())
        for check, lines in page.evaluate(OWN_CHECKS, view == "care").items():
            found.setdefault(check, []).extend(f"{name}: {line}" for line in lines)
        for one in Axe().run(page, options=AXE).response["violations"]:
            where = "; ".join(node["html"][:120] for node in one["nodes"][:3])
            found.setdefault("axe", []).append(f"{name}: {one['id']}: {where}")


def _going_to(address: str) -> Visit:
    return lambda page: page.goto(address)


@pytest.fixture(scope="module")
def look(chromium: Any, served: Served) -> Look:
    """The office with its kinds of page found and prepared."""
    made = Look(chromium, served)
    page = made.open(1280, {})
    served.sign_in(page)
    steps = prepare(page)
    for found in linked_pages(page).values():
        made.visits.update({address: _going_to(address) for address in found})
    made.visits.update(steps)
    page.context.close()
    return made


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: f"{CHECKS[check]} {check}")
@pytest.mark.parametrize("view", VIEWS)
def test_every_kind_of_page_is_comfortable(look: Look, view: str, check: str) -> None:
    assert look.findings(view).get(check, []) == []


def test_no_page_calls_another_host_or_opens_anything(look: Look) -> None:  # A11
    for view in VIEWS:
        look.findings(view)
    assert look.strays == []


def test_every_address_has_a_title_of_its_own(look: Look) -> None:  # A17
    look.findings("desktop")
    pages = {n: t for n, t in look.titles.items() if n.startswith("/") and "?" not in n}
    twice = {n: t for n, t in pages.items() if list(pages.values()).count(t) > 1}
    assert twice == {}
