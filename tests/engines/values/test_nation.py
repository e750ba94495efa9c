"""A name is found anywhere in the nation when it, or what stands around it, says where."""

import pytest

from laoqu_engines.reader import read
from laoqu_engines.values.nation import NationResolver


@pytest.fixture(scope="module")
def nation() -> NationResolver:
    return NationResolver()


def test_a_name_that_one_county_has_is_resolved(nation: NationResolver) -> None:
    found = nation.resolve("子英村")
    assert found.status == "resolved"
    assert found.place is not None
    assert found.place.code == "350581106213"


def test_a_township_in_front_or_nearby_decides_between_counties(nation: NationResolver) -> None:
    assert nation.resolve("高市村").status == "ambiguous"
    for answer in (
        nation.resolve("栲栳镇高市村"),
        nation.resolve("高市村", nearby=["栲栳镇", "张营镇"]),
        nation.resolve("高市村", nearby=["永济市"]),
    ):
        assert answer.place is not None
        assert answer.place.code == "140881103205"


def test_a_common_name_says_where_it_occurs_and_an_unknown_one_says_so(
    nation: NationResolver,
) -> None:
    common = nation.resolve("新村")
    assert common.status == "ambiguous"
    assert "请写明县名" in common.reason
    assert nation.resolve("没有这个村").status == "unknown"
    assert nation.resolve("").status == "unknown"


def test_the_other_names_of_a_text_decide(nation: NationResolver) -> None:
    text = "2024年，市财政局投资80万元，为高市村修建广场；在栲栳镇韩村、卿头镇麻村装路灯20盏。"
    first = read(text, resolver=nation).facts[0]
    assert [place.code for place in first.places] == ["140881103205"]
