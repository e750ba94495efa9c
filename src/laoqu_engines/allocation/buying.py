"""The cheapest offer first: a queue that works out a rate only when it may be the least.

Rates never fall while purses empty, so an old lower bound stays one. An offer is looked at again
when its bound is the least, and worked out as a fraction when the bounds of two offers touch.
"""

from fractions import Fraction
from heapq import heappop, heappush
from math import inf
from typing import Protocol

from laoqu_engines.allocation.purses import Offer


class Purses(Protocol):
    """What the queue asks of purses; `purchases` counts what was bought."""

    purchases: int

    def bounds(self, offer: Offer) -> tuple[float, float] | None: ...

    def rate(self, offer: Offer) -> Fraction | None: ...


class Queue:
    """Offers by rate; of equal rates the one with the smaller key is taken first."""

    def __init__(self, purses: Purses) -> None:
        self._purses = purses
        self._offers: dict[int, Offer] = {}
        self._known: dict[int, tuple[float, float, int]] = {}
        self._heap: list[tuple[float, int]] = []

    def put(self, key: int, offer: Offer) -> None:
        """Enter an offer, or a changed one in its place."""
        self._offers[key] = offer
        self._note(key, 0.0, inf, -1)

    def drop(self, key: int) -> bool:
        """Take out an offer; False if it was not there."""
        return self._offers.pop(key, None) is not None

    def take(self) -> tuple[int, Offer] | None:
        """Take out the affordable offer of the least rate; None when there is none."""
        while rivals := self._rivals():
            if len(rivals) == 1 and self._known[rivals[0]][1] < inf:
                return rivals[0], self._offers.pop(rivals[0])
            rates = [(self._purses.rate(self._offers[key]), key) for key in rivals]
            payable = [(rate, key) for rate, key in rates if rate is not None]
            for rate, key in rates:
                if rate is None:
                    del self._offers[key]
                else:
                    self._note(key, float(rate) * (1 - 2**-50), inf, self._purses.purchases)
            if payable:
                best = min(payable)[1]
                return best, self._offers.pop(best)
        return None

    def _rivals(self) -> list[int]:
        """The offers of which any may have the least rate, as far as their bounds tell."""
        found: list[int] = []
        ceiling = inf
        while self._heap and self._heap[0][0] <= ceiling:
            low, key = heappop(self._heap)
            if key not in self._offers or self._known[key][0] != low:
                continue
            _, high, seen = self._known[key]
            if seen == self._purses.purchases:
                found.append(key)
                ceiling = min(ceiling, high)
            elif bounds := self._purses.bounds(self._offers[key]):
                self._note(key, *bounds, self._purses.purchases)
            else:
                del self._offers[key]
        return [key for key in found if self._known[key][0] <= ceiling]

    def _note(self, key: int, low: float, high: float, seen: int) -> None:
        self._known[key] = (low, high, seen)
        heappush(self._heap, (low, key))
