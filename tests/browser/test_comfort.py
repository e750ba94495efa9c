"""Every kind of page in four views: comfortable for a 70-year-old, on a phone, by keyboard."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from laoqu.register.registry import Register
from tests.browser import pages
from tests.browser.demo import Served
from tests.browser.pages import Visit

pytestmark = pytest.mark.browser

OPERATOR, VISITOR = "", "visitor"
FIRST = ["/", "/registers/contributions/1/", "/registers/sources/1/", "/rounds/1/"]
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
    """The pages of an office by the person who sees them, and what was found in each view."""

    browser: Any
    served: Served
    pages: dict[str, dict[str, Visit]]
    once: dict[str, dict[str, Visit]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    strays: list[str] = field(default_factory=list)
    views: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

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
        for person, visits in self.pages.items():
            page = self.open(width, cookies)
            if person != VISITOR:
                self.served.sign_in(page, person)
            more = self.once.get(view, {}) if person == OPERATOR else {}
            for name, visit in {**visits, **more}.items():
                visit(page)
                self._note(found, page, name, view)
            page.context.close()
        return found

    def _note(self, found: dict[str, list[str]], page: Any, name: str, view: str) -> None:
        if name.startswith("/"):
            self.titles[page.url] = page.title()
        self.seen.add(urlsplit(page.url).path)
        for check, lines in page.evaluate(OWN_CHECKS, view == "care").items():
            found.setdefault(check, []).extend(f"{name}: {line}" for line in lines)
        for one in Axe().run(page, options=AXE).response["violations"]:
            where = "; ".join(node["html"][:120] for node in one["nodes"][:3])
            found.setdefault("axe", []).append(f"{name}: {one['id']}: {where}")


def _going_to(addresses: list[str]) -> dict[str, Visit]:
    return {address: lambda page, address=address: page.goto(address) for address in addresses}


@pytest.fixture(scope="module")
def look(chromium: Any, served: Served) -> Look:
    """The office with its kinds of page found and prepared."""
    visitor, department = dict(pages.VISITOR), dict(pages.DEPARTMENT)
    made = Look(chromium, served, {VISITOR: visitor, "shui": department, OPERATOR: pages.steps()})
    page = made.open(1280, {})
    served.sign_in(page)
    seeds = [*FIRST, *pages.prepare(page), *served.addresses]
    everywhere, once = pages.parted(pages.linked_pages(page, seeds))
    made.pages[OPERATOR] |= _going_to(everywhere)
    made.once["phone"] = _going_to(once)
    page.context.close()
    return made


@pytest.fixture(scope="module")
def empty_look(chromium: Any, empty: Served) -> Look:
    """A new association, in which nothing is recorded yet."""
    made = Look(chromium, empty, {})
    page = made.open(1280, {})
    empty.sign_in(page)
    everywhere, _once = pages.parted(pages.linked_pages(page, ["/"]))
    made.pages[OPERATOR] = _going_to(everywhere)
    page.context.close()
    return made


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: f"{CHECKS[check]} {check}")
@pytest.mark.parametrize("view", VIEWS)
def test_every_kind_of_page_is_comfortable(look: Look, view: str, check: str) -> None:
    assert look.findings(view).get(check, []) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: f"{CHECKS[check]} {check}")
def test_every_page_of_a_new_association_is_comfortable(empty_look: Look, check: str) -> None:
    assert empty_look.findings("care").get(check, []) == []


def test_every_address_of_the_product_was_looked_at_or_is_no_page(look: Look) -> None:
    look.findings("phone")
    looked = {pages.route_of(path) for path in look.seen if path != "/broken/"}
    no_page = set(" ".join(pages.NO_PAGE.values()).split())
    assert looked & no_page == set()
    assert looked | no_page == pages.all_routes()


def test_every_register_was_looked_at(look: Look) -> None:
    look.findings("phone")
    for slug, register in Register.registers.items():
        for part in ("", "new/") if register.addable else ("",):
            assert f"/registers/{slug}/{part}" in look.seen
        assert any(re.match(rf"/registers/{slug}/\d+/$", path) for path in look.seen), slug


def test_no_page_calls_another_host_or_opens_anything(look: Look) -> None:  # A11
    for view in VIEWS:
        look.findings(view)
    assert look.strays == []


def test_every_address_has_a_title_of_its_own(look: Look) -> None:  # A17
    look.findings("desktop")
    titles = {url: title for url, title in look.titles.items() if "?" not in url}
    twice = {u: t for u, t in titles.items() if list(titles.values()).count(t) > 1}
    assert twice == {}
