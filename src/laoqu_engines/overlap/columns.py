"""Prepared works as columns of whole numbers, so that a million pairs are compared at once."""

import copyreg
import os
import pickle
import weakref
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, Self, overload

import numpy as np
from numpy.typing import NDArray

from laoqu_engines.overlap.numbers import Keys, numbers
from laoqu_engines.overlap.places import Where
from laoqu_engines.overlap.prepare import Prepared
from laoqu_engines.overlap.scales import Scale
from laoqu_engines.overlap.spots import Inside

Numbers = NDArray[np.int64]
HOME = Keys._fields.index("home")


def _parts(kind: type, fields: Callable[[Any], Any], value: object) -> tuple[type, Any]:
    return kind, fields(value)


@dataclass(frozen=True, slots=True)
class Columns:
    """Prepared works and their numbers.

    ``table`` has a row for each work and the columns of ``Keys``, ``home`` is one of them by
    itself. Row ``visitor[n]`` is also looked for under the key ``places[visited[n]]``
    (``Prepared.visits``); ``places`` are sorted and all different.
    """

    works: Sequence[Prepared]
    table: Numbers
    home: Numbers
    visitor: Numbers
    visited: Numbers
    places: Numbers

    @classmethod
    def of(cls, works: Sequence[Prepared]) -> Self:
        """The columns of works that are in memory."""
        table = np.array([numbers(work) for work in works], np.int64)
        table = table.reshape(len(works), len(Keys._fields))
        counts = np.fromiter((len(work.visits) for work in works), np.int64, len(works))
        visited = np.fromiter((key for work in works for key in work.visits), np.int64)
        places, codes = np.unique(visited, return_inverse=True)
        visitor = np.repeat(np.arange(len(works)), counts)
        return cls(works, table, table[:, HOME].copy(), visitor, codes, places)

    def keys(self, rows: Numbers) -> Keys:
        """The columns of these rows."""
        return Keys(*np.ascontiguousarray(self.table[rows].T))

    def __len__(self) -> int:
        return len(self.home)

    def save(self, folder: Path) -> None:
        """Keeps the columns in a folder, beside the works that ``store`` put there."""
        for name in ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The columns of a folder, read from the disk where they are used."""
        arrays = [np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS]
        return cls(Spool(folder), *arrays)


for _kind in (Prepared, Where, Inside, Scale):  # half the time of the way that dataclasses pickle
    copyreg.pickle(_kind, partial(_parts, _kind, attrgetter(*_kind.__slots__)))

ARRAYS = ("table", "home", "visitor", "visited", "places")


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
    table = np.concatenate([np.zeros((0, len(Keys._fields)), np.int64), *(p.table for p in parts)])
    starts = np.cumsum([0, *map(len, parts)])
    visitor = _joined([part.visitor + start for part, start in zip(parts, starts, strict=False)])
    codes = np.cumsum([0, *(len(part.places) for part in parts)])
    visited = _joined([part.visited + code for part, code in zip(parts, codes, strict=False)])
    places, merged = np.unique(_joined([part.places for part in parts]), return_inverse=True)
    return Columns(works, table, table[:, HOME].copy(), visitor, merged[visited], places)


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
