"""Works that say too little, too much, or nothing that can be read: a defined answer each."""

import pytest

from laoqu_engines.overlap import FaultyRow, Work, compare, find_overlaps, sweep
from laoqu_engines.overlap.finding import ALIKE
from laoqu_engines.overlap.prepare import prepare


def work(identity: str, name: str, **fields: object) -> Work:
    given = {"county_code": "140881", "township": "青石镇", "village": "柳湾村"} | fields
    return Work(id=identity, name=name, **given)  # type: ignore[arg-type]


def test_works_without_village_are_compared_within_their_township() -> None:
    a = work("1", "青石镇集镇路灯安装120盏", village="")
    b = work("2", "青石镇集镇亮化，路灯120盏", village="")
    elsewhere = work("3", "集镇路灯安装120盏", village="", township="白河乡")
    (pair,) = [p for p in find_overlaps([a, b, elsewhere]).pairs if p.level in ("high", "medium")]
    assert (pair.a, pair.b) == ("1", "2")


def test_works_without_year_or_amount_are_compared_by_the_rest() -> None:
    pair = compare(work("1", "道路硬化1181米"), work("2", "道路硬化1.18公里", year=2024))
    assert (pair.level, pair.relation) == ("high", "duplicate")


def test_fifty_villages_in_one_row_meet_each_of_their_villages() -> None:
    names = [f"{letter}家{side}村" for letter in "赵钱孙李周吴郑王冯陈" for side in "湾坪岭沟洼"]
    whole = work("0", "五十村安装路灯，未分村", village="、".join(names))
    parts = [work(str(at), "安装路灯12盏", village=name) for at, name in enumerate(names, 1)]
    pairs = find_overlaps([whole, *parts]).pairs
    assert len(names) == 50
    assert {frozenset((pair.a, pair.b)) for pair in pairs} == {
        frozenset(("0", part.id)) for part in parts
    }
    assert {pair.relation for pair in pairs} <= {"part_of", "cannot_tell"}


def test_twenty_works_in_one_line_contain_each_of_them() -> None:
    kinds = ["路灯43盏", "公厕2座", "广场800平方米", "冷库1座", "拦水坝3座", "污水管网2公里"]
    kinds += ["机井5眼", "健身器材12件", "垃圾箱30个", "护坡90米", "水闸1座", "卫生室60平方米"]
    kinds += ["戏台1座", "游园1处", "变压器2台", "标准厂房900平方米", "烘干塔1座", "光伏板60千瓦"]
    kinds += ["停车场500平方米", "山塘2口"]
    package = work("whole", "柳湾村综合项目", content="、".join(kinds))
    part = work("part", "柳湾村安装路灯", content="路灯43盏")
    pair = compare(package, part)
    assert len(kinds) == 20
    assert (pair.a, pair.b, pair.relation) == ("part", "whole", "part_of")


def test_a_thousand_equal_rows_are_paired_with_the_first_only() -> None:
    rows = [work(f"{number:04}", "安装路灯43盏") for number in range(1000)]
    found = find_overlaps(rows)
    assert len(found.pairs) == 999
    assert {pair.a for pair in found.pairs} == {"0000"}
    assert len(found.groups) == 1
    assert found.notes == ("有 999 行与前面的行完全相同，只与最前面的一行配对。",)


def test_a_few_equal_rows_are_compared_each() -> None:
    rows = [work(str(number), "安装路灯43盏") for number in range(4)]
    assert len(find_overlaps(rows).pairs) == 6
    assert ALIKE >= 4


def test_a_village_with_very_many_works_is_compared_in_bounds_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sweep, "LARGEST", 100)
    monkeypatch.setattr(sweep, "WINDOW", 10)
    rows = [work(f"{n:05}", f"安装路灯{n}盏", content=f"第{n}号") for n in range(1, 1001)]
    found = find_overlaps(rows)
    assert len(found.pairs) <= 10 * len(rows)
    assert len(found.notes) == 1
    assert found.notes[0].startswith("“柳湾村”有 1000 项")


def test_a_text_of_100_kb_is_cut_and_says_so() -> None:
    rows = [work("1", "安装路灯43盏", content="很长。" * 40_000), work("2", "安装路灯43盏")]
    found = find_overlaps(rows)
    assert len(found.pairs) == 1
    assert found.notes == ("1 行文字太长，只比较了前 2000 个字。",)


@pytest.mark.parametrize(
    "text", ["street lamps 43", "😀" * 50, "\u202e\x00\ud800", "。，、；", "路"]
)
def test_a_text_without_known_words_is_no_overlap_and_no_error(text: str) -> None:
    assert prepare(work("1", text)).text is not None
    assert find_overlaps([work("1", text), work("2", "安装路灯43盏")]).pairs == ()


def test_rows_of_one_record_are_never_compared() -> None:
    a = work("1", "三村安装路灯", line="甲")
    assert compare(a, work("2", "三村安装路灯", line="甲")).level == "none"


def test_a_joint_amount_is_never_divided_or_compared() -> None:
    a = work("1", "安装路灯", joint_amount_fen=3_000_000)
    b = work("2", "安装路灯", amount_fen=1_000_000)
    names = {item.name for item in compare(a, b).evidence}
    assert "equal_amount" not in names
    same = work("3", "安装路灯", joint_amount_fen=3_000_000)
    assert "equal_amount" not in {item.name for item in compare(a, same).evidence}


@pytest.mark.parametrize(
    "row",
    [
        [],
        {"name": "x"},
        {"id": ""},
        {"id": True},
        {"id": "1", "year": 20.5},
        {"id": "1", "year": 12},
        {"id": "1", "amount_yuan": "NaN"},
        {"id": "1", "amount_yuan": True},
        {"id": "1", "joint_amount_yuan": 1e40},
        {"id": "1", "village": {}},
    ],
)
def test_a_faulty_row_is_one_sentence(row: object) -> None:
    with pytest.raises(FaultyRow, match=r"。$"):
        Work.from_json(row)  # type: ignore[arg-type]


def test_unknown_and_missing_fields_are_tolerated() -> None:
    row = {"id": 7, "village": None, "origin": "real", "amount_yuan": 154570.0, "year": "2024"}
    assert Work.from_json(row) == Work(id="7", year=2024, amount_fen=15_457_000)
