"""Dates, document numbers and heading marks as official documents write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoqu_engines.document import (
    DocumentError,
    check_document_number,
    chinese_number,
    clean_text,
    date_text,
    document_number,
    heading_mark,
    parse_date,
)
from laoqu_engines.document.wording import HeadingCounter


@given(st.dates())
def test_a_date_is_written_without_leading_zeros_and_read_back(day: date) -> None:  # B7
    assert parse_date(f"{day.year:04}年{day.month}月{day.day}日") == day
    if day.year >= 1000:
        assert parse_date(date_text(day)) == day


@pytest.mark.parametrize(
    "text", ["2024年01月30日", "2024年1月030日", "24年1月3日", "2024年2月30日", "2024-1-3", ""]
)
def test_a_date_written_otherwise_is_refused_with_an_example(text: str) -> None:  # B7
    with pytest.raises(DocumentError, match="2024年1月30日"):
        parse_date(text)


def test_a_document_number_has_hexagonal_brackets_and_a_bare_serial() -> None:  # B7
    assert document_number("永老促发", 2025, 1) == "永老促发〔2025〕1号"


@pytest.mark.parametrize(
    "text",
    [
        "永老促发〔2025〕01号",
        "永老促发[2025]1号",
        "永老促发（2025）1号",
        "〔2025〕1号",
        "永老促发〔2025〕第1号",
    ],
)
def test_a_malformed_document_number_is_refused(text: str) -> None:  # B7
    with pytest.raises(DocumentError, match="六角括号"):
        check_document_number(text)


def test_heading_marks_follow_the_four_levels() -> None:  # B4
    assert [heading_mark(level, 12) for level in (1, 2, 3, 4)] == [
        "十二、",
        "（十二）",
        "12.",
        "（12）",
    ]
    assert [chinese_number(n) for n in (1, 10, 11, 20, 21, 99)] == [
        "一", "十", "十一", "二十", "二十一", "九十九"
    ]  # fmt: skip


def test_headings_count_up_and_start_again_under_a_new_parent() -> None:  # B4
    counter = HeadingCounter()
    levels = [1, 2, 2, 3, 3, 4, 2, 3, 1, 2]
    assert [counter.mark(level, "") for level in levels] == [
        "一、", "（一）", "（二）", "1.", "2.", "（1）", "（三）", "1.", "二、", "（一）"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "level"), [([], 2), ([1], 3), ([1, 2, 1], 3), ([1], 5), ([], 0)]
)
def test_a_heading_that_leaves_out_a_level_is_refused(before: list[int], level: int) -> None:  # B4
    counter = HeadingCounter()
    for earlier in before:
        counter.mark(earlier, "前文")
    with pytest.raises(DocumentError, match="“修路”"):
        counter.mark(level, "修路")


def test_the_hundredth_heading_is_refused_with_advice() -> None:  # B4
    with pytest.raises(DocumentError, match="合并"):
        chinese_number(100)


def test_characters_that_a_file_cannot_hold_are_left_out() -> None:
    assert clean_text("a\x00b\x0bc\ud800d\ufffe\r\ne\rf🏡𠮷") == "abcd\ne\nf🏡𠮷"
