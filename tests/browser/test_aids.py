"""The reading aids, the keyboard, the time limit and the words of errors."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from unicodedata import normalize

import pdfplumber
import pytest

from tests.browser.demo import Served

pytestmark = pytest.mark.browser

WALK = """() => {
  const on = document.activeElement;
  const box = on.getBoundingClientRect();
  const down = Math.min(box.height / 2, 20);
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + down);
  const clear = on.contains(top) || (top && top.contains(on));
  return { name: on.tagName, skip: on.matches(".skip"), clear };
}"""


@pytest.fixture
def page(chromium: Any, served: Served) -> Iterator[Any]:
    """The operator's page, 1280 wide."""
    context = chromium.new_context(
        base_url=served.url, locale="zh-CN", viewport={"width": 1280, "height": 900}
    )
    opened = context.new_page()
    served.sign_in(opened)
    yield opened
    context.close()


@pytest.fixture
def plain_page(chromium: Any, served: Served) -> Iterator[Any]:
    """The operator's page in a browser that runs no scripts."""
    context = chromium.new_context(base_url=served.url, locale="zh-CN", java_script_enabled=False)
    opened = context.new_page()
    served.sign_in(opened)
    yield opened
    context.close()


def served_html(page: Any) -> str:
    """The head of the page as the server sends it, with this browser's cookies."""
    return str(page.request.get("/registers/").text())[:300]


def test_every_choice_of_the_aids_is_kept_and_rendered_by_the_server(
    plain_page: Any,
) -> None:  # A14
    plain_page.goto("/registers/")
    for button, attribute in (
        ("关怀版", 'data-care="1"'),
        ("高对比", 'data-contrast="1"'),
        ("字号＋", 'data-size="1"'),
    ):
        plain_page.get_by_role("button", name=button).click()
        assert plain_page.url.endswith("/registers/")
        assert attribute in served_html(plain_page)
    plain_page.get_by_role("button", name="字号－").click()
    plain_page.get_by_role("button", name="关怀版").click()
    html = served_html(plain_page)
    assert 'data-care="0"' in html
    assert 'data-size="0"' in html


def test_letters_grow_in_four_steps_to_thirty_pixels(page: Any) -> None:  # A2, A14
    page.goto("/")
    sizes = []
    for _ in range(4):
        sizes.append(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))
        page.get_by_role("button", name="字号＋").click()
        page.wait_for_load_state()
    assert sizes == sorted(set(sizes))
    assert sizes[0] >= 18
    assert sizes[-1] >= 30


def test_print_and_read_aloud_do_what_they_say(page: Any) -> None:  # A14
    page.add_init_script(
        """window.print = () => { window.printed = true; };
        const said = [];
        window.said = said;
        Object.defineProperty(window, "speechSynthesis", { value: {
          speaking: false, getVoices: () => [{}], cancel() { this.speaking = false; },
          speak(words) { this.speaking = true; said.push(words.text); },
        } });"""
    )
    page.goto("/registers/")
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("window.printed")
    aloud = page.get_by_role("button", name="朗读")
    aloud.click()
    assert "帮扶资金" in page.evaluate("window.said[0]")
    assert aloud.get_attribute("aria-pressed") == "true"
    aloud.click()
    assert aloud.get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("care", ["0", "1"])
def test_a_list_prints_as_a_table_on_a_few_landscape_pages(
    page: Any, served: Served, care: str
) -> None:
    page.context.add_cookies([{"name": "care", "value": care, "url": served.url}])
    page.goto("/registers/contributions/?year=2024")
    with pdfplumber.open(BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        assert len(printed.pages) <= 2
        first, last = printed.pages[0], printed.pages[-1]
        assert first.width > first.height
        # Chromium writes 人 as the radical ⼈, which looks the same.
        top, bottom = (normalize("NFKC", at.extract_text()) for at in (first, last))
        assert "出资单位" in bottom
        assert "审核人" in bottom
        assert "关怀版" not in top


def test_read_aloud_hides_where_there_is_no_voice(page: Any) -> None:  # A14
    page.add_init_script(
        'Object.defineProperty(window, "speechSynthesis", { value: { getVoices: () => [] } });'
    )
    page.goto("/registers/")
    assert page.get_by_role("button", name="朗读").count() == 0


@pytest.mark.parametrize(
    "address", ["/", "/registers/contributions/", "/registers/contributions/new/", "/intake/"]
)
def test_tab_walks_through_the_page_and_nothing_covers_the_focus(
    page: Any, address: str
) -> None:  # A8
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate(WALK)["skip"], "the first stop is the skip link"
    steps = 0
    while (stop := page.evaluate(WALK))["name"] != "BODY":
        assert stop["clear"], page.evaluate("document.activeElement.outerHTML")
        steps += 1
        assert steps < 200
        page.keyboard.press("Tab")
    assert steps > 15


def test_the_skip_link_leads_to_the_main_part(page: Any) -> None:  # A8
    page.goto("/registers/contributions/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_an_error_is_told_in_a_summary_and_beside_its_field(page: Any) -> None:  # A12
    page.goto("/registers/contributions/new/")
    page.get_by_label("金额", exact=False).first.fill("不少")
    page.get_by_role("button", name="保存").click()
    summary = page.get_by_role("alert")
    link = summary.get_by_role("link").first
    field = page.locator(link.get_attribute("href"))
    assert field.get_attribute("aria-invalid") == "true"
    described = field.get_attribute("aria-describedby").split()
    told = " ".join(page.locator(f"#{key}").inner_text() for key in described)
    assert "请写成" in told
    link.click()
    assert field.evaluate("field => field === document.activeElement")


def test_a_person_is_warned_before_the_log_in_ends_and_may_stay(page: Any) -> None:  # A13
    page.clock.install()
    page.goto("/registers/contributions/new/")
    page.clock.fast_forward("24:00")
    assert page.locator("[data-idle]").is_hidden()
    page.clock.fast_forward("01:30")
    warning = page.locator("[data-idle]")
    warning.wait_for()
    with page.expect_response("**/registers/contributions/new/"):
        warning.get_by_role("button", name="继续使用").click()
    warning.wait_for(state="hidden")
