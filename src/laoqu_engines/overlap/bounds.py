"""How likely pairs are, on arrays: the least and the most that ``judge`` can find for each pair.

Most pairs are settled by the numbers of both works alone: there the two bounds meet, and their
score is exactly that of ``judge``. Where texts have to be looked at (one name within another), the
bounds stay apart and the pair is judged. A kind of evidence that is not known here widens the
bounds and costs time, never a pair.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from laoqu_engines.overlap.evidence import ABOUT, CLOSE
from laoqu_engines.overlap.facilities import UNCLEAR, vocabulary
from laoqu_engines.overlap.numbers import (
    ACTIONS,
    DISTINCTIVE,
    MAIN,
    MARKS,
    STEP,
    UNKNOWN,
    Keys,
    Packed,
)

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Weights = Mapping[str, float]

_UNKNOWN: Final = 2.0
"""The most that evidence can count: ``equal_scale`` counts up to twice, all others once."""

_ALIKE: Final = np.array(
    [[round(shared / either, 2) if either else 0.0 for either in range(64)] for shared in range(64)]
)
_COUNTS: Final = np.array(DISTINCTIVE)
_CLOSE, _ABOUT, _NEAR, _FAR = np.log([1 / (1 - CLOSE), 1 / (1 - ABOUT), 1.12, 4.0]).tolist()
"""Logarithms of how many times one quantity may be another that is equal, near, or not far off."""


class _Sum:
    """Least and most log-odds of n pairs, and the names of the evidence that was added up."""

    def __init__(self, size: int, weights: Weights) -> None:
        self.weights = weights
        self.least = np.full(size, weights["start"])
        self.most = self.least.copy()
        self.known = {"start"}

    def of(self, *names: str) -> list[float]:
        """The weights of these kinds of evidence."""
        self.known |= set(names)
        return [self.weights[name] for name in names]

    def starting(self, *names: str) -> list[float]:
        """The weights of all kinds of evidence whose names start like this."""
        return self.of(*(name for name in self.weights if name.startswith(names)))

    def hope(self, fewest: float) -> NDArray[np.int64]:
        """The pairs that may still come to more, if all the rest speaks for them."""
        rest = sum(max(0.0, self.weights[name]) for name in _LATER if name not in self.known)
        return np.flatnonzero(self.most + rest > fewest)

    def add(self, least: Any, most: Any = None) -> None:
        self.least += least
        self.most += least if most is None else most

    def settle(self, name: str, present: Any) -> None:
        """Evidence of which it is known whether it is there."""
        (weight,) = self.of(name)
        self.add(np.where(present, weight, 0.0))

    def open(self, where: Any, weights: list[float], exact: Any = 0.0) -> None:
        """There one of these weights counts, it is not known which; elsewhere what is exact."""
        self.add(np.where(where, min(weights), exact), np.where(where, max(weights), exact))

    def one_of(self, cases: list[tuple[Any, float]]) -> None:
        """The first case that is true counts; nothing where none is."""
        self.add(np.select([case for case, _ in cases], [weight for _, weight in cases], 0.0))


class Side:
    """One work of each of n pairs: columns of ``Keys``, gathered when they are asked for."""

    def __init__(self, keys: Keys, positions: NDArray[np.int64]) -> None:
        self._keys, self._positions = keys, positions

    def __len__(self) -> int:
        return len(self._positions)

    def __getattr__(self, name: str) -> Any:
        column = getattr(self._keys, name)[self._positions]
        setattr(self, name, column)
        return column

    def only(self, kept: NDArray[np.int64]) -> "Side":
        """The same for some of the pairs."""
        return Side(self._keys, self._positions[kept])


@dataclass(frozen=True, slots=True)
class Bounds:
    """Least and most log-odds of the pairs at these positions; the others are hopeless."""

    kept: NDArray[np.int64]
    least: Floats
    most: Floats


def bounds(a: Side, b: Side, weights: Weights, fewest: float = -math.inf) -> Bounds:
    """Bounds of comparable pairs, without those that cannot have more than the fewest log-odds."""
    total = _Sum(len(a), weights)
    kept = np.arange(len(a))
    for steps in _STEPS:
        for step in steps:
            step(a, b, total)
        hope = total.hope(fewest)
        if len(hope) < len(kept):
            kept, a, b = kept[hope], a.only(hope), b.only(hope)
            total.least, total.most = total.least[hope], total.most[hope]
    return Bounds(kept, total.least, total.most)


def _marked(keys: Side, name: str) -> Flags:
    found: Flags = (keys.marks & MARKS[name]) != 0
    return found


def _place(a: Side, b: Side, total: _Sum) -> None:
    """The same single village: nothing is added. Else it may be any place, or no pair at all."""
    weights = total.starting("place_")
    same = (a.where == b.where) & (a.where != 0) & ((a.loose | b.loose) == 0)
    other = (a.township != 0) & (b.township != 0) & (a.township != b.township)
    most = np.where(same, 0.0, np.where(other, -np.inf, max(0.0, *weights)))
    total.add(np.where(same, 0.0, -np.inf), most)


def _facility(a: Side, b: Side, total: _Sum) -> None:
    same, shared, item, general, within, aside, far = total.of(
        "same_facility", "shared_facility", "item", "general", "within", "aside", "general_aside"
    )
    vague = (a.marks | b.marks) & MARKS["vague"] != 0
    fits = ((a.wholes & b.general) | (b.wholes & a.general)) != 0
    unclear = (a.facilities | b.facilities) & UNCLEAR != 0
    both, one = total.of("unclear", "one_unclear")
    total.add(np.where(unclear, -np.inf, 0.0), 0.0)  # a low score is none then
    total.one_of(
        [
            (unclear & (a.facilities == b.facilities), both),
            (unclear, one),
            (vague & (fits | (a.marks & b.marks & MARKS["vague"] != 0)), general),
            (vague, far),
            (a.main == b.main, same),
            (a.main & b.main != 0, shared),
            ((a.main & b.facilities) | (b.main & a.facilities) != 0, item),
            (fits, general),
            ((a.main & b.reach) | (b.main & a.reach) != 0, within),
            (True, aside),
        ]
    )
    total.settle("single", (a.main == b.main) & (a.main & vocabulary().one != 0) & (a.at == b.at))
    _kinds(a, b, total)
    _site(a, b, total)


def _kinds(a: Side, b: Side, total: _Sum) -> None:
    same, other = total.of("same_kind", "other_kind")
    both = (a.kinds != 0) & (b.kinds != 0)
    total.one_of([(both & (a.kinds & b.kinds != 0), same), (both, other)])


def _site(a: Side, b: Side, total: _Sum) -> None:
    other, one = total.of("other_site", "one_site")
    sites = vocabulary().sites
    ours, theirs = a.at | a.main & sites, b.at | b.main & sites
    together = ours & theirs != 0
    ours, theirs = ours & ~b.facilities, theirs & ~a.facilities
    owned = (ours | theirs) & sites != 0
    both = (ours != 0) & (theirs != 0)
    total.one_of([(together, 0.0), (both, other), (owned, one)])


@cache
def _wholes_by_bit() -> NDArray[np.int64]:
    found = [vocabulary().wholes(1 << bit) if bit < MAIN else 0 for bit in range(64)]
    return np.array(found, np.int64)


class _Quantity(Packed):
    """One scale of each of many works, with the facilities that it can be of."""

    def __init__(self, packed: Any, main: Any, wholes: Any) -> None:
        super().__init__(packed)
        words = vocabulary()
        single = self.bit < MAIN
        self.of = np.where(single, 1 << np.minimum(self.bit, 61), main)
        self.reach = self.of | np.where(single, _wholes_by_bit()[self.bit], wholes) | words.general
        self.unknown = self.bit == UNKNOWN

    def fits(self, other: "_Quantity") -> Any:
        """Whether both can be of one thing."""
        meet = (self.of & other.reach) | (other.of & self.reach)
        return (meet != 0) | (self.of == 0) | (other.of == 0) | self.unknown | other.unknown


class _Scales:
    """The scales of both works side by side, up to three each.

    ``counted``: how much is equal. ``found``: something is. ``unlike``: two of one dimension
    differ, the first such by ``apart`` steps, ``several``: others by other steps. ``sure``: that is
    the whole truth. ``maybe``: something may be equal.
    """

    def __init__(self, a: Side, b: Side) -> None:
        size = len(a)
        self.maybe = (a.marks | b.marks) & MARKS["more"] != 0
        self.sure = ~self.maybe
        self.counted, self.found = np.zeros(size), np.zeros(size, np.bool_)
        self.unlike, self.apart = np.zeros(size, np.bool_), np.zeros(size, np.int64)
        self.several = np.zeros(size, np.bool_)
        self.done = np.zeros(size, np.int64)
        for ours in (a.scale0, a.scale1, a.scale2):
            for theirs in (b.scale0, b.scale1, b.scale2):
                alike = ((ours ^ theirs) >> 4 & 7 == 0) & (ours != 0) & (theirs != 0)
                at = np.flatnonzero(alike)
                if len(at):
                    first = _Quantity(ours[at], a.main[at], a.wholes[at])
                    second = _Quantity(theirs[at], b.main[at], b.wholes[at])
                    self._compare(at, first, second)

    def _compare(self, at: NDArray[np.int64], first: _Quantity, second: _Quantity) -> None:
        """Takes one scale of each, of the same dimension, into account where there are such."""
        fits = first.fits(second)
        steps = first.step - second.step
        room = np.where(first.about | second.about, _ABOUT, _CLOSE)
        same = fits & ((first.value == second.value) | _below(steps, room))
        close = fits & ~_above(steps, room)
        self.maybe[at] |= close
        self.sure[at] &= ~(first.unknown | second.unknown) & (~close | same)
        self._count(at[same], first.dimension[same], _less_distinctive(first, second)[same])
        differs = fits & ~same
        known = self.unlike[at]
        self.several[at] |= differs & known & (steps != self.apart[at])
        new = differs & ~known
        self.apart[at[new]] = steps[new]
        self.unlike[at] |= differs

    def _count(self, at: NDArray[np.int64], dimension: Any, counts: Floats) -> None:
        """The first equal quantities of a dimension count."""
        fresh = self.done[at] >> dimension & 1 == 0
        self.sure[at] &= fresh
        self.counted[at] += np.where(fresh, counts, 0.0)
        self.done[at] |= 1 << dimension
        self.found[at] = True


def _less_distinctive(first: _Quantity, second: _Quantity) -> Floats:
    found: Floats = np.minimum(_COUNTS[first.distinctive], _COUNTS[second.distinctive])
    return found


def _scale(a: Side, b: Side, total: _Sum) -> None:
    equal, unsaid = total.of("equal_scale", "no_scale")
    scales = _Scales(a, b)
    differs = scales.unlike & (scales.counted <= 0.5)
    plain = a.marks & b.marks & MARKS["scaled"] == 0
    unlike, sure, every = _unlike(a, b, scales.apart, total)
    scales.sure &= ~differs | (sure & ~scales.several)
    exact = np.where(scales.found, equal * np.minimum(scales.counted, 2.0), 0.0)
    exact += np.where(differs, unlike, np.where(plain & ~scales.found, unsaid, 0.0))
    least = min(0.0, unsaid, *every)
    most = max(0.0, unsaid, *every) + np.where(scales.maybe | scales.found, 2.0 * equal, 0.0)
    total.add(np.where(scales.sure, exact, least), np.where(scales.sure, exact, most))
    total.settle("equal_amount", (a.amount != 0) & (a.amount == b.amount))


def _unlike(a: Side, b: Side, apart: Any, total: _Sum) -> tuple[Floats, Flags, tuple[float, ...]]:
    """The weight of two scales that differ, where it is certain, and all weights it may have."""
    parts = total.of("part_of_joint", "part_of_package", "part_of_groups", "part_of_length")
    near, much, other = total.of("near_scale", "much_less", "other_scale")
    first_is_part = apart < 0
    outer_marks = np.where(first_is_part, b.marks, a.marks)
    inner_marks = np.where(first_is_part, a.marks, b.marks)
    inner_groups = np.where(first_is_part, a.groups, b.groups)
    outer_groups = np.where(first_is_part, b.groups, a.groups)
    fewer = (inner_groups != outer_groups) & (inner_groups & ~outer_groups == 0)
    hamlets = (a.hamlets != 0) & (b.hamlets != 0) & (a.hamlets != b.hamlets)
    inner, outer = a.hamlet_letters, b.hamlet_letters
    extra = np.where(first_is_part, inner & ~outer, outer & ~inner)
    hamlets &= extra == 0  # else the inner ones are not some of the outer ones
    larger = np.bitwise_count(a.facilities).astype(np.int8) - np.bitwise_count(b.facilities)
    larger = np.where(first_is_part, -larger, larger) > 0
    package_ = larger & (np.where(first_is_part, b.general, a.general) != 0)
    found = np.select(
        [
            _below(apart, _NEAR),
            outer_marks & MARKS["covers"] != 0,
            package_,
            (inner_groups != 0) & fewer,
            inner_marks & ~outer_marks & MARKS["placed"] != 0,
            _above(apart, _FAR),
        ],
        [near, *parts, much],
        other,
    )
    near_or_not = _below(apart, _NEAR) | _above(apart, _NEAR)
    far_or_not = _below(apart, _FAR) | _above(apart, _FAR)
    return found, near_or_not & far_or_not & ~hamlets, (near, *parts, much, other)


def _below(steps: Any, ratio: Any) -> Flags:
    """Whether quantities so many steps apart differ by less than this logarithm, for certain."""
    found: Flags = (np.abs(steps) + 1) * STEP < ratio - 1e-9
    return found


def _above(steps: Any, ratio: Any) -> Flags:
    """Whether they differ by more, for certain."""
    found: Flags = (np.abs(steps) - 1) * STEP > ratio + 1e-9
    return found


def _groups(a: Side, b: Side, total: _Sum) -> None:
    same, some, other, one = total.of("same_group", "some_groups", "other_group", "one_group")
    both = (a.groups != 0) & (b.groups != 0)
    total.one_of(
        [
            (both & (a.groups == b.groups), same),
            (both & (a.groups & b.groups != 0), some),
            (both, other),
            ((a.groups | b.groups) != 0, one),
        ]
    )
    ends = total.of("same_ends", "next_stretch", "other_ends")
    open_ = a.marks & b.marks & MARKS["ends"] != 0
    total.open(open_, [0.0, *ends])
    total.settle("one_ends", (a.marks ^ b.marks) & MARKS["ends"] != 0)
    total.settle("same_title", (a.title != 0) & (a.title == b.title))


def _hamlets(a: Side, b: Side, total: _Sum) -> None:
    same, other, one = total.of("same_hamlet", "other_hamlet", "one_hamlet")
    ours = (a.hamlets != 0) & _mentioned(a, b)
    theirs = (b.hamlets != 0) & _mentioned(b, a)
    sure = (a.hamlets != 0) & (a.hamlets == b.hamlets)
    alike = a.hamlet_letters & b.hamlet_letters != 0  # names that sound alike share a letter
    open_ = (ours | theirs | alike) & ~sure
    both, either = (a.hamlets != 0) & (b.hamlets != 0), (a.hamlets | b.hamlets) != 0
    exact = np.select([sure, both, either], [same, other, one], 0.0)
    total.open(open_, [same, other, one], exact)


def _mentioned(a: Side, b: Side) -> Flags:
    """Whether a hamlet of the first work may be named by the second."""
    missing = (a.hamlet1 & ~b.mention1) | (a.hamlet2 & ~b.mention2)
    missing |= (a.hamlet3 & ~b.mention3) | (a.hamlet4 & ~b.mention4)
    found: Flags = missing == 0
    return found


def _spots(a: Side, b: Side, total: _Sum) -> None:
    same, other, one = total.of("same_spot", "other_spot", "one_spot")
    both = (a.spots != 0) & (b.spots != 0)
    sure = both & (a.spots == b.spots)
    meeting = a.spot_mask & b.spot_mask != 0
    apart = ~meeting & (a.spot_things & b.spot_things == 0)
    exact = np.select([sure, both, (a.spots | b.spots) != 0], [same, 0.0, one], 0.0)
    open_ = both & ~sure & ~apart
    total.open(open_, [same, other, 0.0], exact)


def _naming(a: Side, b: Side, total: _Sum) -> None:
    same, other, object_, one = total.of("same_name", "other_name", "other_object", "one_name")
    both, one_ = (a.name0 != 0) & (b.name0 != 0), (a.name0 | b.name0) != 0
    equal, within = np.zeros(len(both), np.bool_), (a.marks | b.marks) & MARKS["names"] != 0
    for ours, our_letters in ((a.name0, a.letters0), (a.name1, a.letters1)):
        for theirs, letters in ((b.name0, b.letters0), (b.name1, b.letters1)):
            there = (ours != 0) & (theirs != 0)
            equal |= there & (ours == theirs)
            within |= there & ((our_letters & ~letters == 0) | (letters & ~our_letters == 0))
    objects = a.marks & b.marks & MARKS["objects"] != 0
    exact = np.select([equal, both & objects, both, one_], [same, object_, other, one], 0.0)
    total.open(both & within & ~equal, [same, other, object_], exact)


def _wording(a: Side, b: Side, total: _Sum) -> None:
    shared = np.bitwise_count(a.signature & b.signature)
    either = np.bitwise_count(a.signature | b.signature)
    total.add(_ALIKE[shared, either] * total.of("alike")[0])


def _time(a: Side, b: Side, total: _Sum) -> None:
    stages = (a.stage != b.stage) & (np.maximum(a.stage, b.stage) > 1)
    total.open(stages, total.of("other_stage", "stage_of_plan"))
    apart = np.where((a.year != 0) & (b.year != 0), np.abs(a.year - b.year), 0)
    for action in ACTIONS:
        weights = [0.0, *total.starting(action)]
        differs = np.flatnonzero((a.marks ^ b.marks) & MARKS[action])
        total.least[differs] += min(weights)
        total.most[differs] += max(weights)
    near, two, few, many = total.of("next_year", "two_years", "years_apart", "long_after")
    total.one_of([(apart > 4, many), (apart > 2, few), (apart == 2, two), (apart == 1, near)])
    one, after = total.of("one_finished", "after_finish")
    ours, theirs = _marked(a, "finished"), _marked(b, "finished")
    first = np.where(ours, a.year < b.year, b.year < a.year) & (apart != 0)
    total.one_of([(ours == theirs, 0.0), (first, after), (True, one)])


def _assignment(a: Side, b: Side, total: _Sum) -> None:
    joint, both = total.of("joint", "both_joint")
    ours, theirs = _marked(a, "covers"), _marked(b, "covers")
    total.one_of([(ours != theirs, joint), (ours, both)])
    total.settle("open", (a.marks | b.marks) & MARKS["open"] != 0)
    total.settle("portion", (a.marks ^ b.marks) & MARKS["portion"] != 0)


def _unknown(a: Side, b: Side, total: _Sum) -> None:
    """Evidence that this module has never heard of."""
    for name in total.weights.keys() - total.known - _LATER:
        weight = total.weights[name] * _UNKNOWN
        total.add(min(weight, 0.0), max(weight, 0.0))


_STEPS: Final = (
    (_place, _facility, _scale, _groups, _time, _assignment, _unknown),
    (_wording,),
    (_hamlets, _spots, _naming),
)
"""What decides most pairs comes first; after each row the hopeless pairs are left out."""

_LATER: Final = frozenset(
    ("alike", "same_hamlet", "other_hamlet", "one_hamlet", "same_spot", "other_spot", "one_spot")
) | {"same_name", "other_name", "other_object", "one_name"}
"""The evidence of all rows but the first; each counts at most once."""
