"""The data files fit together, and texts are read as they mean."""

import re
import tomllib
from importlib.resources import files

import pytest

from laoqu_engines.overlap.facilities import MOST, vocabulary
from laoqu_engines.overlap.judge import weights_of
from laoqu_engines.overlap.scales import Scale
from laoqu_engines.overlap.spots import ends, groups, stage, stakes
from laoqu_engines.overlap.texts import said
from laoqu_engines.overlap.wording import WORDS

DATA = files("laoqu_engines.overlap").joinpath("data")


def test_all_facilities_fit_a_number_of_64_bits() -> None:
    facilities = vocabulary().facilities
    assert len(facilities) <= MOST
    assert len({item.key for item in facilities}) == len(facilities)
    assert len({item.label for item in facilities}) == len(facilities)


def test_no_facility_contains_itself() -> None:
    assert [item.key for item in vocabulary().facilities if item.wholes & item.bit] == []


def test_no_word_stands_twice_in_one_facility() -> None:
    rows = tomllib.loads(DATA.joinpath("facilities.toml").read_text("utf-8"))["facility"]
    for row in rows:
        words = [*row["words"], *row.get("weak", ())]
        words += [word for own in row.get("kinds", {}).values() for word in own]
        assert sorted(words) == sorted(set(words)), row["key"]


def test_every_weight_has_its_words_and_every_word_its_weight() -> None:
    assert set(WORDS) == set(weights_of()) - {"start"}


def test_every_evidence_that_the_code_names_has_a_weight() -> None:
    source = files("laoqu_engines.overlap").joinpath("evidence.py").read_text("utf-8")
    names = set(re.findall(r'found\.append\(\(\s*"(\w+)"', source))
    assert names
    assert names <= set(weights_of())


@pytest.mark.parametrize(
    ("text", "built", "at"),
    [
        ("巷道排水", "排水", "道路"),
        ("公墓道路", "道路", "公墓殡葬"),
        ("广场绿化", "绿化", "广场"),
        ("主街两侧绿化", "绿化", "道路"),
        ("养牛暖棚", "养殖圈舍", ""),
        ("蘑菇暖棚", "大棚温室", ""),
        ("水池和水管", "蓄水池水塔、供水管道", ""),
        ("翟徐桥加宽", "桥梁", ""),
        ("村道路灯安装", "路灯亮化", ""),
    ],
)
def test_the_last_of_touching_words_is_what_is_built(text: str, built: str, at: str) -> None:
    found = said(text)
    assert (vocabulary().label(found.heads), vocabulary().label(found.at)) == (built, at)


def test_letters_that_no_word_knows_are_names() -> None:
    assert said("油茶冲山塘加固").objects == {"油茶冲"}
    assert said("石牛山塘加固").objects == {"石牛"}


@pytest.mark.parametrize(
    ("text", "dimension", "value"),
    [
        ("4.4公里", "length", 4400),
        ("2480延长米", "length", 2480),
        ("三公里", "length", 3000),
        ("近300米", "length", 300),
        ("2.5万平方米", "area", 25000),
        ("28亩", "area", 28 * 2000 / 3),
        ("200m3", "volume", 200),
        ("43盏", "count", 43),
        ("十二座", "count", 12),
        ("宽5米", "width", 5),
        ("厚15厘米", "width", 0.15),
        ("60千瓦", "power", 60),
    ],
)
def test_quantities_come_in_base_units(text: str, dimension: str, value: float) -> None:
    (scale,) = said(text).scales
    assert (scale.dimension, round(scale.value, 6)) == (dimension, round(value, 6))


def test_villages_years_and_money_are_no_quantities() -> None:
    assert said("2021年12个老区村投资30万元，6个组").scales == ()


def test_lengths_by_widths_are_areas_and_add_up() -> None:
    areas = [item.value for item in said("270×4+1216×5米").scales if item.dimension == "area"]
    assert areas == [1080, 6080, 7160]


def test_a_quantity_belongs_to_the_facility_next_to_it() -> None:
    scales: dict[str, Scale] = {item.text: item for item in said("路灯43盏、公厕2座").scales}
    assert vocabulary().label(scales["43盏"].of) == "路灯亮化"
    assert vocabulary().label(scales["2座"].of) == "公共厕所"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("二、三、四组", [2, 3, 4]),
        ("2组、3组", [2, 3]),
        ("五至八组", [5, 6, 7, 8]),
        ("10组至11组", [10, 11]),
        ("二三组道路", [2, 3]),
        ("十二组", [12]),
        ("6个组750人", []),
        ("三家合作社", []),
    ],
)
def test_numbered_groups_are_a_set(text: str, numbers: list[int]) -> None:
    assert [number for number in range(61) if groups(text) >> number & 1] == numbers


def test_stretches_and_stages_are_read() -> None:
    assert ends("大龙塘至细石桥产业路硬化") == ("大龙塘", "细石桥")
    assert ends("道路硬化") is None
    assert stakes("k1+010至k1+860") == (1010, 1860)
    assert [stage(text) for text in ("二期", "首期", "第二栋", "道路")] == [2, 1, 2, 0]
