"""Partial dates in the spellings of offices and sheets."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoqu_engines.values.period import Period

periods = st.builds(
    lambda day, parts: Period(*(day.year, day.month, day.day)[:parts]),
    st.dates(min_value=date(1000, 1, 1)),
    st.integers(1, 3),
)


@pytest.mark.parametrize(  # X6, B7
    ("text", "iso"),
    [
        ("2024", "2024"),
        ("2024年", "2024"),
        ("2024年度", "2024"),
        ("2025年底", "2025"),
        ("2025年上半年", "2025"),
        ("2025年3月", "2025-03"),
        ("2025年3月份", "2025-03"),
        ("2025年3月上旬", "2025-03"),
        ("2025.3.1", "2025-03-01"),
        ("2025-12", "2025-12"),
        ("2025/3/1", "2025-03-01"),
        ("2025/03/31 08:30", "2025-03-31"),
        ("2025-03-31T00:00:00", "2025-03-31"),
        ("20250331", "2025-03-31"),
        ("２０２４年１月３０日", "2024-01-30"),
        ("2024 年 1 月 30 日", "2024-01-30"),
        ("二〇二五年三月二十八日", "2025-03-28"),
        ("2024年12月31号", "2024-12-31"),
    ],
)
def test_office_spellings_are_read(text: str, iso: str) -> None:
    period = Period.parse(text)
    assert period is not None
    assert period.iso() == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024年13月",
        "2024-02-30",
        "年底",
        "4月",
        "近五年",
        "2024年1月30日至31日",
        "2024年0月",
        "99",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert Period.parse(text) is None


def test_a_month_alone_takes_the_year_of_its_document() -> None:
    periods = [Period.parse(text, year=2024) for text in ("4月份", "1月30日", "年底")]
    assert [period and period.iso() for period in periods] == ["2024-04", "2024-01-30", "2024"]


def test_an_excel_serial_is_a_day() -> None:  # X6
    assert Period.from_excel_serial(45730.5) == Period(2025, 3, 14)
    assert Period.from_excel_serial(2024) == Period(1905, 7, 16)
    assert Period.from_excel_serial(60) is None
    assert Period.from_excel_serial(10**7) is None


@given(periods)
def test_every_spelling_reads_back(period: Period) -> None:
    assert Period.parse(period.iso()) == period
    assert Period.parse(period.chinese()) == period


@given(periods, periods)
def test_iso_texts_sort_as_the_periods_do(one: Period, other: Period) -> None:
    assert (one < other) == (one.iso() < other.iso())
    assert (one <= other and other <= one) == (one == other)


def test_a_year_contains_its_days_and_no_others() -> None:
    assert Period(2024).contains(Period(2024, 4, 1))
    assert not Period(2024, 4).contains(Period(2024))


def test_a_period_knows_its_first_and_last_day() -> None:
    assert Period(2024, 2).first_day() == date(2024, 2, 1)
    assert Period(2024, 2).last_day() == date(2024, 2, 29)
    assert (Period(2024).first_day(), Period(2024).last_day()) == (
        date(2024, 1, 1),
        date(2024, 12, 31),
    )
    assert Period(2024, 4, 5).first_day() == Period(2024, 4, 5).last_day() == date(2024, 4, 5)


@given(st.text(alphabet="0123456789年月日号.-/:T 二〇一", max_size=14))
def test_any_string_is_a_date_or_none_but_never_an_error(text: str) -> None:
    Period.parse(text)
