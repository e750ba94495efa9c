"""The kinds of page that a served office has, found by following its links.

A new page is found as soon as something links to it, so nobody has to list it here. An address
that is neither found, nor reached by the steps below, nor named in `NO_PAGE` fails a test.
"""

import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from django.template.loader import render_to_string
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.browser import material

EACH_KIND = 2
"""Pages looked at of each kind: a second one often holds other parts."""
ONCE = ("register_list", "register_create", "register_detail")
"""Pages that every register has of its own, one of each looked at in one view."""
NO_PAGE = {
    "files": "fetch_export import_template meeting_minutes overlap_letter register_export "
    "report_file request_letter round_letter round_table source_file",
    "buttons": "choose_display decide decide_export end_duty logout overlap_answer overlap_ask "
    "overlap_decide overlap_undo register_move register_restore register_review "
    "report_texts revoke_token round_handle_opinion round_move round_pin round_present "
    "round_remove_limit round_reopen round_solve round_take_back round_withdraw "
    "set_active set_language source_year",
    "ways": "renew_post survey_need visit_need",
}
"""Addresses that give a file, take what a button sends, or lead on to a form filled in before."""
LEFT_OUT = re.compile(r"/api/|\.xlsx|\.docx|/file/$|/static/")
Visit = Callable[[Any], None]


def all_routes() -> set[str]:
    """The names of all addresses of the product, without those that programs read."""
    return set(_names(get_resolver().url_patterns))


def _names(patterns: list[URLPattern | URLResolver]) -> list[str]:
    names = []
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            names.append(str(pattern.name))
        elif pattern.namespace is None:
            names += _names(pattern.url_patterns)
    return names


def route_of(address: str) -> str:
    """The name of the route of an address."""
    return resolve(urlsplit(address).path).view_name


def kind_of(address: str) -> str:
    """The kind of page an address opens: its route, its register, whether it asks a question."""
    parts = urlsplit(address)
    opened = resolve(parts.path)
    figure = "?figure" if "figure" in parse_qs(parts.query) else ""
    own = opened.view_name in ONCE
    return f"{opened.view_name}{figure}{' ' + opened.kwargs['slug'] if own and not figure else ''}"


def parted(kinds: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    """The pages looked at in every view, and those that are one register's more of a kind."""
    everywhere: dict[str, list[str]] = {}
    once = []
    for address in (address for found in kinds.values() for address in found):
        of_route = everywhere.setdefault(kind_of(address).partition(" ")[0], [])
        (of_route if len(of_route) < EACH_KIND else once).append(address)
    return [address for found in everywhere.values() for address in found], once


def linked_pages(page: Any, seeds: list[str]) -> dict[str, list[str]]:
    """Addresses of up to `EACH_KIND` pages of every kind that links lead to, seeds first."""
    kinds: dict[str, list[str]] = {}
    waiting = list(seeds)
    for address in waiting:
        kind = kind_of(address)
        known = kinds.setdefault(kind, [])
        if len(known) == (1 if " " in kind else EACH_KIND) or address in known:
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


def prepare(page: Any) -> list[str]:
    """Hand in a report, import a sheet, change rows in bulk, ask for an export.

    Returns: the addresses of the pages that came of it, and of pages that only forms lead to.
    """
    page.goto("/intake/")
    file = {"name": "小结.docx", "mimeType": "", "buffer": material.report()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="交上来").click()
    page.wait_for_url("**/intake/sources/*/")
    made = [urlsplit(page.url).path]
    for _ in range(2):
        page.goto("/registers/contributions/import/")
        file = {"name": "水利局.xlsx", "mimeType": "", "buffer": material.sheet()}
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="上传检查").click()
        page.wait_for_url("**/import/*/")
        made.append(urlsplit(page.url).path)
    page.locator("main button[value=save]").click()
    for _ in range(2):
        page.goto("/registers/needs/bulk/?row=1&row=2&field=urgency")
        page.locator("main select").last.select_option(index=1)
        page.locator("[name=reason]").fill("按会议意见")
        page.get_by_role("button", name="看看会改成什么样").click()
        page.wait_for_url("**/bulk/*/")
        made.append(urlsplit(page.url).path)
    page.locator("main button[value=save]").click()
    page.goto("/registers/members/ask/")
    page.get_by_label("用途").fill("给慰问户打款")
    page.get_by_role("button", name="提出申请").click()
    return [*made, "/search/?q=灌溉", "/registers/needs/bulk/?row=1", "/registers/members/ask/"]


