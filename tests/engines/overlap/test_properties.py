"""What must hold for any works at all."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from laoqu_engines.overlap import Index, Work, compare, find_overlaps
from laoqu_engines.overlap.candidates import comparable
from laoqu_engines.overlap.judge import judge
from laoqu_engines.overlap.prepare import prepare

PLACES = ["柳湾村", "柳湾村委会", "上柳湾", "桃园村", "桃园村、柳湾村", "", "😀"]
TOWNSHIPS = ["", "青石镇", "白河乡"]
NAMES = [
    "安装路灯43盏",
    "柳湾村亮化工程",
    "道路硬化1.2公里",
    "道路硬化二期",
    "二、三组道路续建剩余800米",
    "东沟至西岭产业路",
    "安装路灯，合计投资，未分村",
    "3村人居环境整治（路灯43盏、道路1200米）",
    "更换路灯灯头",
    "日间照料中心",
    "康养小院、农副产品交易市场",
    "street lamps",
    "120米×15米大棚一栋",
    "K1+010至K1+860",
]
texts = st.one_of(st.sampled_from(NAMES), st.text(max_size=30))
works = st.builds(
    Work,
    id=st.text("abcdef", min_size=1, max_size=3),
    county_code=st.sampled_from(["140881", "999999", ""]),
    township=st.sampled_from(TOWNSHIPS),
    village=st.sampled_from(PLACES),
    natural_village=st.sampled_from(["", "一组", "东沟", "二、三组"]),
    name=texts,
    content=texts,
    department=st.sampled_from(["", "市交通局"]),
    year=st.one_of(st.none(), st.integers(2005, 2026)),
    status=st.sampled_from(["", "完成", "计划", "需求"]),
    amount_fen=st.one_of(st.none(), st.integers(0, 10**9)),
    joint_amount_fen=st.one_of(st.none(), st.integers(0, 10**9)),
    line=st.sampled_from(["", "一", "二"]),
)
lists = st.lists(works, max_size=8, unique_by=lambda work: work.id)
HOPELESS = [
    Work(
        id="a",
        county_code="140881",
        village="柳湾村",
        natural_village="一组",
        name="安装路灯43盏",
        content="道路硬化二期",
        year=2005,
    ),
    Work(
        id="c",
        county_code="140881",
        village="柳湾村",
        name="二、三组道路续建剩余800米",
        content="柳湾村亮化工程",
        year=2008,
    ),
]
"""A pair against which so much speaks that its score is nought."""


@settings(max_examples=200, deadline=None)
@given(works, works)
def test_both_orders_give_the_same_answer(a: Work, b: Work) -> None:
    b = replace(b, id=b.id + "z")
    assert compare(a, b) == compare(b, a)


@settings(max_examples=100, deadline=None)
@given(lists, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[Work], random: object) -> None:
    shuffled = [*rows]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert find_overlaps(shuffled) == find_overlaps(rows)


@settings(max_examples=100, deadline=None)
@given(lists)
def test_a_work_in_another_county_changes_no_pair(rows: list[Work]) -> None:
    stranger = Work(id="zzzz", county_code="350821", village="远山村", name="安装路灯43盏")
    assert find_overlaps([*rows, stranger]).pairs == find_overlaps(rows).pairs


@settings(max_examples=200, deadline=None)
@given(works, works)
def test_pairs_that_are_not_comparable_are_judged_to_be_nothing(a: Work, b: Work) -> None:
    first, second = prepare(a), prepare(b)
    found = judge(first, second)
    assert 0 <= found.score <= 1
    if not comparable(first, second):
        assert found.level == "none"
    if found.level in ("high", "medium"):
        assert found.relation in ("duplicate", "part_of", "cannot_tell")


@settings(max_examples=50, deadline=None)
@given(lists)
@example(HOPELESS)
def test_all_pairs_found_are_those_of_comparing_each_with_each(rows: list[Work]) -> None:
    found = {(pair.a, pair.b): pair for pair in find_overlaps(rows).pairs}
    for at, first in enumerate(rows):
        for second in rows[at + 1 :]:
            pair = compare(first, second)
            blocked = _share_a_block(first, second)
            assert found.get((pair.a, pair.b)) == (
                pair if blocked and pair.level != "none" else None
            )


@settings(max_examples=50, deadline=None)
@given(lists, works)
def test_the_index_finds_what_the_whole_comparison_finds(rows: list[Work], typed: Work) -> None:
    typed = replace(typed, id="typed")
    near = set(Index(rows).near(typed, limit=100))
    whole = {p for p in find_overlaps([*rows, typed]).pairs if "typed" in (p.a, p.b)}
    assert near == whole


@pytest.mark.parametrize("rows", [[], [Work(id="1")], [Work(id="1"), Work(id="2")]])
def test_nothing_to_compare_is_an_empty_answer(rows: list[Work]) -> None:
    assert find_overlaps(rows).pairs == ()


def _share_a_block(first: Work, second: Work) -> bool:
    a, b = prepare(first), prepare(second)
    return a.home == b.home or a.home in b.visits or b.home in a.visits
