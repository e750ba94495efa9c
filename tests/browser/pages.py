"""The kinds of page that a served office has, found by following its links.

A new page is found as soon as something links to it, so nobody has to list it here.
"""

import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.browser import material

EACH_KIND = 2
"""Pages looked at of each kind: a second one often holds other parts."""
SEEDS = [
    "/",
    "/registers/contributions/1/",
    "/registers/sources/1/",
    "/registers/needs/1/",
    "/rounds/1/",
]
LEFT_OUT = re.compile(r"/api/|\.xlsx|/file/|/static/|/media/")
Visit = Callable[[Any], None]


def kind_of(address: str) -> str:
    """The kind of page an address opens: the name of its route, and whether it asks a question."""
    parts = urlsplit(address)
    figure = "figure" in parse_qs(parts.query)
    return f"{resolve(parts.path).view_name}{'?figure' if figure else ''}"


def linked_pages(page: Any) -> dict[str, list[str]]:
    """Addresses of up to `EACH_KIND` pages of every kind that links lead to."""
    kinds: dict[str, list[str]] = {}
    waiting = list(SEEDS)
    for address in waiting:
        known = kinds.setdefault(kind_of(address), [])
        if len(known) == EACH_KIND or address in known:
            continue
        answer = page.request.get(address)
        assert answer.ok, f"{address}: {answer.status}"
        if "text/html" not in answer.headers["content-type"]:
            continue
        known.append(address)
        for link in re.findall(r'<a [^>]*href="([^"#]+)', answer.text()):
            target = urljoin(address, html.unescape(link))
            if target.startswith("/") and not LEFT_OUT.search(target) and _known(target):
                waiting.append(target)
    return {kind: found for kind, found in kinds.items() if found}


def _known(address: str) -> bool:
    try:
        resolve(urlsplit(address).path)
    except Resolver404:
        return False
    return True


def prepare(page: Any) -> dict[str, Visit]:
    """Hand in a report and a sheet. Returns: the pages that no link leads to, each by its steps."""
    page.goto("/intake/")
    file = {"name": "小结.docx", "mimeType": "", "buffer": material.report()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="交上来").click()
    page.wait_for_url("**/intake/sources/*/")
    review = urlsplit(page.url).path
    page.goto("/registers/contributions/import/")
    file = {"name": "水利局.xlsx", "mimeType": "", "buffer": material.sheet()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="上传检查").click()
    page.wait_for_url("**/import/*/")
    preview = urlsplit(page.url).path
    return {
        "review with questions": lambda page: page.goto(review),
        "import preview": lambda page: page.goto(preview),
        "a page that is not there": lambda page: page.goto("/registers/contributions/999999/"),
        "form with errors": sent("/registers/contributions/new/", "保存", id_amount="不少"),
        "material refused": sent("/intake/", "交上来"),
        "import refused": sent("/registers/contributions/import/", "上传检查"),
        "questions with errors": lambda page: _answer_nothing(page, review),
        "rows after a wrong filter": lambda page: page.goto("/registers/needs/?q=没有这样的话"),
    }


def sent(address: str, button: str, **typed: str) -> Visit:
    """Steps that send a form with no more in it than `typed`, by the key of the field."""

    def visit(page: Any) -> None:
        page.goto(address)
        for key, words in typed.items():
            page.locator(f"#{key}").fill(words)
        page.evaluate("document.querySelectorAll('main form').forEach(f => f.noValidate = true)")
        with page.expect_navigation():
            page.locator("main form button", has_text=button).click()

    return visit


def _answer_nothing(page: Any, review: str) -> None:
    page.goto(review)
    page.evaluate("document.querySelectorAll('main form').forEach(f => f.noValidate = true)")
    page.evaluate("document.querySelectorAll('#names details').forEach(d => d.open = true)")
    for choice in page.locator("#names input[value=known]").all():
        choice.check()
    with page.expect_navigation():
        page.get_by_role("button", name="记住这些名字").click()
