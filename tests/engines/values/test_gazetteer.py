"""The national list: complete, read county by county, and found by name or from a text."""

import random
import re
import zipfile
from importlib.resources import files

import pytest

from laoqu_engines.values import gazetteer
from laoqu_engines.values.area_codes import (
    Level,
    TownshipKind,
    full,
    is_dummy,
    level,
    parents,
    prefix,
    township_kind,
    within,
)
from laoqu_engines.values.gazetteer import UnknownCounty, county, county_in_text, find_counties
from laoqu_engines.values.spellings import spellings

DATA = files("laoqu_engines.values").joinpath("data")


def test_the_nation_has_620573_village_units() -> None:
    counts = {"county": 0, "township": 0, "village": 0}
    with DATA.joinpath("places.zip").open("rb") as raw, zipfile.ZipFile(raw) as archive:
        for name in sorted(set(archive.namelist()) - {"index.txt"}):
            for line in archive.read(name).decode("utf-8").splitlines():
                whole = line.isascii() and line.isdigit()
                kind = "county" if whole else "township" if line[0] == ">" else "village"
                counts[kind] += 1
    assert counts == {"county": 2978, "township": 41352, "village": 620573}
    assert len(gazetteer.county_names()) == 2978


def test_every_village_of_every_county_drawn_stands_in_its_township() -> None:
    codes = random.Random(5).sample([found.code for found in gazetteer.county_names()], 60)
    for code in codes:
        found = county(code)
        units = [*found.townships, *found.villages, *found.dummies]
        own = {unit.code for unit in units}
        assert len(own) == len(units)
        assert all(unit.parent in own for unit in units if unit.level is Level.VILLAGE)
        assert all(unit.code.startswith(code) and len(unit.name) > 1 for unit in units)


def test_a_county_has_its_levels_with_parents_first() -> None:
    yongji = county("140881")
    assert yongji.full_name == "山西省运城市永济市"
    assert [len(units) for units in yongji.levels()] == [1, 1, 1, 10, 217]
    seen: set[str | None] = {None}
    for units in yongji.levels():
        assert {unit.parent for unit in units} <= seen
        seen |= {unit.code for unit in units}
    village = next(unit for unit in yongji.villages if unit.name == "任阳村")
    assert (village.code, village.listed) == ("140881001209", "任阳村委会")


def test_prisons_and_dummy_units_are_kept_apart() -> None:
    yongji = county("140881000000")
    assert [unit.name for unit in yongji.dummies][:2] == ["永济监狱", "永济监狱虚拟社区"]
    assert not any(is_dummy(unit.code, unit.name) for unit in yongji.villages)


@pytest.mark.parametrize(
    ("code", "above"),
    [("110101", ["北京市", "东城区"]), ("441900", ["广东省", "东莞市"])],
)
def test_no_city_is_shown_where_none_lies_between(code: str, above: list[str]) -> None:
    heads = county(code).levels()[:-2]
    assert [unit.name for units in heads for unit in units] == above
    assert len({unit.code for units in heads for unit in units}) == len(above)


def test_an_unknown_code_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnknownCounty, match=r"没有代码为“999999”的县.*请核对"):
        county("999999")
    with pytest.raises(UnknownCounty):
        county("140881100200")


@pytest.mark.parametrize(
    "name", ["永济市", "永济", "运城市永济市", "山西省运城市永济市", "山西永济市"]
)
def test_a_county_is_found_by_its_written_name(name: str) -> None:
    found = [found.code for found in find_counties(name)]
    assert found == ([] if name == "山西永济市" else ["140881"])


def test_a_shared_county_name_gives_all_and_the_city_decides() -> None:
    assert len(find_counties("鼓楼区")) == 4
    assert [found.code for found in find_counties("福州市鼓楼区")] == ["350102"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "永济市召开革命老区建设工作会议。在左权县召开的座谈会上交流。永济市老促会发言。",
            "140881",
        ),
        ("泉州市老促会来到石狮市永宁镇子英村验收。", "350581"),
        ("福州市老促会在鼓楼区、鼓楼区各街道调研。", "350102"),
        ("鼓楼区老促会调研。", None),
        ("左权县、永济市、闻喜县的老区工作。", None),
        ("这座老城区的街道。", None),
        ("泰和县老促会慰问。", "360826"),
        ("", None),
    ],
)
def test_the_county_of_a_document_is_the_one_it_clearly_speaks_of(
    text: str, code: str | None
) -> None:
    found = county_in_text(text)
    assert (found and found.code) == code


def test_codes_have_levels_parents_and_prefixes() -> None:
    village = "140881001209"
    codes = [village, *parents(village)]
    assert [level(code) for code in codes] == [
        Level.VILLAGE,
        Level.TOWNSHIP,
        Level.COUNTY,
        Level.CITY,
        Level.PROVINCE,
    ]
    assert [prefix(code) for code in codes[1:]] == ["140881001", "140881", "1408", "14"]
    assert full("140881") == "140881000000"
    assert prefix("500000000000") == "50"
    assert within(village, "140881")
    assert not within(village, "140882")


@pytest.mark.parametrize("code", ["", "1", "14088", "abcdef", "１４"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="不是区划代码"):
        prefix(code)


def test_township_kinds_follow_the_rule_of_codes() -> None:
    kinds = [township_kind(f"140881{number}") for number in ("001", "106", "200", "400")]
    assert kinds == [*TownshipKind]
    with pytest.raises(ValueError, match="没有镇"):
        township_kind("140881")


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        ("任阳村委会", "任阳村"),
        ("韩村村委会", "韩村"),
        ("虞乡村委会", "虞乡村"),
        ("联合村村民委员会", "联合村"),
        ("西厢社区居委会", "西厢社区"),
        ("团结居委会", "团结社区"),
        ("达拉哈嘎查村", "达拉哈嘎查村"),
        ("新村", "新村"),
    ],
)
def test_the_listed_name_becomes_the_one_people_write(listed: str, name: str) -> None:
    assert spellings(listed, Level.VILLAGE).full == name
    assert listed in spellings(listed, Level.VILLAGE).exact


def test_spelling_a_name_again_changes_nothing() -> None:
    codes = random.Random(1).sample([found.code for found in gazetteer.county_names()], 30)
    for code in codes:
        for unit in county(code).villages:
            assert spellings(unit.name, unit.level).full == unit.name, unit
            assert not re.search("委员会$", unit.name), unit
