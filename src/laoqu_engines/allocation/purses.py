"""Purses that the claimants pay from, and what an offer would cost them: exact, and yet fast.

An offer of cost C is affordable at the rate ρ when its supporters can pay it together and none pays
more than ρ for one unit of its own utility: Σ min(balance, ρ · utility) = C (Peters, Pierczyński,
Skowron: Proportional Participatory Budgeting with Additive Utilities, 2021). `EqualPurses` holds
one purse per claimant in arrays of whole numbers. Rates are first enclosed between bounds that
follow from 64-bit fixed-point balances with a proven error; the exact rate, a fraction, is worked
out for what is bought and where bounds touch.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
BITS = 61


@dataclass(frozen=True)
class Bill:
    """A sum in fen, and the pools of money (by place) that may pay it."""

    fen: int
    pools: tuple[int, ...] = ()


@dataclass(frozen=True)
class Offer:
    """What claimants may buy together: its bills, who wants it, and how much.

    The utility of claimant `claimants[k]` is `unit` · `parts[k]`; parts are whole and positive.
    """

    bills: tuple[Bill, ...]
    claimants: Ints
    parts: Ints
    unit: Fraction

    @property
    def fen(self) -> int:
        """The whole cost."""
        return sum(bill.fen for bill in self.bills)


@dataclass(frozen=True)
class _Payment:
    """What one part pays, `numerator` / (denominator · `active`), and whom it takes the last."""

    numerator: int
    active: int
    spent: Mask


class EqualPurses:
    """One pool of money, divided among the claimants in proportion to whole weights.

    Inside, one fen counts the sum of weights, so that every purse begins with a whole number.
    `_low` holds the balances in units of 2**-shift, too low by at most `_slack`. `_history[i, t]`
    is the parts that claimant i paid in full in purchase t, at `_numerators[t] / _denominator` a
    part; who paid its last in a purchase is in `_spent` and has nothing. So the exact balance of i
    is weight · money − Σ_t history · numerator / denominator, or zero.
    """

    def __init__(self, money: int, weights: Ints) -> None:
        self.purchases = 0
        self._money = money
        self._weights = weights
        self._total = max(int(weights.sum()), 1)
        self._shift = BITS - (money * self._total).bit_length()
        values, places = np.unique(weights, return_inverse=True)
        self._low = np.array([self._fixed(int(w) * money) for w in values], np.int64)[places]
        self._slack = 1
        self._spent = weights == 0
        self._history = np.zeros((len(weights), 16), np.uint8)
        self._numerators: list[int] = []
        self._denominator = 1

    def bounds(self, offer: Offer) -> tuple[float, float] | None:
        """Bounds of the rate; None when the supporters certainly cannot pay."""
        found = self._enclose(offer)
        if found is None:
            return None
        low, high = found
        unit = float(offer.unit) * 2.0**self._shift
        return low / unit * (1 - 2**-50), np.inf if high is None else high / unit * (1 + 2**-50)

    def rate(self, offer: Offer) -> Fraction | None:
        """The exact rate; None when the supporters cannot pay."""
        payment = self._exact(offer)
        if payment is None:
            return None
        return Fraction(payment.numerator, payment.active * self._denominator) / offer.unit

    def held(self, offer: Offer) -> int:
        """The whole fen that the supporters hold together."""
        everyone = self._exact_sum(offer.claimants)
        return everyone // (self._denominator * self._total)

    def buy(self, offer: Offer) -> None:
        """The supporters pay the offer, which must be affordable."""
        payment = self._exact(offer)
        if payment is None:
            raise ValueError("the supporters cannot pay")
        common = gcd(payment.numerator, payment.active)
        factor = payment.active // common
        self._numerators = [numerator * factor for numerator in self._numerators]
        self._numerators.append(payment.numerator // common)
        self._denominator *= factor
        gone, paying = offer.claimants[payment.spent], ~payment.spent
        self._spent[gone] = True
        self._low[gone] = 0
        self._record(offer.claimants[paying], offer.parts[paying])
        self.purchases += 1

    def _fixed(self, amount: int, divisor: int = 1) -> int:
        """An amount in units of 2**-shift, rounded down."""
        if self._shift >= 0:
            return (amount << self._shift) // divisor
        return amount // (divisor << -self._shift)

    def _enclose(self, offer: Offer) -> tuple[int, int | None] | None:
        """Bounds of the payment per part, by Newton's steps from below on the rounded balances.

        With F(π) = Σ min(low, part · π): F is at most the true sum and at least that minus
        n · slack, and rises by at least `active` per unit below the end point. An upper bound of
        None says that the rounded balances do not suffice.
        """
        low = self._low[offer.claimants]
        target = self._fixed(offer.fen * self._total) + 1
        slack = len(low) * self._slack
        if int(low.sum()) + slack < target - 1:
            return None
        ratios = low // offer.parts
        active, rest = int(offer.parts.sum()), target
        while True:
            price = -(-rest // active)
            paying = ratios >= price
            still = int(offer.parts[paying].sum())
            if not still:
                return 0, None
            if still == active:
                return max(price - (active + 1 + slack) // active - 1, 0), price
            active, rest = still, target - int(low[~paying].sum())

    def _exact(self, offer: Offer) -> _Payment | None:
        """The payment per part, exactly; None when the supporters cannot pay."""
        found = self._enclose(offer)
        if found is None:
            return None
        floor, ceiling = found
        low, parts = self._low[offer.claimants], offer.parts
        spent = self._spent[offer.claimants]
        spent |= (low + self._slack) // parts < floor
        doubtful = ~spent if ceiling is None else ~spent & (low // parts < ceiling)
        rest = offer.fen * self._total * self._denominator
        rest -= self._exact_sum(offer.claimants[spent])
        active = int(parts[~spent].sum())
        for balance, part, members in self._alike(offer, np.flatnonzero(doubtful)):
            if rest * part < balance * active:
                break
            spent[members] = True
            if rest * part > balance * active:
                rest -= balance * len(members)
                active -= part * len(members)
        return _Payment(rest, active, spent) if active else None

    def _alike(self, offer: Offer, doubtful: Ints) -> list[tuple[int, int, Ints]]:
        """Exact balance, part and places of claimants with one past, the first spent first."""
        if not len(doubtful):
            return []
        claimants = offer.claimants[doubtful]
        past = self._history[claimants, : len(self._numerators)]
        rows = np.column_stack((self._weights[claimants], offer.parts[doubtful], past))
        unlike, places = np.unique(rows, axis=0, return_inverse=True)
        places = places.ravel()
        groups = []
        for place, (weight, part, *paid) in enumerate(unlike.tolist()):
            balance = weight * self._money * self._denominator - self._sum(paid)
            groups.append((balance, part, doubtful[places == place]))
        return sorted(groups, key=lambda group: Fraction(group[0], group[1]))

    def _exact_sum(self, claimants: Ints) -> int:
        """What these claimants hold together, over the common denominator."""
        claimants = claimants[~self._spent[claimants]]
        past = self._history[claimants, : len(self._numerators)].sum(axis=0, dtype=np.int64)
        weight = int(self._weights[claimants].sum())
        return weight * self._money * self._denominator - self._sum(past.tolist())

    def _sum(self, parts: Iterable[int]) -> int:
        return sum(part * n for part, n in zip(parts, self._numerators, strict=True) if part)

    def _record(self, claimants: Ints, parts: Ints) -> None:
        """Take the last purchase from the balances, rounded down, which widens `_slack`."""
        place = len(self._numerators) - 1
        whole = self._fixed(self._numerators[place], self._denominator)
        exact = self._fixed(self._numerators[place] << BITS, self._denominator)
        fraction = float(exact - (whole << BITS)) / 2.0**BITS
        paid = parts * whole + np.floor(parts * fraction).astype(np.int64)
        self._low[claimants] = np.maximum(self._low[claimants] - paid - 2, 0)
        self._slack += 3
        widest = np.min_scalar_type(int(parts.max(initial=0)))
        if place == self._history.shape[1] or widest > self._history.dtype:
            grown = np.zeros((len(self._low), 2 * place + 16), max(widest, self._history.dtype))
            grown[:, :place] = self._history[:, :place]
            self._history = grown
        self._history[claimants, place] = parts