def steps() -> dict[str, Visit]:
    """The operator's pages that no address opens, each by its steps."""
    return {
        "a page that is not there": lambda page: page.goto("/registers/contributions/999999/"),
        "a failure": told("500.html", 500),
        "an address not understood": told("400.html", 400),
        "a form sent too late": told("403_csrf.html", 403),
        "form with errors": sent("/registers/contributions/new/", "保存", id_amount="不少"),
        "form with advice": sent("/registers/needs/new/", "有没有重复"),
        "material refused": sent("/intake/", "交上来"),
        "import refused": sent("/registers/contributions/import/", "上传检查"),
        "rows after a wrong filter": lambda page: page.goto("/registers/needs/?q=没有这样的话"),
        "rows being chosen": lambda page: page.goto("/registers/needs/?choose=1"),
        "rows of a day": lambda page: page.goto("/registers/needs/?day=2024-06-30"),
        "a new token": sent("/tokens/", "建立令牌", id_name="市级汇总"),
        "a new password": _give_a_password,
        "questions with errors": _answer_nothing,
    }


VISITOR: dict[str, Visit] = {
    "home without log-in": lambda page: page.goto("/"),
    "login": lambda page: page.goto("/login/"),
    "a wrong password": lambda page: _log_in_wrongly(page, 1),
    "an account locked": lambda page: _log_in_wrongly(page, 6),
}
"""Pages of a reader without an account."""

DEPARTMENT: dict[str, Visit] = {
    "home of a department": lambda page: page.goto("/"),
    "what is not a department's": lambda page: page.goto("/accounts/"),
    "a department's progress": lambda page: page.goto("/progress/"),
    "a department's list": lambda page: page.goto("/registers/contributions/"),
    "a report that is not a department's": lambda page: page.goto("/report/"),
}
"""Pages that a department sees otherwise than the office."""


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


def told(template: str, status: int) -> Visit:
    """Steps that meet an error page which nothing in a sound office leads to."""

    def visit(page: Any) -> None:
        body = render_to_string(template)
        answer = {"status": status, "body": body, "content_type": "text/html; charset=utf-8"}
        page.route("**/broken/", lambda route: route.fulfill(**answer))
        page.goto("/broken/")
        page.unroute("**/broken/")

    return visit


def _log_in_wrongly(page: Any, times: int) -> None:
    for _ in range(times):
        page.goto("/login/")
        page.get_by_label("账号").fill("nobody")
        page.get_by_label("密码").fill("not-the-password")
        with page.expect_navigation():
            page.locator("main button").click()


def _give_a_password(page: Any) -> None:
    page.goto("/accounts/")
    page.get_by_role("link", name="lao", exact=True).click()
    with page.expect_navigation():
        page.get_by_role("button", name="换一个新密码").click()


def _answer_nothing(page: Any) -> None:
    page.goto("/intake/")
    page.get_by_role("link", name="小结").first.click()
    page.evaluate("document.querySelectorAll('main form').forEach(f => f.noValidate = true)")
    page.evaluate("document.querySelectorAll('#names details').forEach(d => d.open = true)")
    for choice in page.locator("#names input[value=known]").all():
        choice.check()
    with page.expect_navigation():
        page.get_by_role("button", name="记住这些名字").click()
