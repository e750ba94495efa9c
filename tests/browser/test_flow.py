"""The way of the data in a browser: a document comes in, its rows are confirmed, a figure opens
the rows, a row opens the sentence. Once with JavaScript and once without."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import material
from tests.browser.demo import Served

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request: pytest.FixtureRequest, chromium: Any, served: Served) -> Iterator[Any]:
    """The operator's page."""
    with served.operator_page(chromium, java_script_enabled=request.param) as opened:
        yield opened


def hand_in(page: Any, name: str, data: bytes) -> None:
    page.goto("/intake/")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="交上来").click()
    page.wait_for_url("**/intake/**/*")
    while "/readings/" in page.url:
        page.goto(page.url)


def test_a_document_becomes_rows_and_a_figure_leads_back_to_its_sentence(
    page: Any, request: pytest.FixtureRequest
) -> None:
    kind = request.node.callspec.id
    place, amount = ("赵柏村", "61") if kind == "with JavaScript" else ("长处村", "62")
    sentence = f"2023年，市水利局投资{amount}万元，为{place}打机井一眼。"
    other = f"2023年，市林业局投资{amount}万元，为{place}栽植行道树。"
    hand_in(page, f"{amount}.docx", material.report(["2023年帮扶情况", sentence, other]))
    page.get_by_role("button", name="全部确认").click()
    page.get_by_text("已入账 2 条").wait_for()

    page.goto("/report/?year=2023")  # from here three clicks: the figure, the row, the passage
    page.locator('.report a[href*="figure=contributions.amount"]').first.click()
    page.get_by_role("heading", name="帮扶资金台账").wait_for()
    row = page.locator("tbody tr", has_text=place).filter(has_text="水利局")
    row.get_by_role("link").first.click()
    page.get_by_role("link", name="看原文").click()
    assert f"市水利局投资{amount}万元" in page.locator("mark#passage").inner_text()


def test_every_figure_of_the_home_page_leads_to_a_passage_in_three_clicks(page: Any) -> None:
    page.goto("/?year=2024")
    figures = [link.get_attribute("href") for link in page.locator(".figures a").all()]
    assert figures
    for address in figures:
        page.goto(address)  # the first click
        page.goto(page.get_by_role("link", name="2024-001").get_attribute("href"))  # the second
        page.get_by_role("link", name="看原文").first.click()  # the third
        page.locator("mark#passage").wait_for()
