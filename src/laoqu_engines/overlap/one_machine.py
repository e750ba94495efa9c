"""All overlaps among many works on one machine, on all its cores, in bounded memory.

``prepare_all`` reads the works into a folder of columns, dealt out to processes; ``search`` finds
the pairs in it, dealt out to threads.
"""

import math
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Self, TypeVar

import numpy as np

from laoqu_engines.overlap.bounds import Floats, bounds
from laoqu_engines.overlap.columns import PARTS, Batch, Numbers, StoredColumns, Works, store
from laoqu_engines.overlap.finding import Pair, pair_of
from laoqu_engines.overlap.judge import HIGH, MEDIUM, Level, judge, likelihood, weights_of
from laoqu_engines.overlap.prepare import Prepared, prepare
from laoqu_engines.overlap.sweep import Candidates, sweep
from laoqu_engines.overlap.works import Work

BATCH = 5000
"""Works prepared at once by one process."""

THRESHOLDS: dict[Level, float] = {"high": HIGH, "medium": MEDIUM, "low": 0.0}

Progress = Callable[[float], None]
"""Called with the share of the work that is done, from 0 to 1."""

Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of rows with their scores, each array of shape (n,)."""

    first: Numbers
    second: Numbers
    score: Floats

    @classmethod
    def joined(cls, parts: Iterable["Found"]) -> Self:
        """All pairs of several parts, each once, in the order of their rows."""
        nothing = np.zeros(0, np.int64)
        every: list[Found] = [Found(nothing, nothing, np.zeros(0)), *parts]
        first = np.concatenate([np.minimum(part.first, part.second) for part in every])
        second = np.concatenate([np.maximum(part.first, part.second) for part in every])
        score = np.concatenate([part.score for part in every])
        order = np.lexsort((second, first))
        first, second, score = first[order], second[order], score[order]
        new = (np.diff(first, prepend=-1) != 0) | (np.diff(second, prepend=-1) != 0)
        return cls(first[new], second[new], score[new])

    def __len__(self) -> int:
        return len(self.first)

    def pairs(self) -> Iterator[tuple[int, int, float]]:
        """The pairs one by one: both rows, the smaller first, and the score."""
        columns = (self.first.tolist(), self.second.tolist(), self.score.tolist())
        return zip(*columns, strict=True)


def prepare_all(works: Iterable[Work], folder: Path, cores: int = 1) -> StoredColumns:
    """Prepares works, in their order, into an empty folder; memory holds the columns only."""
    store(_in_processes(_prepared, _batches(works), cores), folder)
    return StoredColumns(folder)


def search(
    folder: Path, least: Level = "medium", cores: int = 1, progress: Progress | None = None
) -> Found:
    """All pairs of at least this level among the works of a folder that ``prepare_all`` filled."""
    parts: list[Found] = []
    with ThreadPoolExecutor(cores) as threads:  # arrays are compared outside of Python
        for part in threads.map(partial(_searched, folder, least), range(PARTS)):
            parts.append(part)
            if progress:
                progress(len(parts) / PARTS)
    return Found.joined(parts)


def scored(columns: Works, candidates: Iterable[Candidates], least: Level) -> Found:
    """The candidates of at least this level; ``judge`` scores those that arrays do not settle."""
    wanted, parts = THRESHOLDS[least], []
    fewest = math.log(wanted / (1 - wanted)) - 0.001 if wanted else -math.inf
    for chunk in candidates:
        low, high = bounds(chunk.a, chunk.b, weights_of())
        hope = np.flatnonzero(high > fewest)
        first, second, low, high = chunk.first[hope], chunk.second[hope], low[hope], high[hope]
        scores = likelihoods(high)
        unsure = ~(high - low < 1e-9)
        scores[unsure] = _judged(columns, first[unsure], second[unsure])
        kept = scores >= max(wanted, 1e-9)
        parts.append(Found(first[kept], second[kept], scores[kept]))
    return Found.joined(parts)


def likelihoods(odds: Floats) -> Floats:
    """``likelihood`` of many log-odds, of which few are different."""
    different, places = np.unique(np.round(odds, 6), return_inverse=True)
    scores = np.array([likelihood(value) for value in different.tolist()], np.float64)
    return scores[places]


def _judged(columns: Works, first: Numbers, second: Numbers) -> list[float]:
    rows, places = np.unique(np.stack([first, second]), return_inverse=True)
    works = [columns.works[row] for row in rows.tolist()]
    pairs = [(works[a], works[b]) for a, b in places.reshape(2, -1).T.tolist()]
    return [judge(*sorted(pair, key=_identity)).score for pair in pairs]


def shown(columns: Works, found: Found) -> Iterator[Pair]:
    """The pairs with their sentences, which are made here and for no other pair."""
    for first, second, _ in found.pairs():
        yield pair_of(columns.works[first], columns.works[second])


def _identity(work: Prepared) -> str:
    return work.id


def _prepared(works: Sequence[Work]) -> Batch:
    return Batch.of([prepare(work) for work in works])


def _searched(folder: Path, least: Level, part: int) -> Found:
    columns = StoredColumns(folder)
    return scored(columns, sweep(columns, part), least)


def _batches(works: Iterable[Work]) -> Iterator[Sequence[Work]]:
    left = iter(works)
    while batch := list(islice(left, BATCH)):
        yield batch


def _in_processes(
    work: Callable[[Given], Made], tasks: Iterable[Given], cores: int
) -> Iterator[Made]:
    """The results of the tasks in their order; threads would not share work in Python."""
    if cores == 1:
        yield from map(work, tasks)
        return
    with multiprocessing.get_context("spawn").Pool(cores) as pool:
        yield from pool.imap(work, tasks)
