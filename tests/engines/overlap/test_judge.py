"""What pairs of works are to each other, one rule a test. All works are invented (示例)."""

import pytest

from laoqu_engines.overlap import Pair, Work, compare


def work(identity: str, name: str, content: str = "", **fields: object) -> Work:
    given = {"county_code": "610724", "township": "峡口镇", "village": "白岩村", "year": 2023}
    return Work(id=identity, name=name, content=content, **(given | fields))  # type: ignore[arg-type]


def shown(pair: Pair) -> bool:
    return pair.level in ("high", "medium")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("道路硬化3.2公里", "水泥路3200米"),
        ("渠道衬砌1450米", "三面光水渠1.45公里"),
        ("大棚1栋，120米×15米", "温室大棚1800平方米"),
        ("道路670米、宽5米", "主街重修，面积3350平方米"),
        ("高标准梯田1500亩", "机修梯田100公顷"),
        ("太阳能路灯43盏", "村庄亮化，路灯43盏"),
        ("巷道硬化三千二百米", "巷道3.2km"),
    ],
)
def test_equal_scales_in_other_words_and_units_are_a_duplicate(first: str, second: str) -> None:
    pair = compare(work("1", first), work("2", second, department="县水利局", year=2024))
    assert (shown(pair), pair.relation) == (True, "duplicate")
    assert "规模相同" in pair.reason


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("白岩村日间照料中心", "白岩村康养小院"),
        ("白岩村党群服务中心", "村级组织活动场所新建"),
        ("文体广场", "健身广场一处"),
    ],
)
def test_a_facility_a_village_has_one_of_is_a_duplicate(first: str, second: str) -> None:
    pair = compare(work("1", first), work("2", second, year=2024))
    assert (shown(pair), pair.relation) == (True, "duplicate")


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("道路硬化一期", "道路硬化二期", "phase"),
        ("道路硬化1公里", "道路续建剩余800米", "phase"),
        ("新建党群服务中心", "党群服务中心装修布展", "phase"),
        ("一组道路硬化", "四组道路硬化", "complementary"),
        ("东巷下水道300米", "西巷下水道260米", "complementary"),
        ("主街道路硬化1.4公里", "主街两侧排水沟1300米", "complementary"),
        ("杨家塘清淤", "石牛塘清淤", "complementary"),
        ("谢家桥危桥改造", "南土桥危桥改造", "complementary"),
        ("K0+000至K1+010道路硬化", "K1+010至K1+860道路硬化", "phase"),
    ],
)
def test_stages_and_works_beside_each_other_are_not_shown(
    first: str, second: str, relation: str
) -> None:
    pair = compare(work("1", first), work("2", second))
    assert not shown(pair)
    if pair.level == "low":
        assert pair.relation == relation


def test_upkeep_years_after_the_building_is_a_stage() -> None:
    built = work("1", "新建路灯50盏", year=2016, status="完成")
    pair = compare(built, work("2", "路灯维修更换50盏", year=2023, status="计划"))
    assert (pair.level, pair.relation) == ("low", "phase")


@pytest.mark.parametrize(
    "other",
    [
        {"township": "高川镇", "village": "白岩村"},
        {"village": "红岩村"},
        {"county_code": "610725"},
    ],
)
def test_the_same_words_at_another_place_are_nothing(other: dict[str, object]) -> None:
    pair = compare(work("1", "道路硬化3.2公里"), work("2", "道路硬化3.2公里", **other))
    assert pair.level == "none"


def test_one_item_of_a_package_is_a_part_of_it() -> None:
    package = work("1", "村庄提升项目", "路灯43盏、公厕1所、广场800平方米")
    pair = compare(package, work("2", "白岩村安装路灯", "路灯43盏"))
    assert (pair.a, pair.b, pair.relation) == ("2", "1", "part_of")
    assert shown(pair)


def test_a_village_named_in_a_list_is_a_part_of_its_total() -> None:
    total = work("1", "峡口镇改厕", "白岩、红旗等6村改厕420户", joint_amount_fen=84_000_000)
    pair = compare(total, work("2", "白岩村改厕86户"))
    assert (pair.a, pair.relation) == ("2", "part_of")


def test_lists_without_an_assignment_cannot_be_decided() -> None:
    first = work("1", "暖棚、排水道盖板、晾晒场", "6村建设，未说明各村内容", department="甲局")
    second = work("2", "饮水、渠道防渗、巷道排水", "7处设施，未说明各村内容", department="乙局")
    pair = compare(first, second)
    assert (shown(pair), pair.relation) == (True, "cannot_tell")
    assert "无法判定" in pair.reason


def test_general_words_cannot_be_decided() -> None:
    pair = compare(work("1", "人居环境整治"), work("2", "巷道硬化2公里"))
    assert (shown(pair), pair.relation) == (True, "cannot_tell")


def test_an_old_name_a_committee_and_a_lost_ending_are_one_village() -> None:
    for name in ("白岩", "白岩村委会", "白岩村民委员会", "峡口镇白岩村"):
        pair = compare(work("1", "路灯43盏"), work("2", "安装路灯43盏", village=name))
        assert pair.relation == "duplicate"


def test_a_name_that_sounds_the_same_may_be_a_misspelling() -> None:
    listed = {"county_code": "421122", "township": "七里坪镇", "village": "檀树岗村"}
    first = work("1", "安全饮水", "饮水工程", **listed)
    pair = compare(first, work("2", "饮水工程", **(listed | {"village": "坛树岗村"})))
    assert (shown(pair), pair.relation) == (True, "cannot_tell")
    assert "同音" in pair.reason


def test_the_part_comes_first_whatever_the_order() -> None:
    part, whole = work("9", "安装路灯", "路灯43盏"), work("1", "综合项目", "路灯43盏、水闸2座")
    assert compare(part, whole) == compare(whole, part)
    assert compare(part, whole).a == "9"
