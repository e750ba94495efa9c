"""Typing a need that overlaps, seeing why, saving it all the same, and deciding on it."""

from collections.abc import Callable
from typing import Any

import pytest

from laoqu.areas.needs.models import Need
from laoqu.coordination.overlaps.models import Conclusion, OverlapPair
from laoqu.coordination.overlaps.tests.builders import DRAIN, project
from tests.cast import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill_in(page: Any) -> None:
    page.goto("/registers/needs/new/")
    page.get_by_label("需求名称").fill("高市村巷道排水")
    page.get_by_label("类别").select_option(label="水利")
    page.get_by_label("村", exact=True).fill("高市村")
    page.get_by_label("拟建内容与规模").fill(DRAIN)


def test_a_hint_comes_while_typing_and_the_question_is_decided_with_its_ground(
    world: World, page: Any, sign_in: Callable[[Any], None]
) -> None:
    planned = project(world)
    sign_in(world.mei)
    fill_in(page)
    hint = page.locator("[data-advice]")
    hint.get_by_text("有 1 条记录可能是同一件事").click()  # nobody asked for it
    hint.get_by_text(planned.name).wait_for()
    assert "800米" in hint.inner_text()
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("有 1 件可能是重复的").wait_for()

    page.get_by_role("link", name="疑重").first.click()
    page.get_by_role("heading", name="两条记录对照").wait_for()
    assert page.locator("tr.same", has_text="地点").count() == 1
    page.get_by_role("button", name="分期实施").click()  # without a ground
    page.get_by_text("请写明依据").first.wait_for()
    page.get_by_label("依据").fill("看过图纸，先东后西")
    page.get_by_role("button", name="分期实施").click()
    page.get_by_text("已研判，依据已记下").wait_for()
    pair = OverlapPair.objects.get()
    assert (pair.conclusion, pair.ground) == (Conclusion.PHASED, "看过图纸，先东后西")

    page.goto(f"/registers/needs/{Need.objects.get().pk}/edit/")
    page.get_by_role("button", name="查一查有没有重复").click()
    page.get_by_text("没有查到重复的记录").wait_for()  # decided, so not asked again


def test_the_same_works_without_scripts(
    world: World, chromium: Any, live_server: Any, sign_in: Callable[[Any], None], page: Any
) -> None:
    planned = project(world)
    sign_in(world.mei)
    context = chromium.new_context(
        base_url=live_server.url, locale="zh-CN", java_script_enabled=False
    )
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    fill_in(plain)
    plain.get_by_role("button", name="查一查有没有重复").click()
    plain.locator("[data-advice]").get_by_text(planned.name).wait_for()
    assert plain.get_by_label("需求名称").input_value() == "高市村巷道排水"
    assert not Need.objects.exists()
    plain.get_by_role("button", name="保存", exact=True).click()
    plain.get_by_text("有 1 件可能是重复的").wait_for()
    context.close()
