"""Purses of earmarked money: every claimant has a share of every pool that may pay its needs.

A pool is money with one earmark, divided by weight among the claimants that want something it may
pay. A supporter pays a bill from its shares of the pools that may pay it, the most special first,
so that no pool ever pays more than it has, nor for anything outside its earmark. With one pool
this is the published method; see `EqualPurses` for that case in arrays. All in exact fractions.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from laoqu_engines.allocation.purses import Offer

Shares = Mapping[int, Fraction]


class EarmarkedPurses:
    """The share of each claimant (by number) in each pool (by number), in fen."""

    def __init__(self, shares: Sequence[Shares]) -> None:
        self.purchases = 0
        self._shares = [dict(own) for own in shares]

    def bounds(self, offer: Offer) -> tuple[float, float] | None:
        """The rate as bounds that meet but for rounding; None when the supporters cannot pay."""
        rate = self.rate(offer)
        if rate is None:
            return None
        return float(rate) * (1 - 2**-50), float(rate) * (1 + 2**-50)

    def rate(self, offer: Offer) -> Fraction | None:
        """The exact rate; None when the supporters cannot pay."""
        found = self._try(offer)
        return None if found is None else found[0]

    def held(self, offer: Offer) -> int:
        """The whole fen that the supporters hold together for the only bill of the offer."""
        (bill,) = offer.bills
        everyone = offer.claimants.tolist()
        return int(sum(self._shares[i].get(p, 0) for i in everyone for p in bill.pools))

    def buy(self, offer: Offer) -> None:
        """The supporters pay the offer, which must be affordable."""
        found = self._try(offer)
        if found is None:
            raise ValueError("the supporters cannot pay")
        for claimant, shares in found[1].items():
            self._shares[claimant] = shares
        self.purchases += 1

    def _try(self, offer: Offer) -> tuple[Fraction, dict[int, dict[int, Fraction]]] | None:
        """The rate, and the supporters' shares after paying. The bills of a bundle are paid one
        after the other by all supporters, in proportion to their utility for the whole bundle."""
        claimants, parts = offer.claimants.tolist(), offer.parts.tolist()
        shares = {claimant: dict(self._shares[claimant]) for claimant in claimants}
        total = Fraction(0)
        for bill in offer.bills:
            held = [sum(shares[i].get(p, Fraction(0)) for p in bill.pools) for i in claimants]
            price = _price(bill.fen, held, parts)
            if price is None:
                return None
            total += price
            for claimant, part, most in zip(claimants, parts, held, strict=True):
                _draw(shares[claimant], bill.pools, min(part * price, most))
        return total / offer.unit, shares


def _price(fen: int, held: Sequence[Fraction], parts: Sequence[int]) -> Fraction | None:
    """π with Σ min(held, part · π) = fen; those who reach their limit first give all they hold."""
    rest, active = Fraction(fen), sum(parts)
    if sum(held) < fen:
        return None
    for own, part in sorted(zip(held, parts, strict=True), key=lambda pair: pair[0] / pair[1]):
        if rest * part <= own * active:
            break
        rest -= own
        active -= part
    return rest / active


def _draw(shares: dict[int, Fraction], pools: Sequence[int], amount: Fraction) -> None:
    for pool in pools:
        drawn = min(amount, shares.get(pool, Fraction(0)))
        if drawn:
            shares[pool] -= drawn
            amount -= drawn
