"""Which place a written name means, and where place names stand in a text."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoqu_engines.values.gazetteer import county_names
from laoqu_engines.values.mentions import find_places
from laoqu_engines.values.places import Level, Place, Resolver

YONGJI = Resolver.for_county("140881")
NAMED = [
    "任阳村",
    "南苏村",
    "高市村",
    "虞乡村",
    "康蜀村",
    "西厢村",
    "蒲州村",
    "东信昌村",
    "东伍姓村",
    "新源村",
    "西姚温村",
    "冯营村",
    "麻村",
    "卿头村",
    "栖岩村",
    "韩阳村",
    "张营村",
    "赵柏村",
    "洗马村",
    "西开张村",
    "东开张村",
    "韩村",
    "长处村",
    "宋家卓村",
    "西伍姓村",
    "栲栳村",
    "石佛寺",
]  # in a county's yearly report
REPORT = Path(__file__).parents[3] / "../shared/reader-dev/gold/000.json"


def resolved(name: str, resolver: Resolver = YONGJI, **context: object) -> str | None:
    answer = resolver.resolve(name, **context)  # type: ignore[arg-type]
    return resolver.full_name(answer.place) if answer.place else None


def test_26_of_27_village_names_resolve_and_the_natural_village_is_unknown() -> None:
    answers = {name: YONGJI.resolve(name).status for name in NAMED}
    assert len(answers) == 27
    assert [name for name, status in answers.items() if status != "resolved"] == ["石佛寺"]
    assert answers["石佛寺"] == "unknown"


@pytest.mark.skipif(not REPORT.exists(), reason="the annotated report is not beside the project")
def test_the_places_of_the_annotated_report_resolve() -> None:
    facts = json.loads(REPORT.read_text("utf-8"))
    links = [
        place for fact in facts if fact["kind"] == "funding" for place in fact["places"]
    ]  # fmt: skip
    assert len(links) == 55
    unresolved = {place for place in links if YONGJI.resolve(place).status != "resolved"}
    assert unresolved == {"石佛寺"}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("高市村", "栲栳镇高市村"),
        ("高市", "栲栳镇高市村"),
        ("下高市", "城北街道下高市村"),
        ("虞乡", "虞乡镇虞乡村"),
        ("虞乡村", "虞乡镇虞乡村"),
        ("虞乡镇", "虞乡镇"),
        ("西厢", "蒲州镇西厢村"),
        ("西厢村", "蒲州镇西厢村"),
        ("西厢社区", "城西街道西厢社区"),
        ("西厢社区居委会", "城西街道西厢社区"),
        ("韩阳", "韩阳镇韩阳村"),
        ("韩阳镇", "韩阳镇"),
        ("卿头镇", "卿头镇"),
        ("任阳", "城西街道任阳村"),
        ("东开张", "开张镇东开张村"),
        ("任阳村委会", "城西街道任阳村"),
        ("任阳村民委员会", "城西街道任阳村"),
        ("韩村村委会", "栲栳镇韩村"),
        ("栲栳镇高市村", "栲栳镇高市村"),
        ("永济市虞乡镇新源村", "虞乡镇新源村"),
        ("山西省运城市永济市虞乡镇新源村", "虞乡镇新源村"),
        ("栲栳高市", "栲栳镇高市村"),
        ("城北办事处", "城北街道"),
        ("永济市", "永济市"),
        (" 任阳村 ", "城西街道任阳村"),
        ("张营小学", "张营镇张营村"),
        ("张营镇张营小学", "张营镇张营村"),
        ("任阳村文体广场", "城西街道任阳村"),
    ],
)
def test_a_name_resolves_to_the_place_meant(name: str, meant: str) -> None:
    assert resolved(name) == meant


@pytest.mark.parametrize(
    "name", ["永济监狱", "监狱", "董村强制隔离戒毒所", "石佛寺", "市村", "左权县", ""]
)
def test_prisons_parts_of_names_and_strangers_are_unknown(name: str) -> None:
    answer = YONGJI.resolve(name)
    assert (answer.status, answer.place, answer.candidates) == ("unknown", None, ())
    assert answer.reason.endswith("。")


def test_the_reason_says_which_part_of_a_name_is_unknown() -> None:
    assert YONGJI.resolve("永济市虞乡镇白岩村").reason.startswith("地名里有“虞乡镇”，没有“白岩村”")
    assert YONGJI.resolve("虞乡镇白岩村").reason.startswith("地名里有“虞乡镇”，没有“白岩村”")


def test_a_village_named_under_the_wrong_township_is_for_a_person_to_decide() -> None:
    answers = [
        YONGJI.resolve("栲栳镇张营村"),
        YONGJI.resolve("张营村", township="栲栳镇"),
        YONGJI.resolve("清华镇王官峪村"),
    ]
    assert [answer.status for answer in answers] == ["ambiguous"] * 3
    assert [len(answer.candidates) for answer in answers] == [1] * 3
    assert "栲栳镇没有“张营村”，别处有张营镇张营村" in answers[0].reason


def test_a_stem_among_communities_is_not_taken_for_the_village() -> None:
    assert resolved("西厢", nearby=["康乐社区", "樱花社区"]) == "城西街道西厢社区"
    answer = YONGJI.resolve("西厢", nearby=["康乐社区", "迎新社区"])
    assert answer.status == "ambiguous"
    assert {place.name for place in answer.candidates} == {"西厢村", "西厢社区"}


def same_names() -> Resolver:
    places = [Place("c", "140881000000", "某县", Level.COUNTY)]
    for town, villages in {
        "甲镇": ["新庄村", "东沟村"],
        "乙镇": ["新庄村", "西沟村"],
        "丙乡": ["南沟村"],
    }.items():
        places.append(Place(town, None, town, Level.TOWNSHIP, "c"))
        places += [Place(town + name, None, name, Level.VILLAGE, town) for name in villages]
    places.append(Place("山前", None, "山前", Level.NATURAL_VILLAGE, "甲镇东沟村", ("前山",)))
    places.append(Place("西沟", None, "西沟村", Level.NATURAL_VILLAGE, "乙镇西沟村"))
    return Resolver(places)


def test_villages_of_one_name_are_told_apart_by_their_surroundings() -> None:
    resolver = same_names()
    assert resolver.resolve("新庄村").status == "ambiguous"
    assert resolver.resolve("新庄", nearby=["南沟村"]).status == "ambiguous"
    assert resolved("新庄村", resolver, township="乙镇") == "乙镇新庄村"
    assert resolved("新庄村", resolver, nearby=["甲镇东沟村", "新庄村"]) == "甲镇新庄村"
    assert resolved("新庄村", resolver, nearby=["西沟村"]) == "乙镇新庄村"
    assert resolved("新庄村", resolver, nearby=["丙乡", "乙镇"]) == "乙镇新庄村"
    assert resolver.resolve("新庄村", nearby=["东沟村", "西沟村"]).status == "ambiguous"


def test_natural_villages_and_aliases_are_places_too() -> None:
    resolver = same_names()
    for name in ("山前", "前山", "山前自然村", "东沟村山前", "甲镇东沟村山前", "甲镇前山"):
        assert resolved(name, resolver) == "甲镇东沟村山前", name
    assert resolved("西沟村", resolver) == "乙镇西沟村"  # its village, not the hamlet of that name
    [village] = YONGJI.exact["洗马村"]
    hamlet = Place("n1", None, "石佛寺", Level.NATURAL_VILLAGE, village, ("佛寺",))
    added = Resolver.for_county("140881", [hamlet])
    assert resolved("石佛寺", added) == resolved("佛寺", added) == "虞乡镇洗马村石佛寺"


def test_every_village_of_a_county_resolves_with_its_township_in_front() -> None:
    for header in random.Random(7).sample(county_names(), 12):
        resolver = Resolver.for_county(header.code)
        for place in resolver.places.values():
            if place.level is Level.VILLAGE:
                answer = resolver.resolve(resolver.full_name(place))
                assert place in answer.candidates, (header.full_name, place)
                same = {option.name for option in answer.candidates}
                assert answer.place == place or len(same) < len(answer.candidates)


@given(st.text(max_size=12), st.lists(st.sampled_from(NAMED), max_size=3))
def test_any_name_gets_an_answer_with_a_reason(name: str, nearby: list[str]) -> None:
    answer = YONGJI.resolve(name, nearby=nearby)
    assert (answer.place is not None) == (answer.status == "resolved")
    assert bool(answer.candidates) == (answer.status != "unknown")
    assert answer.reason.endswith("。")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("为任阳村、高市村等老区村修路。", ["任阳村", "高市村"]),
        ("到栲栳镇栲栳村、高市村演出", ["栲栳镇栲栳村", "高市村"]),
        ("永济市虞乡镇新源村", ["永济市虞乡镇新源村"]),
        ("深入东开张等革命老区村", ["东开张"]),
        ("为任阳、高市、韩村三村", ["任阳", "高市", "韩村"]),
        ("硬化提升张营小学围墙", ["张营小学"]),
        ("清华大学的新源头，长城内外", []),
        ("城北街道下高市村和上高市村", ["城北街道下高市村"]),
        ("邻县韩村镇", []),
        ("永济监狱虚拟社区", []),
        ("", []),
    ],
)
def test_place_names_are_found_in_a_text_and_not_inside_words(text: str, names: list[str]) -> None:
    mentions = find_places(text, YONGJI)
    assert [mention.name for mention in mentions] == names
    assert all(text[mention.start : mention.end] == mention.name for mention in mentions)
    assert all(mention.places for mention in mentions)


@given(
    st.lists(st.sampled_from([*NAMED, "、", "等", "镇", "栲栳镇", "在", "上", "小学", "\n", "5"]))
)
def test_mentions_stand_in_order_and_quote_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for mention in find_places(text, YONGJI):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.name
        end = mention.end
