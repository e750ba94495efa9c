"""A register is kept to the end in a browser that runs no scripts: added to, changed, taken back,
moved on, found again, imported into; and two people who change the same row at once are told."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser import material
from tests.browser.demo import Served, press

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Any, served: Served) -> Iterator[Any]:
    """The operator's page without scripts, 320 wide."""
    size = {"width": 320, "height": 640}
    with served.operator_page(chromium, java_script_enabled=False, viewport=size) as opened:
        yield opened


def add_need(page: Any, name: str) -> str:
    """Add a need through its form. Returns: the address of its page."""
    page.goto("/registers/needs/new/")
    page.get_by_label("需求名称").fill(name)
    page.get_by_label("类别").select_option(label="水利")
    page.get_by_label("村", exact=True).fill("高市村")
    page.get_by_label("未走四议的原因").fill("示例")
    press(page, "保存")
    page.get_by_text("已保存").wait_for()
    return urlsplit(page.url).path


def change_name(page: Any, need: str, name: str, note: str) -> None:
    page.goto(f"{need}edit/")
    page.get_by_label("需求名称").fill(name)
    page.get_by_label("修改说明").fill(note)


def test_a_row_is_added_changed_with_a_note_and_changed_back(page: Any) -> None:
    need = add_need(page, "无脚本机井")
    change_name(page, need, "无脚本深井", "村里改了主意")
    press(page, "保存")
    assert "无脚本深井" in page.locator("h1").inner_text()
    assert "村里改了主意" in page.locator("main").inner_text()
    press(page, "撤销刚才的修改")
    assert "无脚本机井" in page.locator("h1").inner_text()


def test_a_row_moves_to_its_next_state(page: Any) -> None:
    page.goto(add_need(page, "无脚本渠道"))
    step = page.locator(".strip [aria-current]")
    before = step.inner_text() if step.count() else ""
    press(page, "转为")
    assert step.inner_text() != before


def test_a_filtered_list_is_an_address_that_can_be_sent(page: Any) -> None:
    need = add_need(page, "无脚本水塔")
    page.goto("/registers/needs/")
    page.get_by_label("查找").fill("无脚本水塔")
    press(page, "查找")
    page.get_by_text("按条件筛选").click()
    page.get_by_label("类别").select_option(label="水利")
    press(page, "筛选")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["q"] == ["无脚本水塔"]
    assert asked["category"] == ["water_works"]
    sent = page.url
    page.goto("/")
    page.goto(sent)
    links = page.locator("tbody td:first-child a").all()
    assert [link.get_attribute("href") for link in links] == [need]


def test_a_sheet_is_imported_and_taken_back_as_a_whole(page: Any) -> None:
    page.goto("/registers/contributions/?q=机井")
    before = page.locator(".summary strong").first.inner_text()
    page.goto("/registers/contributions/import/")
    file = {"name": "水利局.xlsx", "mimeType": "", "buffer": material.sheet()}
    page.locator("input[type=file]").set_input_files(file)
    press(page, "上传检查")
    press(page, "只保存没有错的行")
    page.get_by_role("button", name="撤销这次导入").wait_for()
    imported = page.url
    page.goto("/registers/contributions/?q=机井")
    assert page.locator(".summary strong").first.inner_text() == str(int(before) + 1)
    page.goto(imported)
    press(page, "撤销这次导入")
    page.goto("/registers/contributions/?q=机井")
    assert page.locator(".summary strong").first.inner_text() == before


def test_of_two_people_at_once_the_second_sees_what_the_first_saved(page: Any) -> None:
    need = add_need(page, "无脚本涵洞")
    other = page.context.new_page()
    change_name(page, need, "后存的名字", "后存")
    change_name(other, need, "先存的名字", "先存")
    press(other, "保存")
    press(page, "保存")
    page.get_by_role("heading", name="现在台账里的，和您填的").wait_for()
    told = page.locator("main").inner_text()
    assert "先存的名字" in told
    assert page.get_by_label("需求名称").input_value() == "后存的名字"
    press(page, "保存")
    assert "后存的名字" in page.locator("h1").inner_text()


def test_reading_printing_and_every_menu_entry_need_no_scripts(page: Any) -> None:
    page.goto("/")
    for entry in ("首页", "收材料", "查台账", "看进度", "出报告"):
        page.locator(".menu").get_by_role("link", name=entry).click()
        assert page.locator(".menu [aria-current]").inner_text() == entry
        assert page.locator("h1").first.is_visible()
        assert page.locator("[data-print]").is_hidden()
