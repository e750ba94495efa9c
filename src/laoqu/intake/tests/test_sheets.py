"""Money sheets of departments, as they really come: checklist X, by number."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.contributions.models import Contribution
from laoqu.intake.sheets import SheetText, read_sheets
from laoqu.intake.tests.conftest import HandIn
from laoqu.register.models import Source
from laoqu_engines.reader.documents import DocumentError

HEAD = ["序号", "出资单位", "受益村", "建设内容", "投资额（万元）"]


def workbook(*rows: list[Any], merged: tuple[str, ...] = (), hidden: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for span in merged:
        sheet.merge_cells(span)
    if hidden:
        book.create_sheet("看得见")
        sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(*rows: list[Any], **how: Any) -> SheetText:
    return read_sheets(workbook(*rows, **how), "表.xlsx")


def test_the_header_is_found_by_its_names_wherever_it_stands() -> None:  # X1
    found = read(["2024年帮扶情况"], [], ["填报单位：水利局", "", "2024年12月"], HEAD,
                 [1, "市水利局", "高市村", "打井", 80])  # fmt: skip
    (line,) = found.lines
    assert (line.funder, line.places, line.works, line.fen) == (
        "市水利局", "高市村", "打井", 80_000_000,
    )  # fmt: skip
    assert found.title == "2024年帮扶情况"


def test_columns_may_stand_in_any_order() -> None:  # X1
    (line,) = read(["金额（万元）", "村", "单位"], [80, "高市村", "市水利局"]).lines
    assert (line.funder, line.places, line.fen) == ("市水利局", "高市村", 80_000_000)


def test_a_head_of_two_levels_is_flattened_and_the_total_column_counts() -> None:  # X1
    found = read(
        ["单位", "村", "项目名称", "资金（万元）", "", ""],
        ["", "", "", "总投资", "财政资金", "其他资金"],
        ["市水利局", "高市村", "打井", 100, 70, 30],
        merged=("A1:A2", "B1:B2", "C1:C2", "D1:F1"),
    )
    (line,) = found.lines
    assert line.fen == 100_000_000
    assert line.note == "其中：财政资金 70万元，其他资金 30万元。"


def test_merged_cells_say_the_same_in_each_row() -> None:  # X2
    found = read(
        ["出资单位", "镇", "村", "金额（万元）"],
        ["市水利局", "栲栳镇", "高市村", 80],
        ["", "", "韩村", 20],
        merged=("A2:A3", "B2:B3"),
    )
    assert [line.funder for line in found.lines] == ["市水利局", "市水利局"]
    assert [line.places for line in found.lines] == ["栲栳镇高市村", "栲栳镇韩村"]


@pytest.mark.parametrize("word", ["合计", "总计", "共计"])
def test_totals_are_skipped_and_right_totals_say_nothing(word: str) -> None:  # X3
    found = read(
        HEAD,
        [1, "市水利局", "高市村", "打井", 80],
        ["小计", "", "", "", 80],
        [2, "市财政局", "韩村", "修路", 20],
        [word, "", "", "", 100],
        ["填表人：", "", "", "", ""],
        ["说明：以上为全年数", "", "", "", ""],
    )
    assert len(found.lines) == 2
    assert found.remarks == []


def test_a_total_that_is_not_the_sum_is_told(hand_in: HandIn, office: Client) -> None:  # X3
    data = workbook(HEAD, [1, "市水利局", "高市村", "打井", 80], ["合计", "", "", "", 90])
    hand_in("表.xlsx", data)
    page = office.get(reverse("review", args=[Source.objects.get().pk])).content.decode()
    assert "表上合计是 90万元，各行相加是 80万元" in page


@pytest.mark.parametrize(
    ("rows", "yuan"),
    [
        ([["投资额（元）", "村"], [800000, "高市村"]], 800_000),
        ([["投资额（亿元）", "村"], ["1.2", "高市村"]], 120_000_000),
        ([["单位：元"], ["投资额", "村"], [800000, "高市村"]], 800_000),
        ([["投资情况表（单位：万元）"], ["投资额", "村"], ["80", "高市村"]], 800_000),
        ([["投资额（元）", "村"], ["80万元", "高市村"]], 800_000),
    ],
)
def test_the_unit_is_that_of_cell_head_or_title(rows: list[list[Any]], yuan: int) -> None:  # X4
    (line,) = read(*rows).lines
    assert line.fen == yuan * 100
    assert line.amount_as_written.startswith(str(rows[-1][0]))


def test_yuan_under_a_head_of_ten_thousands_are_questioned() -> None:  # X4
    (line,) = read(HEAD, [1, "市水利局", "高市村", "打井", 500000]).lines
    assert "可能原表写的是元" in line.doubts[0]
    (fine,) = read(HEAD, [1, "市水利局", "高市村", "打井", 5000]).lines
    assert fine.doubts == ()


def test_a_sheet_without_any_unit_says_how_it_was_read() -> None:  # X4
    found = read(["投资额", "村"], [80, "高市村"])
    assert found.lines[0].fen == 80_000_000
    assert "没有写金额单位" in found.remarks[0]


def test_vague_words_stay_vague_and_empty_words_are_never_nought() -> None:  # X5
    head = ["单位", "村", "建设内容", "金额（万元）", "数量"]
    found = read(
        head,
        ["市水利局", "高市村", "打井", "约20", "20余项"],
        ["市水利局", "韩村", "修路", "—", "/"],
        ["市水利局", "新源村", "绿化", "无", "3公里"],
        ["", "", "", "—", ""],
    )
    about, none, nothing = found.lines
    assert (about.fen, about.approximate) == (20_000_000, True)
    assert (about.count, about.unit, about.count_approximate) == ("20", "项", True)
    assert (none.fen, none.count) == (None, "")
    assert (nothing.fen, nothing.count, nothing.unit) == (None, "3", "公里")


def test_dates_are_read_as_precisely_as_they_are_written() -> None:  # X6
    head = ["单位", "村", "金额（万元）", "日期"]
    written = ["2025年3月", "2025.3.1", "2025-12", 45730, date(2025, 3, 2), "年底"]
    found = read(head, *[["市水利局", "高市村", 1, word] for word in written])
    assert [line.date for line in found.lines] == [
        "2025-03", "2025-03-01", "2025-12", "2025-03-14", "2025-03-02", "",
    ]  # fmt: skip


def test_full_width_digits_blanks_and_line_feeds_are_read() -> None:  # X8
    head = ["出资\n单位", "受益村", "建设内容", "投资额\n（万元）"]
    (line,) = read(head, [" 市水利局 ", "高市村\n韩村", "打\n井", "８０．５"]).lines
    assert (line.funder, line.places, line.works) == ("市水利局", "高市村、韩村", "打井")
    assert line.fen == 80_500_000


def test_hidden_sheets_are_left_alone() -> None:  # X10
    with pytest.raises(DocumentError, match="没有内容"):
        read(HEAD, [1, "市水利局", "高市村", "打井", 80], hidden=True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_comes_in_utf8_or_gb18030(encoding: str) -> None:  # X13
    words = "出资单位,受益村,投资额（万元）\n市水利局,高市村,80\n"
    (line,) = read_sheets(words.encode(encoding), "表.csv").lines
    assert (line.funder, line.fen) == ("市水利局", 80_000_000)


def test_every_line_cites_its_own_row_of_the_sheet() -> None:
    found = read(HEAD, [1, "市水利局", "高市村", "打井", 80], [2, "市财政局", "韩村", "修路", 20])
    cited = [found.text[line.start : line.end] for line in found.lines]
    assert cited == ["1\t市水利局\t高市村\t打井\t80", "2\t市财政局\t韩村\t修路\t20"]


def test_a_reporting_unit_stands_for_all_lines_without_one() -> None:
    found = read(["填报单位：市水利局"], ["受益村", "金额（万元）"], ["高市村", 80])
    assert found.lines[0].funder == "市水利局"


def test_a_sheet_becomes_money_lines_of_the_ledger(
    hand_in: HandIn, office: Client, world: World
) -> None:
    data = workbook(
        ["2024年帮扶情况"],
        HEAD,
        [1, "永济市水利局", "高市村、韩村等老区村", "打井；修渠", "约80"],
        ["合计", "", "", "", 80],
    )
    assert hand_in("水利局.xlsx", data).status_code == 302
    source = Source.objects.get()
    assert source.year == 2024
    office.post(reverse("review", args=[source.pk]))
    line = Contribution.objects.get()
    assert (line.amount, line.amount_as_written) == (800_000, "约80万元")
    assert (line.approximate, line.open_list, line.works) == (True, True, "打井\n修渠")
    assert line.passages.get().text.startswith("1\t永济市水利局")
