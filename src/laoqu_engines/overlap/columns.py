"""Prepared works as columns of whole numbers, so that a million pairs are compared at once.

``Columns`` are in memory. ``store`` puts more works than memory holds into a folder, dealt out by
their villages into parts that are read one by one: ``StoredColumns``.
"""

import copyreg
import os
import pickle
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO, Protocol, Self, overload

import numpy as np
from numpy.typing import NDArray

from laoqu_engines.overlap.numbers import Keys, numbers
from laoqu_engines.overlap.places import Where
from laoqu_engines.overlap.prepare import Prepared
from laoqu_engines.overlap.scales import Scale
from laoqu_engines.overlap.spots import Inside

Numbers = NDArray[np.int64]
WIDTH = len(Keys._fields)
HOME = Keys._fields.index("home")

PARTS = 16
"""Into how many parts the villages of a folder are dealt."""


def _fields_of(kind: type, fields: Callable[[Any], Any], value: object) -> tuple[type, Any]:
    return kind, fields(value)


for _kind in (Prepared, Where, Inside, Scale):  # half the time of the way that dataclasses pickle
    copyreg.pickle(_kind, partial(_fields_of, _kind, attrgetter(*_kind.__slots__)))


@dataclass(frozen=True, slots=True)
class Part:
    """The works of some villages: ``columns`` are those of ``Keys``, shape (WIDTH, works).

    ``rows`` are their numbers in the whole. Work ``visitor[n]``, of this or any other part, is also
    looked for under the key ``places[visited[n]]``; ``places`` are sorted and all different.
    """

    rows: Numbers
    columns: Numbers
    places: Numbers
    visited: Numbers
    visitor: Numbers


class Works(Protocol):
    """What the back ends need of many prepared works, wherever they are kept."""

    @property
    def works(self) -> Sequence[Prepared]: ...
    @property
    def parts(self) -> int: ...
    def part(self, number: int) -> Part: ...
    def keys(self, rows: Numbers) -> Keys: ...


class Columns:
    """Works in memory, in one part."""

    parts = 1

    def __init__(self, works: Sequence[Prepared]) -> None:
        self.works = works
        columns = np.ascontiguousarray(_table(works).T)
        visitor, keys = _visits(works)
        places, visited = np.unique(keys, return_inverse=True)
        self._part = Part(np.arange(len(works)), columns, places, visited, visitor)

    def part(self, number: int = 0) -> Part:
        """All works."""
        return self._part

    def keys(self, rows: Numbers) -> Keys:
        """The columns of these rows."""
        return Keys(*self._part.columns[:, rows])


