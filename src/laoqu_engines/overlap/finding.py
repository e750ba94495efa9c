"""Pairs, groups and notes from a list of works, all in memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from laoqu_engines.overlap.columns import Columns
from laoqu_engines.overlap.evidence import Evidence
from laoqu_engines.overlap.judge import Level, Relation, judge
from laoqu_engines.overlap.prepare import LONGEST, Prepared, prepare
from laoqu_engines.overlap.scoring import scored
from laoqu_engines.overlap.sweep import WINDOW, crowded, sweep
from laoqu_engines.overlap.wording import facility, sentence
from laoqu_engines.overlap.works import Work

ALIKE = 20
"""Equal rows up to which each is compared for itself."""


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
    facility: str = ""
    """What both are, in words: 道路. Empty where they name no common kind."""

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


def find_overlaps(works: Iterable[Work], least: Level = "low") -> Overlaps:
    """All pairs among the works of this level and above.

    More than ``ALIKE`` rows that differ only in their id are compared through the first of them.
    """
    prepared = sorted(map(prepare, works), key=lambda item: item.id)
    kept, copies = _set_apart(prepared)
    columns = Columns(kept)
    found = scored(columns, sweep(columns), least)
    pairs = [pair_of(kept[first], kept[second]) for first, second, _ in found.pairs()]
    pairs += [pair_of(first, copy) for first, copy in copies]
    shown = tuple(sorted((pair for pair in pairs if pair.level != "none"), key=best_first))
    return Overlaps(shown, groups(shown), tuple(_notes(columns, prepared, len(copies))))


def _set_apart(works: list[Prepared]) -> tuple[list[Prepared], list[tuple[Prepared, Prepared]]]:
    """The works to compare, and the copies of a row that is there very often with its first."""
    by_content: dict[int, list[Prepared]] = {}
    for work in works:
        by_content.setdefault(work.same, []).append(work)
    kept, copies = [], []
    for alike in by_content.values():
        first, most = alike[0], ALIKE if len(alike) <= ALIKE else 1
        kept += alike[:most]
        copies += [(first, copy) for copy in alike[most:]]
    return kept, copies


def pair_of(a: Prepared, b: Prepared) -> Pair:
    """Judges two prepared works and puts them in their order, with the sentence if shown."""
    if a.id > b.id:
        a, b = b, a
    found = judge(a, b)
    if found.part == "b":
        a, b = b, a
        found = judge(a, b)
    if found.level == "none":
        return Pair(a.id, b.id, found.score, found.level, found.relation, "", found.evidence)
    said = sentence(found, a, b)
    kind = facility(a, b)
    return Pair(a.id, b.id, found.score, found.level, found.relation, said, found.evidence, kind)


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


def _notes(columns: Columns, works: list[Prepared], copies: int) -> Iterator[str]:
    if cut := sum(work.cut for work in works):
        yield f"{cut} 行文字太长，只比较了前 {LONGEST} 个字。"
    if copies:
        yield f"有 {copies} 行与前面的行完全相同，只与最前面的一行配对。"
    for row, count in crowded(columns).items():
        where = columns.works[row].where[0]
        place = where.name or columns.works[row].county
        yield f"“{place}”有 {count} 项，只比较了内容最接近的，每项与 {WINDOW} 项比较。"
