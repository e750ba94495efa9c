"""All overlaps among many works on one machine, on all its cores, in bounded memory.

``prepare_all`` reads the works into a folder of columns; ``search`` finds the pairs in it. Both
deal their work out to processes, which get file names and ranges, never the works themselves.
"""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Self, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from laoqu_engines.overlap.columns import Batch, Columns, Numbers, store
from laoqu_engines.overlap.finding import Pair, pair_of
from laoqu_engines.overlap.judge import Level, Relation, judge
from laoqu_engines.overlap.prepare import prepare
from laoqu_engines.overlap.sweep import Candidates, sweep
from laoqu_engines.overlap.works import Work

BATCH = 5000
"""Works prepared at once by one process."""

SHARES = 8
"""Parts for each core into which the villages are dealt, so that the cores finish together."""

LEVELS: tuple[Level, ...] = get_args(Level)
RELATIONS: tuple[Relation, ...] = get_args(Relation)

Progress = Callable[[float], None]
"""Called with the share of the work that is done, from 0 to 1."""

Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Found:
    """Judged pairs of rows, each array of shape (n,). ``first`` is the row whose id sorts first,
    in ``part_of`` the part. ``level`` and ``relation`` are positions in LEVELS and RELATIONS."""

    first: Numbers
    second: Numbers
    score: NDArray[np.float64]
    level: NDArray[np.int8]
    relation: NDArray[np.int8]

    @classmethod
    def of(cls, pairs: Sequence[tuple[int, int, float, int, int]]) -> Self:
        first, second, score, level, relation = zip(*pairs, strict=True) if pairs else [()] * 5
        return cls(
            np.array(first, np.int64),
            np.array(second, np.int64),
            np.array(score, np.float64),
            np.array(level, np.int8),
            np.array(relation, np.int8),
        )

    @classmethod
    def joined(cls, parts: Iterable["Found"]) -> Self:
        """All pairs of several parts, each once, in the order of their rows."""
        every = [cls.of([]), *parts]
        columns = (np.concatenate([getattr(part, name) for part in every]) for name in COLUMNS)
        first, second, score, level, relation = columns
        ends = np.stack([np.minimum(first, second), np.maximum(first, second)])
        _, once = np.unique(ends, axis=1, return_index=True)
        return cls(first[once], second[once], score[once], level[once], relation[once])

    def __len__(self) -> int:
        return len(self.first)

    def pairs(self) -> Iterator[tuple[int, int, float, Level, Relation]]:
        """The pairs one by one: both rows, score, level and relation."""
        columns = (getattr(self, name).tolist() for name in COLUMNS)
        for first, second, score, level, relation in zip(*columns, strict=True):
            yield first, second, score, LEVELS[level], RELATIONS[relation]


COLUMNS = tuple(Found.__slots__)


def prepare_all(works: Iterable[Work], folder: Path, cores: int = 1) -> Columns:
    """Prepares works, in their order, into an empty folder; memory holds the columns only."""
    store(_dealt(_prepared, _batches(works), cores), folder)
    return Columns.load(folder)


def search(
    folder: Path, least: Level = "medium", cores: int = 1, progress: Progress | None = None
) -> Found:
    """All pairs of at least this level among the works of a folder that ``prepare_all`` filled."""
    shares = SHARES * cores
    parts = []
    for part in _dealt(partial(_searched, folder, least, shares), range(shares), cores):
        parts.append(part)
        if progress:
            progress(len(parts) / shares)
    return Found.joined(parts)


def judged(columns: Columns, candidates: Iterable[Candidates], least: Level) -> Found:
    """What is left of the candidates when each pair is judged exactly."""
    lowest = LEVELS.index(least)
    kept = []
    for chunk in candidates:
        rows, places = np.unique(np.stack([chunk.first, chunk.second]), return_inverse=True)
        works = [columns.works[row] for row in rows.tolist()]
        for first, second in places.reshape(2, -1).T.tolist():
            if works[first].id > works[second].id:
                first, second = second, first
            found = judge(works[first], works[second])
            level = LEVELS.index(found.level)
            if level <= lowest:
                if found.part == "b":
                    first, second = second, first
                relation = RELATIONS.index(found.relation)
                kept.append((int(rows[first]), int(rows[second]), found.score, level, relation))
    return Found.of(kept)


def shown(columns: Columns, found: Found) -> Iterator[Pair]:
    """The pairs with their sentences, which are made here and for no other pair."""
    for first, second, *_ in found.pairs():
        yield pair_of(columns.works[first], columns.works[second])


def _prepared(works: Sequence[Work]) -> Batch:
    return Batch.of([prepare(work) for work in works])


def _searched(folder: Path, least: Level, shares: int, share: int) -> Found:
    columns = Columns.load(folder)
    return judged(columns, sweep(columns, share, shares), least)


def _batches(works: Iterable[Work]) -> Iterator[Sequence[Work]]:
    left = iter(works)
    while batch := list(islice(left, BATCH)):
        yield batch


def _dealt(work: Callable[[Given], Made], tasks: Iterable[Given], cores: int) -> Iterator[Made]:
    """The results of the tasks in their order, from this process or from several."""
    if cores == 1:
        yield from map(work, tasks)
        return
    with multiprocessing.get_context("spawn").Pool(cores) as pool:
        yield from pool.imap(work, tasks)
