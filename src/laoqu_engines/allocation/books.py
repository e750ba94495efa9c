"""What is funded so far, and whether more fits: pins, groups, caps, shares and the channels' money.

For rules that fund one need after the other. Nothing funded is ever taken back, so what does not
fit for its group, its cap or the money never will; only shares may come to fit later.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from laoqu_engines.allocation.payments import Routing, Shortage, pay
from laoqu_engines.allocation.problem import Problem


@dataclass(frozen=True)
class Obstacle:
    """Why something does not fit: pinned out, group, cap, share, nobody or money.

    `place` is the place of the need of the same group, or of the limit.
    """

    kind: str
    place: int = -1


class Books:
    """Fen by place of the need. `enter` funds needs, all of those given or none."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.paid: dict[int, int] = {}
        self.routing = Routing(problem)
        self.place = {need.id: place for place, need in enumerate(problem.needs)}
        self._requires = [
            tuple(self.place[wanted] for wanted in need.requires) for need in problem.needs
        ]
        self._takers: dict[str, int] = {}
        self._sums = [0] * len(problem.limits)
        self._total = 0
        self._limits_of = _limits_of(problem)

    def open_bundle(self, place: int) -> tuple[int, ...]:
        """The need with its prerequisites that have no money yet, those first."""
        found: dict[int, None] = {}
        path = [(place, iter(self._requires[place]))]
        while path:
            current, wanted = path[-1]
            following = next((w for w in wanted if w not in found and w not in self.paid), None)
            if following is None:
                path.pop()
                found[current] = None
            else:
                path.append((following, iter(self._requires[following])))
        return tuple(found)

    def enter(self, amounts: Mapping[int, int], shares: bool = True) -> Obstacle | None:
        """Fund these needs by so much more, or say what stands against it.

        With `shares` False, limits on shares are not looked at.
        """
        obstacle = self._pins_and_groups(amounts) or self._caps_and_shares(amounts, shares)
        if obstacle:
            return obstacle
        routing = self.routing if len(amounts) == 1 else self.routing.copy()
        for place, fen in amounts.items():
            if not routing.add(place, fen):
                return Obstacle("money" if routing.eligible[place] else "nobody")
        self.routing = routing
        for place, fen in amounts.items():
            self._book(place, fen)
        return None

    def left(self) -> list[int]:
        """Fen that each channel has left when the most special money is spent first."""
        needs, channels = self.problem.needs, self.problem.channels
        payments = pay(self.problem, {needs[p].id: fen for p, fen in self.paid.items()})
        if isinstance(payments, Shortage):
            raise AssertionError("what was booked can be paid")
        spent: Counter[str] = Counter()
        for payment in payments:
            spent[payment.channel] += payment.amount_fen
        return [channel.payable_fen - spent[channel.id] for channel in channels]

    def most(self, place: int, fen: int) -> int:
        """The most, up to `fen`, by which a divisible need can be funded further; 0 if by nothing.

        Found by halving, hence the greatest where less money always fits better (without match).
        """
        need, before = self.problem.needs[place], self.paid.get(place, 0)
        low, high = max(need.least_fen - before, 1), min(fen, need.cost_fen - before)
        if low > high or not self._fits(place, low):
            return 0
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._fits(place, middle) else (low, middle - 1)
        return low

    def met(self, limit: int) -> bool:
        """Whether the limit at this place is kept so far."""
        rule, found = self.problem.limits[limit], self._sums[limit]
        if rule.kind == "cap":
            return found <= rule.amount_fen
        if rule.kind == "floor":
            return found >= rule.amount_fen
        return rule.kind == "unserved_first" or found >= rule.at_least * (
            self._total if rule.kind == "share" else 1
        )

    def broken(self) -> tuple[int, ...]:
        """The places of the limits that are not kept."""
        return tuple(place for place in range(len(self._sums)) if not self.met(place))

    def found(self, limit: int) -> int:
        """Fen paid, or needs funded, in the scope of the limit at this place."""
        return self._sums[limit]

    def _fits(self, place: int, fen: int) -> bool:
        amounts = {place: fen}
        if self._pins_and_groups(amounts) or self._caps_and_shares(amounts, True):
            return False
        return self.routing.copy().add(place, fen)

    def _pins_and_groups(self, amounts: Mapping[int, int]) -> Obstacle | None:
        takers = dict(self._takers)
        for place in amounts:
            need = self.problem.needs[place]
            if need.pinned == "out":
                return Obstacle("pinned_out", place)
            if need.group is not None and takers.setdefault(need.group, place) != place:
                return Obstacle("group", takers[need.group])
        return None

    def _caps_and_shares(self, amounts: Mapping[int, int], shares: bool) -> Obstacle | None:
        added: Counter[int] = Counter()
        for place, fen in amounts.items():
            for limit in self._limits_of[place]:
                added[limit] += fen
        more = sum(amounts.values())
        for limit, rule in enumerate(self.problem.limits):
            inside = self._sums[limit] + added[limit]
            if rule.kind == "cap" and added[limit] and inside > rule.amount_fen:
                return Obstacle("cap", limit)
            if not shares or rule.kind != "share" or added[limit] == more:
                continue
            if inside < rule.at_least * (self._total + more):
                return Obstacle("share", limit)
        return None

    def _book(self, place: int, fen: int) -> None:
        need, first = self.problem.needs[place], place not in self.paid
        self.paid[place] = self.paid.get(place, 0) + fen
        self._total += fen
        if need.group is not None:
            self._takers[need.group] = place
        for limit in self._limits_of[place]:
            serve = self.problem.limits[limit].kind == "serve"
            self._sums[limit] += first if serve else fen


def _limits_of(problem: Problem) -> list[tuple[int, ...]]:
    """For every need the places of the limits that speak of it."""
    known: dict[tuple[str | None, ...], tuple[int, ...]] = {}
    found = []
    for need in problem.needs:
        key = (need.village, need.township, need.category)
        if key not in known:
            limits = enumerate(problem.limits)
            known[key] = tuple(k for k, limit in limits if limit.scope.holds(need))
        found.append(known[key])
    return found
