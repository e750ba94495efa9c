"""A real browser on the live server. A request to any other host fails the test."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.parts import CHROMIUM, find_program

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The Chromium of this machine, headless."""
    from playwright.sync_api import sync_playwright

    # From here on playwright keeps a loop running in this thread, which Django must not mind.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(
            executable_path=find_program(CHROMIUM), headless=True, args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def sign_in(page: Any, live_server: Any) -> Callable[[Any], None]:
    """Let a person be logged in on the page, as after the log-in form."""

    def signed_in(person: Any) -> None:
        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )

    return signed_in


@pytest.fixture
def page(chromium: Any, live_server: Any) -> Iterator[Any]:
    """An empty page, 1280 wide, whose addresses are relative to the live server.

    At the end it asserts that no other host was called and no script failed.
    """
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 900}, locale="zh-CN"
    )
    context.set_default_timeout(10_000)
    outside: list[str] = []
    broken: list[str] = []

    def only_our_own(route: Any) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(live_server.url).netloc:
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    context.route("**/*", only_our_own)
    opened = context.new_page()
    opened.on("pageerror", lambda error: broken.append(str(error)))
    opened.on(
        "console",
        lambda message: "Content Security Policy" in message.text and broken.append(message.text),
    )
    yield opened
    context.close()
    assert outside == [], "a page called another host"
    assert broken == [], "a script of the page failed or was refused"
