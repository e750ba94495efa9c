"""Money and numbers in every spelling that offices use."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoqu_engines.values.money import from_yuan, parse_money, wan, wan_yuan, yuan
from laoqu_engines.values.numbers import parse_number

WAN = 1_000_000


@pytest.mark.parametrize(
    ("text", "fen", "approximate"),
    [
        ("1449万元", 1449 * WAN, False),
        ("80 万元", 80 * WAN, False),
        ("１２３．５万元", 123_500_000, False),
        ("9426.7万元", 9_426_700_000, False),
        ("3.1234万元", 3_123_400, False),
        ("1.4亿元", 14_000 * WAN, False),
        ("1亿2000万元", 12_000 * WAN, False),
        ("254万", 254 * WAN, False),
        ("193036元", 19_303_600, False),
        ("12.34元", 1_234, False),
        ("10余万元", 10 * WAN, True),
        ("10万余元", 10 * WAN, True),
        ("90多万元", 90 * WAN, True),
        ("九十多万元", 90 * WAN, True),
        ("近百万元", 100 * WAN, True),
        ("上万元", WAN, True),
        ("万余元", WAN, True),
        ("约20万", 20 * WAN, True),
        ("累计700多万元", 700 * WAN, True),
        ("共计55万元", 55 * WAN, False),
        ("20万元左右", 20 * WAN, True),
        ("人民币五万元整", 5 * WAN, False),
        ("三万五千元", 3_500_000, False),
        ("一万五", 1_500_000, False),
        ("1,449万元", 1449 * WAN, False),
        ("1,234,567.89元", 123_456_789, False),
        ("-3.5万元", -3_500_000, False),
    ],
)
def test_an_amount_is_read_to_the_fen(text: str, fen: int, approximate: bool) -> None:
    amount = parse_money(text)
    assert amount is not None
    assert (amount.fen, amount.approximate, amount.doubt) == (fen, approximate, "")
    assert amount.as_written == text


@pytest.mark.parametrize(("text", "fen"), [("28,8万元", 28_800_000), ("0,125万元", 125_000)])
def test_a_comma_in_place_of_the_point_is_read_with_doubt(text: str, fen: int) -> None:
    amount = parse_money(text)
    assert amount is not None
    assert amount.fen == fen
    assert "逗号" in amount.doubt


@pytest.mark.parametrize(  # X5
    "text",
    [
        "",
        "—",
        "无",
        "/",
        "万元",
        "几十万元",
        "数百万元",
        "20-30万元",
        "三四十万元",
        "5万美元",
        "3000",
        "1,23,4万元",
        "元",
        "多万元",
        "十二百元",
        "一百几十万元",
        "9" * 40 + "元",
        "亿亿亿亿亿元",
        "9" * 16 + "万亿元",
    ],
)
def test_what_states_no_amount_gives_none(text: str) -> None:
    assert parse_money(text) is None


def test_a_heading_gives_the_unit_only_where_the_cell_has_none() -> None:  # X4
    cells = [parse_money(text, unit="万元") for text in ("12.5", "500000元", "3万", "1,200")]
    assert [cell and cell.fen for cell in cells] == [12_500_000, 50_000_000, 3 * WAN, 1200 * WAN]


@pytest.mark.parametrize(
    ("text", "value", "approximate"),
    [
        ("21", 21, False),
        ("２１", 21, False),
        ("二十", 20, False),
        ("十余", 10, True),
        ("20余", 20, True),
        ("十几", 10, True),
        ("两千四百多", 2400, True),
        ("两千四", 2400, False),
        ("一百零五", 105, False),
        ("一千零二十", 1020, False),
        ("二〇二四", 2024, False),
        ("3.5", Decimal("3.5"), False),
        ("3点5", Decimal("3.5"), False),
        ("1.2万", 12000, False),
        ("上百", 100, True),
        ("百余", 100, True),
        ("近千", 1000, True),
        ("十二万三千四百五十六", 123456, False),
    ],
)
def test_a_count_is_read(text: str, value: int | Decimal, approximate: bool) -> None:
    number = parse_number(text)
    assert number is not None
    assert (number.value, number.approximate) == (value, approximate)


@pytest.mark.parametrize(
    "text", ["几十", "数百", "三四十", "百", "十十", "3二", "多", "2024年", ""]
)
def test_what_names_no_value_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(0, 10**14))
def test_every_amount_shown_in_wan_reads_back(fen: int) -> None:
    amount = parse_money(wan_yuan(fen))
    assert amount is not None
    assert (amount.fen, amount.approximate) == (fen, False)


@given(st.integers(-(10**14), 10**14))
def test_yuan_and_fen_are_one_value(fen: int) -> None:
    assert from_yuan(yuan(fen)) == fen
    assert wan(fen) * WAN == fen


@given(st.integers(1, 10**12 - 1))
def test_every_whole_number_in_chinese_reads_back(value: int) -> None:
    number = parse_number(in_chinese(value))
    assert number is not None
    assert number.value == value


@given(st.text(alphabet="0123456789.,，万亿元余多几十百千二三零约近上", max_size=12))
def test_any_string_is_an_amount_or_none_but_never_an_error(text: str) -> None:
    parse_money(text)
    parse_number(text)


def test_a_part_of_a_fen_is_refused() -> None:
    with pytest.raises(ValueError, match="两位小数"):
        from_yuan(Decimal("0.001"))


def in_chinese(value: int) -> str:
    """The textbook spelling, written here independently of the parser."""
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if value >= size:
            rest = value % size
            gap = "零" if rest and rest < size // 10 else ""
            return in_chinese(value // size) + unit + (gap + in_chinese(rest) if rest else "")
    return "零一二三四五六七八九"[value]
