"""What can be bought in one step of equal shares, and the purses to buy it from.

The money that the channels have left is put into pools: channels that may pay the same needs are
one pool. Every pool is divided by weight among the claimants who want something it may pay.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from laoqu_engines.allocation.books import Books
from laoqu_engines.allocation.claims import Claims
from laoqu_engines.allocation.earmarked import EarmarkedPurses
from laoqu_engines.allocation.purses import Bill, EqualPurses, Mask, Offer

Sign = tuple[int, ...]


@dataclass(frozen=True)
class _Pool:
    """Channels that may pay the same, and the fen that they have left together."""

    channels: frozenset[int]
    fen: int


class Market:
    """Offers for the needs at `places`, each with the prerequisites that have no money yet."""

    def __init__(self, books: Books, claims: Claims, places: Sequence[int]) -> None:
        self._books, self._claims = books, claims
        wanted: dict[Sign, int] = defaultdict(int)
        wanting: dict[Sign, Mask] = {}
        for place in places:
            bundle = books.open_bundle(place)
            claimants = np.concatenate([claims.named[member] for member in bundle])
            for member in bundle:
                sign = books.routing.eligible[member]
                wanted[sign] += books.problem.needs[member].cost_fen
                wanting.setdefault(sign, np.zeros(len(claims.weights), np.bool_))[claimants] = True
        pools = _pools(books.left(), wanted)
        self._pools_of = {
            sign: tuple(number for number, pool in enumerate(pools) if pool.channels & {*sign})
            for sign in wanted
        }
        sharing = [
            np.logical_or.reduce([wanting[s] for s in wanting if pool.channels & {*s}])
            for pool in pools
        ]
        self.purses = _purses(pools, sharing, claims)

    def offer(self, place: int) -> Offer | None:
        """The need with what it requires; nothing where nobody wants it."""
        books = self._books
        bundle = books.open_bundle(place)
        want = self._claims.together(bundle)
        if not len(want.claimants):
            return None
        bills = [
            Bill(books.problem.needs[p].cost_fen, self._pools_of[books.routing.eligible[p]])
            for p in bundle
        ]
        return Offer(tuple(bills), want.claimants, want.parts, want.unit)


def _pools(left: Sequence[int], wanted: Mapping[Sign, int]) -> list[_Pool]:
    """Pools that have money, those that may pay the least first."""
    signs: dict[int, list[Sign]] = defaultdict(list)
    for sign in wanted:
        for channel in sign:
            signs[channel].append(sign)
    alike: dict[tuple[Sign, ...], list[int]] = defaultdict(list)
    for channel, found in sorted(signs.items()):
        if left[channel]:
            alike[tuple(found)].append(channel)
    special = sorted(alike, key=lambda found: (sum(wanted[s] for s in found), alike[found]))
    return [_Pool(frozenset(alike[f]), sum(left[j] for j in alike[f])) for f in special]


def _purses(
    pools: Sequence[_Pool], sharing: Sequence[Mask], claims: Claims
) -> EqualPurses | EarmarkedPurses:
    if len(pools) == 1:
        return EqualPurses(pools[0].fen, np.where(sharing[0], claims.weights, 0))
    shares: list[dict[int, Fraction]] = [{} for _ in claims.weights]
    for number, (pool, mask) in enumerate(zip(pools, sharing, strict=True)):
        claimants = np.flatnonzero(mask)
        total = sum(claims.weights[claimants].tolist())
        for claimant in claimants.tolist():
            weight = int(claims.weights[claimant])
            if weight:
                shares[claimant][number] = Fraction(pool.fen * weight, total)
    return EarmarkedPurses(shares)
