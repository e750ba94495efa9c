"""All overlaps among many works on one machine, on all its cores, in bounded memory.

``prepare_all`` reads the works into a folder of columns; ``search`` finds the pairs in it. Both
deal their work out to processes, which get file names and numbers of parts, never the works.
"""

import multiprocessing
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from laoqu_engines.overlap.columns import PARTS, Batch, StoredColumns, Works, store
from laoqu_engines.overlap.finding import Pair, pair_of
from laoqu_engines.overlap.judge import Level
from laoqu_engines.overlap.prepare import prepare
from laoqu_engines.overlap.scoring import Found, scored
from laoqu_engines.overlap.sweep import sweep
from laoqu_engines.overlap.works import Work

BATCH = 5000
"""Works prepared at once by one process."""

Progress = Callable[[float], None]
"""Called with the share of the work that is done, from 0 to 1."""

Given = TypeVar("Given")
Made = TypeVar("Made")


def prepare_all(works: Iterable[Work], folder: Path, cores: int = 1) -> StoredColumns:
    """Prepares works, in their order, into an empty folder; memory holds the columns only."""
    store(_in_processes(_prepared, _batches(works), cores), folder)
    return StoredColumns(folder)


def search(
    folder: Path, least: Level = "medium", cores: int = 1, progress: Progress | None = None
) -> Found:
    """All pairs of at least this level among the works of a folder that ``prepare_all`` filled."""
    parts: list[Found] = []
    for part in _in_processes(partial(_searched, folder, least), range(PARTS), cores):
        parts.append(part)
        if progress:
            progress(len(parts) / PARTS)
    return Found.joined(parts)


def shown(columns: Works, found: Found) -> Iterator[Pair]:
    """The pairs with their sentences, which are made here and for no other pair."""
    for first, second, _ in found.pairs():
        yield pair_of(columns.works[first], columns.works[second])


def _prepared(works: Sequence[Work]) -> Batch:
    return Batch.of([prepare(work) for work in works])


def _searched(folder: Path, least: Level, part: int) -> Found:
    works = StoredColumns(folder)
    return scored(works, sweep(works, part), least)


def _batches(works: Iterable[Work]) -> Iterator[Sequence[Work]]:
    left = iter(works)
    while batch := list(islice(left, BATCH)):
        yield batch


def _in_processes(
    work: Callable[[Given], Made], tasks: Iterable[Given], cores: int
) -> Iterator[Made]:
    """The results of the tasks in their order."""
    if cores == 1:
        yield from map(work, tasks)
        return
    method = "fork" if sys.platform == "linux" else "spawn"  # fork starts at once
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*fork", DeprecationWarning)  # array libraries' threads
        pool = multiprocessing.get_context(method).Pool(cores)
    with pool:
        yield from pool.imap(work, tasks)