class StoredColumns:
    """Works in a folder that ``store`` has filled."""

    parts = PARTS

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.works = Spool(folder)
        self._offsets: Numbers = np.load(folder / "offsets.npy", mmap_mode="r")
        self._maps: dict[int, Numbers] = {}

    def part(self, number: int) -> Part:
        """One part, read into memory."""
        read = [_read(self._folder, name, number) for name in ("rows", "columns", *_VISITS)]
        return Part(read[0], read[1].reshape(WIDTH, -1), *read[2:])

    def _kept(self, number: int) -> Numbers:
        """The columns of a part, left on the disk."""
        if number not in self._maps:
            path = self._folder / f"columns-{number}"
            self._maps[number] = np.memmap(path, np.int64, "r").reshape(WIDTH, -1)
        return self._maps[number]

    def keys(self, rows: Numbers) -> Keys:
        """The columns of these rows, wherever they lie."""
        offsets = self._offsets[rows]
        columns = np.empty((WIDTH, len(rows)), np.int64)
        for number in np.unique(offsets % PARTS).tolist():
            here = np.flatnonzero(offsets % PARTS == number)
            columns[:, here] = self._kept(number)[:, offsets[here] // PARTS]
        return Keys(*columns)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some prepared works on their way into a folder; ``visitor`` counts from 0 in each batch."""

    packed: bytes
    sizes: Numbers
    table: Numbers
    visitor: Numbers
    visited: Numbers

    @classmethod
    def of(cls, works: Sequence[Prepared]) -> Self:
        packed = [pickle.dumps(work, pickle.HIGHEST_PROTOCOL) for work in works]
        sizes = np.fromiter(map(len, packed), np.int64, len(packed))
        return cls(b"".join(packed), sizes, _table(works), *_visits(works))


def store(batches: Iterable[Batch], folder: Path) -> None:
    """Puts works into an empty folder, a batch at a time, in their order."""
    names = [f"{name}-{number}" for name in ("rows", "table", "keys", "visitor") for number in _ALL]
    files = {name: (folder / name).open("wb") for name in (*names, Spool.WORKS)}
    sizes = [np.zeros(1, np.int64)]
    row = 0
    try:
        for batch in batches:
            files[Spool.WORKS].write(batch.packed)
            sizes.append(batch.sizes)
            home = batch.table[:, HOME]
            _deal(files, home, {"rows": np.arange(row, row + len(home)), "table": batch.table})
            visits = {"keys": batch.visited, "visitor": batch.visitor + row}
            _deal(files, batch.visited, visits)
            row += len(home)
    finally:
        for file in files.values():
            file.close()
    np.save(folder / Spool.ENDS, np.cumsum(np.concatenate(sizes)))
    np.save(folder / "offsets.npy", _offsets(folder, row))
    for number in _ALL:
        table = _read(folder, "table", number).reshape(-1, WIDTH)
        np.ascontiguousarray(table.T).tofile(folder / f"columns-{number}")
        (folder / f"table-{number}").unlink()
        places, visited = np.unique(_read(folder, "keys", number), return_inverse=True)
        places.tofile(folder / f"places-{number}")
        visited.tofile(folder / f"visited-{number}")
        (folder / f"keys-{number}").unlink()


_ALL = range(PARTS)
_VISITS = ("places", "visited", "visitor")


def _deal(files: Mapping[str, BinaryIO], key: Numbers, arrays: dict[str, Numbers]) -> None:
    """Appends the rows of arrays to the files of the parts to which their keys fall."""
    part = key // ((1 << 63) // PARTS + 1)
    order = np.argsort(part, kind="stable")
    ends = np.searchsorted(part[order], np.arange(PARTS + 1))
    for name, array in arrays.items():
        dealt = array[order]
        for number in _ALL:
            files[f"{name}-{number}"].write(dealt[ends[number] : ends[number + 1]].tobytes())


def _offsets(folder: Path, count: int) -> Numbers:
    """For each row, its position in its part times PARTS, plus the part."""
    offsets = np.zeros(count, np.int64)
    for number in _ALL:
        rows = _read(folder, "rows", number)
        offsets[rows] = np.arange(len(rows)) * PARTS + number
    return offsets


def _read(folder: Path, name: str, number: int) -> Numbers:
    return np.fromfile(folder / f"{name}-{number}", np.int64)


def _table(works: Sequence[Prepared]) -> Numbers:
    table = np.array([numbers(work) for work in works], np.int64)
    return table.reshape(len(works), WIDTH)


def _visits(works: Sequence[Prepared]) -> tuple[Numbers, Numbers]:
    """Positions of works and the keys that they visit."""
    counts = np.fromiter((len(work.visits) for work in works), np.int64, len(works))
    visited = np.fromiter((key for work in works for key in work.visits), np.int64)
    return np.repeat(np.arange(len(works)), counts), visited


class Spool(Sequence[Prepared]):
    """Prepared works in a file, read one by one when asked for."""

    WORKS, ENDS = "works", "ends.npy"

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
        os.lseek(self._file, begin, os.SEEK_SET)
        work: Prepared = pickle.loads(os.read(self._file, end - begin))
        return work
