"""Which pairs of many works are worth judging, found on the columns of whole numbers.

Works are put in the order of their homes; then each is compared with its neighbour, with the next
but one and so on, all works at once, as long as the homes are the same. The work grows with the
pairs that share a village, and nothing is kept but what passes ``comparable``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from laoqu_engines.overlap.candidates import comparable, related
from laoqu_engines.overlap.columns import Columns, Keys, Numbers

NEIGHBOURS = 1000
"""In a village with more works than this, each work is compared with so many that are most like it
by facility; likewise a work without village with so many times twenty of its county."""

CHUNK = 1 << 17
"""Rows swept at once, and pairs handed out at once; bounds the memory."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows of two works each; both arrays of shape (n,)."""

    first: Numbers
    second: Numbers

    def in_order(self) -> list[tuple[int, int]]:
        """The pairs with the smaller row first."""
        smaller, larger = np.minimum(self.first, self.second), np.maximum(self.first, self.second)
        return list(zip(smaller.tolist(), larger.tolist(), strict=True))


def sweep(columns: Columns, part: int = 0, parts: int = 1) -> Iterator[Candidates]:
    """The pairs of each block, a chunk at a time; ``part`` of ``parts`` shares the homes out.

    The order of the rows does not matter for what is found. Two works that visit each other's homes
    come twice, all other pairs once.
    """
    rows = _share(columns.keys.home, part, parts)
    keys = columns.keys.take(rows)
    order = _in_order(keys)
    rows, keys = rows[order], keys.take(order)
    begin = 0
    while begin < len(rows):
        end = _end_of_block(keys.home, begin + CHUNK)
        block = rows[begin:end]
        for first, second in _gathered(_within(keys.take(slice(begin, end)))):
            yield Candidates(block[first], block[second])
        begin = end
    yield from _visits(columns, rows, keys)


def crowded(columns: Columns) -> Numbers:
    """One row of each village that has more works than are compared with each other."""
    _, first, counts = np.unique(columns.keys.home, return_index=True, return_counts=True)
    return first[counts > NEIGHBOURS + 1]


def _in_order(keys: Keys) -> Numbers:
    """Positions by home; in a crowded home, works that are alike stand together."""
    order = np.argsort(keys.home)
    home = keys.home[order]
    begins = np.flatnonzero(np.diff(home, prepend=-1))
    counts = np.diff(begins, append=len(home))
    many = counts > NEIGHBOURS
    for begin, count in zip(begins[many], counts[many], strict=True):
        block = order[begin : begin + count]
        alike = np.lexsort((keys.same[block], keys.facilities[block]))
        order[begin : begin + count] = block[alike]
    return order


def _share(home: Numbers, part: int, parts: int) -> Numbers:
    """The rows whose homes fall to this part; keys are evenly spread over 63 bits."""
    if parts == 1:
        return np.arange(len(home))
    width = (1 << 63) // parts + 1
    return np.flatnonzero(home // width == part)


def _end_of_block(home: Numbers, end: int) -> int:
    """The first position from ``end`` on where another home begins."""
    if end >= len(home):
        return len(home)
    return int(np.searchsorted(home, home[end - 1], side="right"))


def _within(keys: Keys) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of positions with the same home; ``keys`` are in the order of their homes."""
    live = np.arange(len(keys))
    for distance in range(1, NEIGHBOURS + 1):
        live = live[: np.searchsorted(live, len(keys) - distance)]
        live = live[keys.home[live] == keys.home[live + distance]]
        if not len(live):
            return
        yield _worth(keys, live, keys, live + distance)


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
    """What is worth judging of these rows of ``a`` and ``b``; most fail the first condition."""
    near = related(a.take(first), b.take(second))
    first, second = first[near], second[near]
    worth = comparable(a.take(first), b.take(second))
    return first[worth], second[worth]


def _visits(columns: Columns, rows: Numbers, keys: Keys) -> Iterator[Candidates]:
    """Pairs of which one work visits the home of the other; ``keys`` are those of ``rows``."""
    begins = np.searchsorted(keys.home, columns.places, side="left")
    ends = np.searchsorted(keys.home, columns.places, side="right")
    visits = np.flatnonzero((begins < ends)[columns.visited])
    visits = visits[np.argsort(columns.visited[visits], kind="stable")]
    codes, starts = np.unique(columns.visited[visits], return_index=True)
    for code, guests in zip(codes, np.split(columns.visitor[visits], starts[1:]), strict=False):
        hosts = slice(begins[code], ends[code])
        for first, second in _gathered(_cross(columns.keys, guests, keys.take(hosts))):
            yield Candidates(first, rows[hosts][second])


def _cross(all_keys: Keys, guests: Numbers, hosts: Keys) -> Iterator[tuple[Numbers, Numbers]]:
    """Guests (rows) with hosts (positions), each with the hosts that are most like it."""
    width = min(len(hosts), NEIGHBOURS)
    nearest = np.searchsorted(hosts.facilities, all_keys.facilities[guests]) - width // 2
    nearest = np.clip(nearest, 0, len(hosts) - width)
    step = max(1, CHUNK // width)
    for begin in range(0, len(guests), step):
        first = np.repeat(guests[begin : begin + step], width)
        second = (nearest[begin : begin + step, None] + np.arange(width)).ravel()
        yield _worth(all_keys, first, hosts, second)
