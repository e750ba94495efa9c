"""What arrays say of a pair is what ``judge`` says of it, or leaves it open."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laoqu_engines.overlap import Work
from laoqu_engines.overlap.bounds import Side, bounds
from laoqu_engines.overlap.candidates import comparable
from laoqu_engines.overlap.columns import Columns
from laoqu_engines.overlap.judge import MEDIUM, judge, likelihood, weights_of
from laoqu_engines.overlap.numbers import Keys
from laoqu_engines.overlap.prepare import Prepared, prepare
from laoqu_engines.overlap.scoring import scored
from laoqu_engines.overlap.sweep import sweep

SHARED = Path(__file__).resolve().parents[4] / "shared" / "overlap-dev" / "rows.jsonl"
STARTS = ("", "一组", "二、三组", "东沟", "南街", "大龙塘至细石桥", "公墓", "村部", "12个老区村")
KINDS = ("道路硬化", "通组路", "巷道排水", "排水道盖板", "安装路灯", "水塘", "人居环境整治")
ENDS = ("", "二期", "剩余工程", "维修", "更换", "设备", "等", "附属设施", "(K1+010至K1+860)")
SIZES = ("", "1200米", "1.2公里", "1210米", "余1.2公里", "宽4.5米", "43盏", "5400平方米", "一座")
TOLD = st.builds("".join, st.tuples(*map(st.sampled_from, (STARTS, KINDS, ENDS, SIZES))))

WORKS = st.lists(
    st.builds(
        Work,
        id=st.just(""),
        county_code=st.just("140881"),
        township=st.sampled_from(["河东镇", ""]),
        village=st.sampled_from(["柳湾村", "柳湾", "柳湾村、桃园村", ""]),
        natural_village=st.sampled_from(["", "东沟", "上湾屯", "二组"]),
        name=TOLD,
        content=st.one_of(TOLD, st.builds("，".join, st.tuples(TOLD, TOLD))),
        year=st.sampled_from([None, 2019, 2022, 2023, 2024]),
        status=st.sampled_from(["", "需求", "完成"]),
        amount_fen=st.sampled_from([None, 48_000_000]),
        joint_amount_fen=st.sampled_from([None, 100_000_000]),
    ),
    min_size=2,
    max_size=12,
)


def odds(a: Prepared, b: Prepared) -> float | None:
    """The log-odds that ``judge`` adds up; none where it sees no pair, or a score of nought."""
    found = judge(a, b)
    if found.level == "none":
        return None
    return weights_of()["start"] + sum(item.weight for item in found.evidence)


def check(works: list[Prepared]) -> None:
    pairs = [pair for pair in combinations(range(len(works)), 2) if pair[0] != pair[1]]
    met = [(a, b) for a, b in pairs if comparable(works[a], works[b])]
    if not met:
        return
    columns = Columns(works)
    first, second = np.array(met).T
    every = columns.part().columns
    found = bounds(Side(Keys(*every), first), Side(Keys(*every), second), weights_of())
    kept = dict(zip(found.kept.tolist(), zip(found.least, found.most, strict=True), strict=True))
    for place, (a, b) in enumerate(met):
        low, high = kept.get(place, (-np.inf, -np.inf))
        told = odds(works[a], works[b])
        words = (works[a].text, works[b].text, low, told, high)
        if told is None:
            assert likelihood(low) == 0, words
        else:
            assert low - 1e-9 <= told <= high + 1e-9, words


@settings(max_examples=300, deadline=None)
@given(WORKS)
def test_the_truth_lies_between_the_bounds(works: list[Work]) -> None:
    check([prepare(work) for work in works])


def real_rows() -> Iterator[Work]:
    for line in SHARED.read_text("utf-8").splitlines():
        yield Work.from_json(json.loads(line))


@pytest.mark.skipif(not SHARED.exists(), reason="the labelled set is not beside the project")
def test_the_truth_lies_between_the_bounds_on_real_works() -> None:
    works = [prepare(work) for work in real_rows()]
    counties = {work.county for work in works}
    for county in counties:
        check([work for work in works if work.county == county])


@settings(deadline=None)
@given(WORKS)
def test_scores_on_arrays_are_those_of_the_judge(works: list[Work]) -> None:
    prepared = [prepare(replace(work, id=f"{n:02}")) for n, work in enumerate(works)]
    columns = Columns(prepared)
    found = scored(columns, sweep(columns), "medium")
    told = {
        (first, second): judge(prepared[first], prepared[second]).score
        for chunk in sweep(columns)
        for first, second in chunk.in_order()
    }
    shown = {pair: score for pair, score in told.items() if score >= MEDIUM}
    assert {(first, second): score for first, second, score in found.pairs()} == shown


def test_most_pairs_are_settled_without_looking_at_texts() -> None:
    works = [
        prepare(
            Work(
                id=str(number),
                county_code="140881",
                village="柳湾村",
                name=f"{number % 7 + 1}组{kind}",
                content=f"{kind}{300 + 37 * number}米",
                year=2015 + number % 9,
            )
        )
        for number, kind in enumerate(["道路硬化", "排水沟"] * 30)
    ]
    columns = Columns(works)
    (chunk,) = sweep(columns)
    found = bounds(chunk.a, chunk.b, weights_of())
    assert np.mean(found.least == found.most) > 0.9
