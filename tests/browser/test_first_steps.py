"""The first steps of a person in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import World

pytestmark = pytest.mark.browser


def test_the_home_page_opens_without_an_account(page: Any, world: World) -> None:
    answer = page.goto("/")
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.get_by_role("link", name="登录").is_visible()


def test_a_person_logs_in_with_the_keyboard_alone(page: Any, world: World) -> None:  # A8
    page.goto("/login/")
    page.get_by_label("账号").focus()
    page.keyboard.type("mei")
    page.keyboard.press("Tab")
    page.keyboard.type("a-long-test-password")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="退出（mei）").wait_for()


def test_a_page_that_fits_a_phone_never_scrolls_sideways(
    page: Any, world: World, sign_in: Callable[[Any], None]
) -> None:  # A7
    sign_in(world.mei)
    page.set_viewport_size({"width": 320, "height": 640})
    for address in ("/", "/registers/"):
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, address
