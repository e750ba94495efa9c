"""A whole round in a browser: choose, solve, compare, pin, solve again, depart, decide, issue,
letters. Once with JavaScript and once without, each with needs of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.demo import Served, press

pytestmark = pytest.mark.browser

FUND = "衔接资金（示例）"
RUNS = {
    "with JavaScript": ("村西巷道硬化（示例）", 38, "机井更新（示例）"),
    "without JavaScript": ("两村连接路（示例）", 44, "粮食晾晒场（示例）"),
}
"""Two needs that the same fund may pay, but not both of them."""


@pytest.fixture(params=list(RUNS))
def page(request: pytest.FixtureRequest, chromium: Any, served: Served) -> Iterator[Any]:
    """The operator's page."""
    scripts = request.param == "with JavaScript"
    with served.operator_page(chromium, java_script_enabled=scripts) as opened:
        yield opened


def step(page: Any, name: str) -> None:
    page.locator(".steps").get_by_role("link", name=name).click()


def row_of(page: Any, need: str) -> Any:
    return page.locator("tbody tr", has=page.get_by_role("link", name=need, exact=True)).first


def solve_again(page: Any) -> None:
    press(page, "再算一次")
    while page.locator("[data-again]").count():
        page.goto(page.url)


def test_a_whole_round(page: Any, request: pytest.FixtureRequest) -> None:
    run = request.node.callspec.id
    road, road_wan, other = RUNS[run]
    page.goto("/registers/rounds/new/")
    page.get_by_label("方案名称").fill(f"统筹试算 {run}")
    page.get_by_label("年度").fill("2025")
    press(page, "保存")
    page.get_by_role("link", name="打开统筹页").click()

    step(page, "选需求")
    for need in (road, other):
        row_of(page, need).get_by_role("checkbox").check()
    press(page, "存好，下一步")
    group = page.get_by_role("group", name=FUND)
    group.get_by_label("用这笔资金").check()
    group.get_by_label("这次可用").fill(str(road_wan + 5))
    press(page, "存好，下一步")
    page.get_by_label("紧迫程度").fill("5")
    press(page, "存好，下一步")

    step(page, "测算比较")
    press(page, "测算")
    while page.locator("[data-again]").count():
        page.goto(page.url)
    assert page.locator(".compared tbody tr").count() == 6
    page.get_by_role("link", name="看这个方案").first.click()
    assert f"{road_wan}万元" in row_of(page, road).inner_text()

    row_of(page, road).get_by_role("button", name="这次不办").click()
    page.get_by_text("已定：这次不办").wait_for()
    solve_again(page)
    page.get_by_role("heading", name="比上一次算的，变了什么").wait_for()
    assert f"－{road_wan}万元" in row_of(page, road).inner_text()
    press(page, "就用这个方案")
    press(page, "转为“部门会商”")

    step(page, "会议审定")
    row_of(page, other).locator("a.button").click()
    page.get_by_label("理由").fill("明年另有安排")
    press(page, "这条不安排")
    row_of(page, road).locator("a.button").click()
    page.get_by_label(FUND).fill(str(road_wan))
    page.get_by_label("理由").fill("村里等了多年")
    press(page, "就这样定")
    page.get_by_text("会突破规矩").first.wait_for()
    page.get_by_label("会议同意突破规矩").check()
    press(page, "就这样定")
    assert "村里等了多年" in row_of(page, road).inner_text()

    held = page.url
    page.goto("/registers/meetings/new/")
    page.get_by_label("会议名称").fill(f"统筹会议 {run}")
    page.get_by_label("年度").fill("2025")
    page.get_by_label("日期").first.fill("2025年3月5日")
    press(page, "保存")
    page.goto(held)
    meeting = page.get_by_label("哪次会议审定的")
    meeting.select_option(label=meeting.locator("option", has_text=run).inner_text())
    press(page, "会议审定了这个方案")
    press(page, "下达")
    page.get_by_text("已下达").first.wait_for()
    assert row_of(page, road).count() or road in page.locator("tbody").first.inner_text()
    page.get_by_label("发文字号").first.fill("永老促函〔2025〕1号")
    with page.expect_download() as letter:
        page.get_by_role("button", name="下载函（Word）").first.click()
    assert letter.value.suggested_filename.endswith(".docx")
    step(page, "执行对比")
    assert f"{road_wan}万元" in page.locator("tbody").inner_text()
