"""Every back end finds the same pairs with the same scores as comparing each with each."""

import random
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laoqu_engines.overlap import Index, Work, find_overlaps, one_machine, sweep
from laoqu_engines.overlap.candidates import comparable
from laoqu_engines.overlap.columns import Columns, Works
from laoqu_engines.overlap.prepare import Prepared, prepare

VILLAGES = ("柳湾村", "桃园村", "柳湾村、桃园村", "桃园村、柳湾村、石沟村", "石沟村", "")
TOWNSHIPS = ("河东镇", "河西乡", "")
NAMES = (
    "安装路灯43盏",
    "路灯亮化43盏",
    "硬化道路1200米",
    "道路硬化1.2公里",
    "人居环境整治",
    "种植苹果",
)

WORKS = st.lists(
    st.builds(
        Work,
        id=st.just(""),
        county_code=st.sampled_from(["140881", "130126"]),
        township=st.sampled_from(TOWNSHIPS),
        village=st.sampled_from(VILLAGES),
        name=st.sampled_from(NAMES),
        line=st.sampled_from(["", "甲", "乙"]),
    ),
    max_size=20,
)


def numbered(works: list[Work]) -> list[Work]:
    """The same works with ids of their own, in another order than their ids."""
    known = [replace(work, id=f"{number:03}") for number, work in enumerate(works)]
    random.Random(1).shuffle(known)
    return known


def share_a_block(a: Prepared, b: Prepared) -> bool:
    return a.home == b.home or a.home in b.visits or b.home in a.visits


def worth_judging(works: list[Prepared]) -> set[frozenset[str]]:
    """The definition: each with each."""
    return {
        frozenset((a.id, b.id))
        for a, b in combinations(works, 2)
        if share_a_block(a, b) and comparable(a, b)
    }


def swept(columns: Works) -> list[frozenset[str]]:
    return [
        frozenset((columns.works[first].id, columns.works[second].id))
        for part in range(columns.parts)
        for chunk in sweep.sweep(columns, part)
        for first, second in chunk.in_order()
    ]


@settings(deadline=None)
@given(WORKS)
def test_the_sweep_finds_what_comparing_each_with_each_finds(works: list[Work]) -> None:
    prepared = [prepare(work) for work in numbered(works)]
    columns = Columns(prepared)
    assert set(swept(columns)) == worth_judging(prepared)


@settings(deadline=None)
@given(WORKS)
def test_small_chunks_change_nothing(works: list[Work]) -> None:
    columns = Columns([prepare(work) for work in numbered(works)])
    whole = set(swept(columns))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep, "CHUNK", 3)
        assert set(swept(columns)) == whole


def some_works(count: int) -> list[Work]:
    chance = random.Random(7)
    return [
        Work(
            id=f"{number:05}",
            county_code="140881",
            township=chance.choice(TOWNSHIPS),
            village=chance.choice(VILLAGES),
            name=chance.choice(NAMES),
            year=chance.choice([2023, 2024, None]),
        )
        for number in range(count)
    ]


def test_works_kept_in_a_folder_give_the_pairs_of_works_in_memory(tmp_path: Path) -> None:
    works = some_works(200)
    columns = one_machine.prepare_all(iter(works), tmp_path)
    found = one_machine.search(tmp_path, least="low")
    stored = {
        (columns.works[first].id, columns.works[second].id, score)
        for first, second, score in found.pairs()
    }
    pairs = find_overlaps(works).pairs
    assert len(pairs) > 100
    assert stored == {(*sorted((pair.a, pair.b)), pair.score) for pair in pairs}
    assert len(found) == len(pairs)


def test_several_processes_find_what_one_finds(tmp_path: Path) -> None:
    one_machine.prepare_all(iter(some_works(60)), tmp_path, cores=2)
    done: list[float] = []
    alone = one_machine.search(tmp_path)
    together = one_machine.search(tmp_path, cores=2, progress=done.append)
    assert len(alone) > 10
    assert {*alone.pairs()} == {*together.pairs()}
    assert done[-1] == 1


def test_no_works_give_no_pairs(tmp_path: Path) -> None:
    one_machine.prepare_all([], tmp_path)
    assert len(one_machine.search(tmp_path)) == 0
    assert find_overlaps([]).pairs == ()


def test_a_crowded_village_is_bounded_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "LARGEST", 50)
    monkeypatch.setattr(sweep, "WINDOW", 20)
    crowd = [
        Work(id=f"{number:04}", county_code="140881", village="柳湾村", name=f"{name}{number}号")
        for number, name in enumerate(["硬化道路", "安装路灯"] * 100)
    ]
    columns = Columns([prepare(work) for work in crowd])
    assert len(swept(columns)) <= 20 * len(crowd)
    assert any("柳湾" in note for note in find_overlaps(crowd).notes)


@settings(deadline=None)
@given(WORKS, st.integers(0, 19))
def test_the_index_finds_the_pairs_of_one_work(works: list[Work], which: int) -> None:
    known = numbered(works)
    if which >= len(known):
        return
    own = known[which]
    every = {(p.a, p.b, p.score) for p in find_overlaps(known).pairs if own.id in (p.a, p.b)}
    found = Index(known).near(own, limit=100)
    assert {(pair.a, pair.b, pair.score) for pair in found} == every
    assert [pair.score for pair in found] == sorted((p.score for p in found), reverse=True)
