"""Whatever stands in a text, the reader ends, and its spans point at the very characters."""

import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laoqu_engines.reader import read

PIECES = [
    "市财政局",
    "投资",
    "3028万元",
    "１２．５万元",
    "3,5万",
    "虞山村",
    "、",
    "，",
    ",",
    "。",
    "；",
    "\n",
    "\r\n",
    "\t",
    "地点\t金额（万元）\n柳湾村\t3\n",
    "（",
    "）",
    "“",
    "《",
    "》",
    "等8个村",
    "演出21场",
    "\u202e",
    "\u200b",
    " ",
    "\u3000",
    "鎮",
    "几十",
    "一",
    "2024年1月30日",
    "其中",
    "各",
    "😀",
    "\x00",
    "慰问",
    "调研",
    "订阅",
    "荣获",
    "二等奖",
    "1" * 40,
]
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES)).map("".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_spans_point_at_the_very_characters(text: str) -> None:
    for fact in read(text).facts:
        assert fact.text == text[slice(*fact.span)]
        assert fact.text
        for place in fact.places:
            assert text[slice(*place.span)] == place.text
        if fact.amount_span:
            assert text[slice(*fact.amount_span)] == fact.amount_as_written
        if fact.actor_span:
            assert 0 <= fact.actor_span[0] < fact.actor_span[1] <= len(text)


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)


UNITS = {
    "a line of sums": "市财政局投资3万元，为张村修路；",
    "brackets that never close": "（“《",
    "digits": "1234567890",
    "a list of villages": "柳村、",
    "one character": "的",
    "lines": "市财政局投资3万元，为张村、李村修路\n",
    "meetings": "在会议上召开",
}


def calls(text: str) -> int:
    """How many functions, in Python or in C, reading a text calls."""
    counted = 0

    def count(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_ten_times_the_text_takes_at_most_about_ten_times_the_steps(unit: str) -> None:
    small, large = unit * (1000 // len(unit)), unit * (10000 // len(unit))
    read(small)
    assert calls(large) <= 12 * calls(small)


@pytest.mark.parametrize("text", ["", "\n\n", "　", "没有事实的一句话。", "abc def", "\ufeff"])
def test_a_text_without_facts_gives_an_empty_list(text: str) -> None:
    assert read(text).facts == ()


SENTENCE = "市水利局投资12.5万元，为柳湾村、石门村修建水渠800米。"


@pytest.mark.parametrize(
    "written",
    [
        SENTENCE,
        SENTENCE.replace("，", ","),
        SENTENCE.replace("12.5", "１２．５"),
        SENTENCE.replace("12.5", "12,5"),
        SENTENCE.replace("投资", "投 资 "),
        SENTENCE.replace("投资", "投\u200b资"),
        SENTENCE.replace("柳湾", "柳\u202d湾"),
        SENTENCE.replace("万元", "萬元"),
        SENTENCE.replace("12.5万元，", "12.5万元，\n"),
        f"　　{SENTENCE}\r\n",
        f"\ufeff{SENTENCE}",
    ],
)
def test_one_sentence_in_every_spelling_is_one_fact(written: str) -> None:
    (fact,) = read(written).facts
    assert fact.amount == 12_500_000
    assert fact.actor == "市水利局"
    assert [place.text.replace("\u202d", "") for place in fact.places] == ["柳湾村", "石门村"]
    assert (fact.count, fact.unit) == (800, "米")
    assert written[slice(*fact.span)] == fact.text
