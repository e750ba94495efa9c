"""Which pairs of many works are worth judging, found on the columns of whole numbers.

Works are put in the order of their homes; then each is compared with its neighbour, with the next
but one and so on, all works at once, as long as the homes are the same. The work grows with the
pairs that share a village, and nothing is kept but what passes ``comparable``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from laoqu_engines.overlap.candidates import comparable
from laoqu_engines.overlap.columns import HOME, Columns, Numbers, Part, Works, keys_of
from laoqu_engines.overlap.numbers import Keys

LARGEST = 1500
"""Works of one village up to which each is compared with each."""

WINDOW = 100
"""In a larger village each work is compared with so many that are most like it."""

CHUNK = 1 << 15
"""Rows swept at once, and pairs handed out at once; bounds the memory."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs: the rows of both works, each of shape (n,), and their columns."""

    first: Numbers
    second: Numbers
    a: Keys
    b: Keys

    def in_order(self) -> list[tuple[int, int]]:
        """The pairs with the smaller row first."""
        smaller, larger = np.minimum(self.first, self.second), np.maximum(self.first, self.second)
        return list(zip(smaller.tolist(), larger.tolist(), strict=True))


class Brief(NamedTuple):
    """The columns that ``comparable`` looks at."""

    line: Numbers
    loose: Numbers
    facilities: Numbers
    reach: Numbers
    signature: Numbers

    @classmethod
    def of(cls, keys: Keys, rows: Numbers) -> Self:
        return cls(*(getattr(keys, name)[rows] for name in cls._fields))


def sweep(works: Works, number: int = 0) -> Iterator[Candidates]:
    """The pairs of each block of one part, a chunk at a time.

    The order of the rows does not matter for what is found. Two works that visit each other's homes
    come twice, all other pairs once.
    """
    part = works.part(number)
    order = np.argsort(part.table[:, HOME])
    home, rows = part.table[order, HOME], part.rows[order]
    begin = 0
    while begin < len(home):
        end = _end_of_block(home, begin + CHUNK)
        keys, chunk = keys_of(part.table[order[begin:end]]), rows[begin:end]
        for first, second in _gathered(_within(keys)):
            yield Candidates(chunk[first], chunk[second], keys.take(first), keys.take(second))
        begin = end
    yield from _visits(works, part, rows, home)


def crowded(columns: Columns) -> dict[int, int]:
    """One row of each village that is too large for comparing each with each, and its works."""
    _, first, counts = np.unique(columns.table[:, HOME], return_index=True, return_counts=True)
    many = counts > LARGEST
    return dict(zip(first[many].tolist(), counts[many].tolist(), strict=True))


def _end_of_block(home: Numbers, end: int) -> int:
    """The first position from ``end`` on where another home begins."""
    if end >= len(home):
        return len(home)
    return int(np.searchsorted(home, home[end - 1], side="right"))


def _within(keys: Keys) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of positions with the same home; ``keys`` are in the order of their homes."""
    begins = np.flatnonzero(np.diff(keys.home, prepend=-1))
    counts = np.diff(begins, append=len(keys.home))
    live = np.arange(len(keys.home))
    order = live.copy()
    large = counts > LARGEST
    for begin, count in zip(begins[large], counts[large], strict=True):
        block = slice(begin, begin + count)
        ranks = (
            keys.identity[block],
            keys.same[block],
            keys.signature[block],
            keys.facilities[block],
        )
        order[block] = begin + np.lexsort(ranks)
    windows = np.repeat(np.where(large, WINDOW, LARGEST), counts)
    ends = np.repeat(begins + counts, counts)
    for distance in range(1, LARGEST + 1):
        live = live[(live + distance < ends[live]) & (distance <= windows[live])]
        if not len(live):
            return
        yield _worth(keys, order[live], keys, order[live + distance])


def _gathered(pieces: Iterator[tuple[Numbers, Numbers]]) -> Iterator[tuple[Numbers, Numbers]]:
    """The same pairs in fewer and larger pieces."""
    firsts, seconds, size = [], [], 0
    for first, second in pieces:
        firsts.append(first)
        seconds.append(second)
        size += len(first)
        if size > CHUNK:
            yield np.concatenate(firsts), np.concatenate(seconds)
            firsts, seconds, size = [], [], 0
    if size:
        yield np.concatenate(firsts), np.concatenate(seconds)


def _worth(a: Keys, first: Numbers, b: Keys, second: Numbers) -> tuple[Numbers, Numbers]:
    """What is worth judging of these positions in ``a`` and ``b``; most pairs are not related."""
    near = ((a.facilities[first] & b.reach[second]) | (b.facilities[second] & a.reach[first])) != 0
    first, second = first[near], second[near]
    worth = comparable(Brief.of(a, first), Brief.of(b, second))
    return first[worth], second[worth]


def _visits(works: Works, part: Part, rows: Numbers, home: Numbers) -> Iterator[Candidates]:
    """Pairs of which one work visits the home of the other; ``home`` is that of ``rows``."""
    begins = np.searchsorted(home, part.places, side="left")
    ends = np.searchsorted(home, part.places, side="right")
    met = (begins < ends) & (ends - begins <= LARGEST)
    visits = np.flatnonzero(met[part.visited])
    visits = visits[np.argsort(part.visited[visits], kind="stable")]
    codes, starts = np.unique(part.visited[visits], return_index=True)
    for code, guests in zip(codes, np.split(part.visitor[visits], starts[1:]), strict=False):
        yield from _cross(works, guests, rows[begins[code] : ends[code]])


def _cross(works: Works, guests: Numbers, hosts: Numbers) -> Iterator[Candidates]:
    """Each guest with each host, both given as rows."""
    theirs = works.keys(hosts)
    step = max(1, CHUNK // len(hosts))
    for begin in range(0, len(guests), step):
        some = guests[begin : begin + step]
        ours = works.keys(some)
        first = np.repeat(np.arange(len(some)), len(hosts))
        second = np.tile(np.arange(len(hosts)), len(some))
        first, second = _worth(ours, first, theirs, second)
        yield Candidates(some[first], hosts[second], ours.take(first), theirs.take(second))
