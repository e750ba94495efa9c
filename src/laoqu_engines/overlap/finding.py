"""Pairs, groups and notes from a list of works, all in memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from laoqu_engines.overlap.columns import Columns
from laoqu_engines.overlap.judge import Evidence, Level, Relation, judge
from laoqu_engines.overlap.prepare import LONGEST, Prepared, prepare
from laoqu_engines.overlap.sweep import NEIGHBOURS, crowded, sweep
from laoqu_engines.overlap.wording import sentence
from laoqu_engines.overlap.works import Work


@dataclass(frozen=True, slots=True)
class Pair:
    """Two works by their ids; in ``part_of`` ``a`` is the part, else ``a`` sorts before ``b``."""

    a: str
    b: str
    score: float
    level: Level
    relation: Relation
    reason: str
    evidence: tuple[Evidence, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As the command writes it."""
        names = ("a", "b", "score", "level", "relation", "reason")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Overlaps:
    """``pairs`` of level low and above, likeliest first; ``groups`` of works that are tied by
    pairs of level medium and above; ``notes``: Chinese sentences on what was bounded or cut."""

    pairs: tuple[Pair, ...]
    groups: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def compare(a: Work, b: Work) -> Pair:
    """What two works are to each other, also where that is nothing."""
    return pair_of(prepare(a), prepare(b))


def find_overlaps(works: Iterable[Work]) -> Overlaps:
    """All pairs among the works that are not of level none."""
    prepared = sorted(map(prepare, works), key=lambda item: item.id)
    columns = Columns.of(prepared)
    pairs = {
        (first, second): pair_of(prepared[first], prepared[second])
        for chunk in sweep(columns)
        for first, second in chunk.in_order()
    }
    kept = tuple(sorted((pair for pair in pairs.values() if pair.level != "none"), key=best_first))
    return Overlaps(kept, groups(kept), _notes(columns))


def pair_of(a: Prepared, b: Prepared) -> Pair:
    """Judges two prepared works and puts them in their order, with the sentence if shown."""
    if a.id > b.id:
        a, b = b, a
    found = judge(a, b)
    if found.part == "b":
        a, b = b, a
        found = judge(a, b)
    reason = "" if found.level == "none" else sentence(found)
    return Pair(a.id, b.id, found.score, found.level, found.relation, reason, found.evidence)


def groups(pairs: Iterable[Pair]) -> tuple[tuple[str, ...], ...]:
    """Works tied to each other by pairs of level medium and above, each group sorted."""
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for pair in pairs:
        if pair.level in ("high", "medium"):
            first, second = sorted((find(pair.a), find(pair.b)))
            root[second] = first
    gathered: dict[str, list[str]] = {}
    for name in root:
        gathered.setdefault(find(name), []).append(name)
    return tuple(sorted(tuple(sorted(names)) for names in gathered.values()))


def best_first(pair: Pair) -> tuple[float, str, str]:
    """Sorts the likeliest pairs to the front."""
    return -pair.score, pair.a, pair.b


def _notes(columns: Columns) -> tuple[str, ...]:
    notes = []
    if cut := sum(item.cut for item in columns.works):
        notes.append(f"{cut} 行文字太长，只比较了前 {LONGEST} 个字。")
    for row in crowded(columns):
        place = "".join(columns.works[row].villages[:1]) or "没有写明村的地方"
        notes.append(f"{place}的记录太多，每一行只与最相近的 {NEIGHBOURS} 行比较。")
    return tuple(notes)
