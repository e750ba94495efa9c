"""Prepared works as columns of whole numbers, so that a million pairs are compared at once."""

import os
import pickle
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self, overload

import numpy as np
from numpy.typing import NDArray

from laoqu_engines.overlap.prepare import Prepared

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Keys:
    """The whole-number columns of some works, each of shape (n,), as in ``Prepared``."""

    line: Numbers
    home: Numbers
    loose: Numbers
    facilities: Numbers
    reach: Numbers
    signature: Numbers
    same: Numbers

    def take(self, rows: Any) -> "Keys":
        """The same columns for these rows (an index array or a slice)."""
        return Keys(*(getattr(self, name)[rows] for name in NAMES))

    def __len__(self) -> int:
        return len(self.home)


NAMES = tuple(Keys.__slots__)


@dataclass(frozen=True, slots=True)
class Columns:
    """Prepared works and their columns: row ``n`` of each array belongs to ``works[n]``.

    Row ``visitor[n]`` is also looked for under the key ``places[visited[n]]``
    (``Prepared.visits``); ``places`` are sorted and all different.
    """

    works: Sequence[Prepared]
    keys: Keys
    visitor: Numbers
    visited: Numbers
    places: Numbers

    @classmethod
    def of(cls, works: Sequence[Prepared]) -> Self:
        """The columns of works that are in memory."""
        table = [[getattr(work, name) for name in NAMES] for work in works]
        numbers = np.array(table, np.int64).reshape(len(works), len(NAMES))
        keys = Keys(*(np.ascontiguousarray(column) for column in numbers.T))
        counts = np.fromiter((len(work.visits) for work in works), np.int64, len(works))
        visited = np.fromiter((key for work in works for key in work.visits), np.int64)
        places, visited = np.unique(visited, return_inverse=True)
        return cls(works, keys, np.repeat(np.arange(len(works)), counts), visited, places)

    def __len__(self) -> int:
        return len(self.keys)

    def save(self, folder: Path) -> None:
        """Keeps the columns in a folder, beside the works that ``spool`` put there."""
        for name in NAMES:
            np.save(folder / f"{name}.npy", getattr(self.keys, name))
        for name in VISITS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The columns of a folder, read from the disk where they are used."""

        def column(name: str) -> Numbers:
            found: Numbers = np.load(folder / f"{name}.npy", mmap_mode="r")
            return found

        return cls(Spool(folder), Keys(*map(column, NAMES)), *map(column, VISITS))


VISITS = ("visitor", "visited", "places")


@dataclass(frozen=True, slots=True)
class Batch:
    """Columns without their works, which are packed one after another into ``packed``."""

    columns: Columns
    packed: bytes
    sizes: Numbers

    @classmethod
    def of(cls, works: Sequence[Prepared]) -> Self:
        packed = [pickle.dumps(work, pickle.HIGHEST_PROTOCOL) for work in works]
        sizes = np.fromiter(map(len, packed), np.int64, len(packed))
        return cls(replace(Columns.of(works), works=()), b"".join(packed), sizes)


def store(batches: Iterable[Batch], folder: Path) -> None:
    """Puts more works than memory holds into an empty folder, for ``Columns.load``."""
    parts, sizes = [], []
    with (folder / Spool.WORKS).open("wb") as file:
        for batch in batches:
            file.write(batch.packed)
            parts.append(batch.columns)
            sizes.append(batch.sizes)
    np.save(folder / Spool.ENDS, np.cumsum(_joined([np.zeros(1, np.int64), *sizes])))
    joined((), parts).save(folder)


def joined(works: Sequence[Prepared], parts: Sequence[Columns]) -> Columns:
    """One table of works whose columns were made batch by batch."""
    keys = Keys(*(_joined([getattr(part.keys, name) for part in parts]) for name in NAMES))
    starts = np.cumsum([0, *(len(part.keys) for part in parts)])
    visitor = _joined([part.visitor + start for part, start in zip(parts, starts, strict=False)])
    codes = np.cumsum([0, *(len(part.places) for part in parts)])
    visited = _joined([part.visited + code for part, code in zip(parts, codes, strict=False)])
    places, merged = np.unique(_joined([part.places for part in parts]), return_inverse=True)
    return Columns(works, keys, visitor, merged[visited], places)


class Spool(Sequence[Prepared]):
    """Prepared works in a file, read one by one when asked for."""

    WORKS, ENDS = "works.bin", "ends.npy"

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / self.WORKS, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        weakref.finalize(self, os.close, self._file)
        self._ends: Numbers = np.load(folder / self.ENDS, mmap_mode="r")

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, row: int) -> Prepared: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Prepared]: ...
    def __getitem__(self, row: int | slice) -> Prepared | Sequence[Prepared]:
        if isinstance(row, slice):
            return [self[at] for at in range(*row.indices(len(self)))]
        begin, end = int(self._ends[row]), int(self._ends[row + 1])
        work: Prepared = pickle.loads(self._read(begin, end - begin))
        return work

    def _read(self, begin: int, size: int) -> bytes:
        os.lseek(self._file, begin, os.SEEK_SET)
        return os.read(self._file, size)


def _joined(parts: list[Numbers]) -> Numbers:
    return np.concatenate([np.zeros(0, np.int64), *parts])
