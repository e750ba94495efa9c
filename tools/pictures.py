"""Take pictures of the demo: those of the documents, or all kinds of page for judging by eye.

    python -m tools.pictures                    writes docs/pictures/*.png
    python -m tools.pictures OUT PATH [PATH …]  writes OUT/NAME-VIEW.png, and printed OUT/NAME.pdf

Makes a demo ledger of its own in a temporary folder, serves it on this machine, and removes both.
NAME is the path with its slashes turned to dashes.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from tests.browser.demo import Served, made_office
from tests.browsing import ARGUMENTS
from tests.parts import CHROMIUM, find_program

DOCUMENTS = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PASSWORD = "Picture-of-the-demo-1"
PEOPLE = f"""
from django.contrib.auth import get_user_model
from laoqu.access.models import Appointment, Association, Role
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
here = Association.objects.get(area_code="140881")
city = Association.objects.create(name="运城市革命老区建设促进会", area_code="1408")
bureau = Organisation.objects.get(association=here, name="永济市水利局")
town = Place.objects.get(name="栲栳镇", area_code__startswith="140881")
village = Place.objects.get(name="高市村", parent=town)
for name, held in {{
    "department": {{"association": here, "organisation": bureau}},
    "township": {{"association": here, "place": town}},
    "village": {{"association": here, "place": village}},
    "upper": {{"association": city}},
}}.items():
    person = get_user_model().objects.create_user(name, password={PASSWORD!r})
    Appointment.objects.create(user=person, role=Role(name), **held)
print(bureau.pk, village.pk)
"""
"""Makes the people of the guides, each named like the role; says which bureau and village."""


@dataclass(frozen=True)
class Picture:
    """What a picture of the documents shows: whose page, and which part of it at the top."""

    path: str
    who: str = "operator"
    top: str = ""
    """Selector of what stands at the top edge; empty for the top of the page."""
    before: Callable[[Any], None] | None = None
    """What the person does on the page first."""


def open_filters(page: Any) -> None:
    """Unfold the conditions of a list."""
    page.locator("details.filters summary").click()


def type_need(page: Any) -> None:
    """Type a need like one that stands in the ledger, and ask whether there is such a one."""
    page.get_by_label("需求名称").fill("巷道排水沟")
    page.get_by_label("类别").select_option(label="人居环境")
    page.get_by_label("村", exact=True).fill("高市村")
    page.get_by_label("拟建内容与规模").fill("修建巷道排水沟")
    page.get_by_role("button", name="查一查").click()


def save_need(page: Any) -> None:
    """Save such a need, which then waits for its first step."""
    type_need(page)
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url("**/registers/needs/*/?saved=*")


MONEY = "h2:has-text('历年帮扶资金')"
ABOVE = 24
"""So many pixels stand above what is at the top edge."""
IN_DOCUMENTS = {
    "home": Picture("/?year=2024"),
    "collect": Picture("/intake/"),
    "names": Picture("/intake/sources/{report}/", top="#names"),
    "review": Picture("/intake/sources/{report}/", top=".follow"),
    "list": Picture("/registers/contributions/"),
    "detail": Picture("/registers/contributions/2/"),
    "overlap": Picture("/registers/overlaps/1/"),
    "decide": Picture("/registers/overlaps/1/", top="h2:has-text('您来定')"),
    "plan": Picture("/rounds/1/compare/"),
    "progress": Picture("/progress/"),
    "report": Picture("/report/?year=2024"),
    "backup": Picture("/?year=2024", top="ul.figures"),
    "accounts": Picture("/accounts/"),
    "department-list": Picture("/registers/contributions/", "department"),
    "department-file": Picture("/departments/{bureau}/file/", "department", MONEY),
    "need-form": Picture("/registers/needs/new/", "township"),
    "need-advice": Picture("/registers/needs/new/", "township", "#advice", type_need),
    "need": Picture("/registers/needs/new/", "township", "h1", save_need),
    "village-needs": Picture("/registers/needs/", "village"),
    "village-file": Picture("/villages/{village}/file/", "village", MONEY),
    "upper-list": Picture("/registers/contributions/", "upper", before=open_filters),
    "upper-figures": Picture("/figures/?year=2024", "upper"),
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
        made_office(Path(folder), "demo") as served,
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
            picture_documents(browser, served, out)
        browser.close()


def picture_documents(browser: Any, served: Served, out: Path) -> None:
    """Each picture of the documents, on the page of the person who reads the document."""
    bureau, village = served.office.must("manage", "shell", "-v", "0", "-c", PEOPLE).split()[-2:]
    pages = {"operator": signed_in(browser, served, 1280, {})}
    report = hand_in_report(pages["operator"])
    for name, picture in IN_DOCUMENTS.items():
        if picture.who not in pages:
            person = replace(served, user=picture.who, password=PASSWORD)
            pages[picture.who] = signed_in(browser, person, 1280, {})
        page = pages[picture.who]
        page.goto(picture.path.format(report=report, bureau=bureau, village=village))
        if picture.before:
            picture.before(page)
        if picture.top:
            box = page.locator(picture.top).first.bounding_box()
            page.evaluate("top => window.scrollBy(0, top)", box["y"] - ABOVE)
        page.screenshot(path=out / f"{name}.png")


def signed_in(browser: Any, served: Served, width: int, cookies: dict[str, str]) -> Any:
    """The operator's page with these display choices."""
    context = browser.new_context(
        base_url=served.url, viewport={"width": width, "height": 900}, locale="zh-CN"
    )
    context.add_cookies([{"name": n, "value": v, "url": served.url} for n, v in cookies.items()])
    page = context.new_page()
    served.sign_in(page)
    return page


def hand_in_report(page: Any) -> str:
    """Hand in a report, so that there is something to decide; gives its key."""
    from tests.browser.material import report

    page.goto("/intake/")
    file = {"name": "市水利局小结.docx", "mimeType": "", "buffer": report()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="交上来").click()
    page.wait_for_url("**/intake/sources/*/")
    return str(page.url).rstrip("/").rsplit("/", 1)[-1]


if __name__ == "__main__":
    main()
