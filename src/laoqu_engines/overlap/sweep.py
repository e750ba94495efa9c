"""Which pairs of many works are worth judging, found on the columns of whole numbers.

Works are put in the order of their homes; then each is compared with its neighbour, with the next
but one and so on, all works at once, as long as the homes are the same. The work grows with the
pairs that share a village, and nothing is kept but what passes ``comparable``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from laoqu_engines.overlap.bounds import Side
from laoqu_engines.overlap.candidates import comparable
from laoqu_engines.overlap.columns import HOME, Columns, Numbers, Part, Works
from laoqu_engines.overlap.numbers import Keys

LARGEST = 1500
"""Works of one village up to which each is compared with each."""

WINDOW = 100
"""In a larger village each work is compared with so many that are most like it."""

CHUNK = 1 << 15
"""Pairs handed out at once; bounds the memory."""

_RELATED = tuple(map(Keys._fields.index, ("facilities", "reach")))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs: the rows of both works, each of shape (n,), and their columns."""

    first: Numbers
    second: Numbers
    a: Side
    b: Side

    def in_order(self) -> list[tuple[int, int]]:
        """The pairs with the smaller row first."""
        smaller, larger = np.minimum(self.first, self.second), np.maximum(self.first, self.second)
        return list(zip(smaller.tolist(), larger.tolist(), strict=True))


def sweep(works: Works, number: int = 0) -> Iterator[Candidates]:
    """The pairs of each block of one part, some thousands at a time.

    The order of the rows does not matter for what is found. Two works that visit each other's homes
    come twice, all other pairs once.
    """
    part = works.part(number)
    keys = Keys(*part.columns)
    order = np.argsort(keys.home)
    for first, second in _gathered(_within(keys, _Blocks(keys, order))):
        yield _worth(part.rows[first], Side(keys, first), part.rows[second], Side(keys, second))
    yield from _visits(works, part, order)


def crowded(works: Columns) -> dict[int, int]:
    """One row of each village that is too large for comparing each with each, and its works."""
    home = works.part().columns[HOME]
    _, first, counts = np.unique(home, return_index=True, return_counts=True)
    many = counts > LARGEST
    return dict(zip(first[many].tolist(), counts[many].tolist(), strict=True))


class _Blocks:
    """Positions of works by their homes, the largest homes first.

    So the works of all homes with more than n works are the first ``reach(n)`` of ``order``. In the
    homes above LARGEST, the first ``crowd`` works, those that are alike stand together.
    """

    def __init__(self, keys: Keys, by_home: Numbers) -> None:
        home = keys.home[by_home]
        begins = np.flatnonzero(np.diff(home, prepend=-1))
        counts = np.diff(begins, append=len(home))
        largest = np.argsort(-counts, kind="stable")
        begins, self._counts = begins[largest], counts[largest]
        self._ends = np.cumsum(self._counts)
        shifts = np.repeat(begins - (self._ends - self._counts), self._counts)
        self.order = by_home[shifts + np.arange(len(home))]
        self.crowd = self.reach(LARGEST)
        for end, count in zip(self._ends, self._counts, strict=True):
            if count <= LARGEST:
                break
            block = self.order[end - count : end]
            ranks = (keys.identity, keys.same, keys.signature, keys.facilities)
            self.order[end - count : end] = block[np.lexsort([rank[block] for rank in ranks])]

    def reach(self, size: int) -> int:
        """How many works are in homes of more than so many works."""
        blocks = int(np.searchsorted(-self._counts, -size, side="left"))
        return int(self._ends[blocks - 1]) if blocks else 0


def _within(keys: Keys, blocks: _Blocks) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of positions with the same home that are worth judging."""
    order = blocks.order
    home, facilities, reach = (keys[column][order] for column in (HOME, *_RELATED))
    for distance in range(1, LARGEST):
        begin, end = blocks.crowd if distance > WINDOW else 0, blocks.reach(distance)
        if begin >= end:
            break
        ours, theirs = slice(begin, end - distance), slice(begin + distance, end)
        near = (facilities[ours] & reach[theirs]) | (facilities[theirs] & reach[ours])
        met = begin + np.flatnonzero((near != 0) & (home[ours] == home[theirs]))
        yield order[met], order[met + distance]


def _gathered(pieces: Iterator[tuple[Numbers, Numbers]]) -> Iterator[tuple[Numbers, Numbers]]:
    """The same pairs in pieces of some thousands."""
    firsts, seconds, size = [], [], 0
    for first, second in pieces:
        for begin in range(0, len(first), CHUNK):
            firsts.append(first[begin : begin + CHUNK])
            seconds.append(second[begin : begin + CHUNK])
            size += len(firsts[-1])
            if size > CHUNK:
                yield np.concatenate(firsts), np.concatenate(seconds)
                firsts, seconds, size = [], [], 0
    if size:
        yield np.concatenate(firsts), np.concatenate(seconds)


def _worth(first: Numbers, a: Side, second: Numbers, b: Side) -> Candidates:
    """What is worth judging of these pairs of rows."""
    worth = np.flatnonzero(comparable(a, b))
    return Candidates(first[worth], second[worth], a.only(worth), b.only(worth))


def _visits(works: Works, part: Part, order: Numbers) -> Iterator[Candidates]:
    """Pairs of which one work visits the home of the other; ``order`` is that of the homes."""
    home = part.columns[HOME][order]
    begins = np.searchsorted(home, part.places, side="left")
    ends = np.searchsorted(home, part.places, side="right")
    met = (begins < ends) & (ends - begins <= LARGEST)
    visits = np.flatnonzero(met[part.visited])
    visits = visits[np.argsort(part.visited[visits], kind="stable")]
    codes, starts = np.unique(part.visited[visits], return_index=True)
    for code, guests in zip(codes, np.split(part.visitor[visits], starts[1:]), strict=False):
        hosts = order[begins[code] : ends[code]]
        theirs = Keys(*part.columns[:, hosts])
        yield from _cross(works, guests, part.rows[hosts], theirs)


def _cross(works: Works, guests: Numbers, hosts: Numbers, theirs: Keys) -> Iterator[Candidates]:
    """Each guest with each host, both given as rows."""
    step = max(1, CHUNK // len(hosts))
    for begin in range(0, len(guests), step):
        some = guests[begin : begin + step]
        ours = works.keys(some)
        first = np.repeat(np.arange(len(some)), len(hosts))
        second = np.tile(np.arange(len(hosts)), len(some))
        yield _worth(some[first], Side(ours, first), hosts[second], Side(theirs, second))
