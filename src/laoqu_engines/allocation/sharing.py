"""The course of equal shares: which needs the claimants buy, and what is done with the rest.

Every claimant gets its share of every pool of money that may pay one of its needs. Again and again
the need is funded whose supporters pay the least for one unit of utility, each at the same rate or
all it still has. Then divisible needs get the stage that their supporters can pay, and what stays
is spent by benefit per yuan. See docs/engines/allocation.md for the definition and its guarantees.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from laoqu_engines.allocation.books import Books, Obstacle
from laoqu_engines.allocation.buying import Queue
from laoqu_engines.allocation.claims import Claims
from laoqu_engines.allocation.market import Market
from laoqu_engines.allocation.model import tiers
from laoqu_engines.allocation.problem import Problem

Done = Callable[[], bool]


class Sharing:
    """The course of the rule over a problem whose needs are in the order of ties.

    `how` says by which step a need got its money, `refused` what stood against one that could have
    been bought, both by place.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.books = Books(problem)
        self.how: dict[int, str] = {}
        self.refused: dict[int, Obstacle] = {}
        self.market: Market | None = None
        self._claims = Claims(problem)
        self._required_by: dict[int, list[int]] = defaultdict(list)
        for place, need in enumerate(problem.needs):
            for wanted in need.requires:
                self._required_by[self.books.place[wanted]].append(place)

    @property
    def amounts(self) -> dict[str, int]:
        """Fen by id, of the needs that get any."""
        needs = self.problem.needs
        return {needs[place].id: fen for place, fen in sorted(self.books.paid.items())}

    def run(self, rest: bool) -> bool:
        """The whole course; False where what is pinned in cannot be done together.

        First what is pinned in, then what floors, shares and `serve` ask for, then everything, in
        the order of the tiers: each is shared out before the next has anything.
        """
        if not self._pin():
            return False
        ordered = tiers(self.problem)
        money = sum(channel.payable_fen for channel in self.problem.channels)
        for number, limit in enumerate(self.problem.limits):
            done = self._done(number, limit.at_least * money)
            for tier in ordered:
                if not done():
                    self._share([p for p in tier if limit.scope.holds(self.problem.needs[p])], done)
        for tier in ordered:
            self._share(tier, rest=rest)
        return True

    def held(self, place: int) -> int | None:
        """The fen that the supporters of a need still hold after the last step; None if nobody
        wants it or it was no longer to be bought."""
        offer = self.market.offer(place) if self.market and place not in self.books.paid else None
        return self.market.purses.held(offer) if self.market and offer else None

    def _pin(self) -> bool:
        """What is pinned in gets its least sum, then as much as can be. Shares are not looked at
        yet: the steps that follow work towards them."""
        needs, books = self.problem.needs, self.books
        pinned = [place for place, need in enumerate(needs) if need.pinned == "in"]
        for place in pinned:
            bundle = [p for p in books.open_bundle(place) if p not in books.paid]
            if books.enter({member: needs[member].least_fen for member in bundle}, shares=False):
                return False
            self.how.update(dict.fromkeys(bundle, "pinned"))
        for place in pinned:
            if fen := books.most(place, needs[place].cost_fen):
                books.enter({place: fen})
        return True

    def _done(self, number: int, money: Fraction) -> Done:
        """Whether the limit asks for no more; a share asks for its part of all the money."""
        kind = self.problem.limits[number].kind
        if kind == "share":
            return lambda: self.books.found(number) >= money
        return lambda: kind in ("cap", "unserved_first") or self.books.met(number)

    def _fund(self, places: Sequence[int], how: str) -> Obstacle | None:
        """Fund these needs whole, or say what stands against it."""
        needs = self.problem.needs
        amounts = {place: needs[place].cost_fen - self.books.paid.get(place, 0) for place in places}
        obstacle = self.books.enter(amounts)
        if obstacle is None:
            for place in places:
                self.how.setdefault(place, how)
        return obstacle

    def _share(self, places: Sequence[int], done: Done = lambda: False, rest: bool = True) -> None:
        """One step: these needs, until `done`. With `rest`, what stays is spent on them too."""
        waiting = [place for place in places if self._can_be_bought(place)]
        self.market = Market(self.books, self._claims, waiting)
        self._buy(self.market, waiting, done)
        self._stages(self.market, waiting, done)
        if rest:
            self._rest(places, done)

    def _can_be_bought(self, place: int) -> bool:
        """Not funded, and nothing of it pinned out: a need that cannot be gives no claim."""
        needs, books = self.problem.needs, self.books
        return place not in books.paid and all(
            needs[member].pinned != "out" for member in books.open_bundle(place)
        )

    def _buy(self, market: Market, places: Sequence[int], done: Done) -> None:
        queue = Queue(market.purses)
        for place in places:
            if offer := market.offer(place):
                queue.put(place, offer)
        while not done() and (taken := queue.take()):
            place, offer = taken
            bundle = self.books.open_bundle(place)
            if obstacle := self._fund(bundle, "shares"):
                self.refused[place] = obstacle
                continue
            market.purses.buy(offer)
            for member in bundle:
                queue.drop(member)
            for waiting in self._waiting_for(bundle):
                if queue.drop(waiting) and (offer := market.offer(waiting)):
                    queue.put(waiting, offer)

    def _waiting_for(self, places: Iterable[int]) -> Iterator[int]:
        """Needs without money that require one of these, directly or through others."""
        path, seen = [*places], {*places}
        while path:
            for place in self._required_by[path.pop()]:
                if place not in seen and place not in self.books.paid:
                    seen.add(place)
                    path.append(place)
                    yield place

    def _stages(self, market: Market, places: Sequence[int], done: Done) -> None:
        """Divisible needs get what their own supporters can still pay."""
        needs = self.problem.needs
        divisible = [place for place in places if needs[place].divisible]
        for place in sorted(divisible, key=self._per_yuan):
            if done() or place in self.books.paid or self.books.open_bundle(place) != (place,):
                continue
            if not (offer := market.offer(place)):
                continue
            fen = self.books.most(place, market.purses.held(offer))
            if fen and self.books.enter({place: fen}) is None:
                market.purses.buy(replace(offer, bills=(replace(offer.bills[0], fen=fen),)))
                self.how[place] = "stage"

    def _rest(self, places: Sequence[int], done: Done) -> None:
        """What stays, by benefit per yuan: whole needs, or as much of divisible ones as can be.

        Only needs refused for a share can come to fit later, so that a second round is for them.
        """
        waiting = sorted(places, key=self._per_yuan)
        while waiting and not done():
            tried, before = waiting, len(self.books.paid)
            for place in tried:
                if done():
                    return
                self._finish_need(place)
            again = {p for p in tried if p in self.refused and self.refused[p].kind == "share"}
            waiting = [p for p in tried if p in again] if len(self.books.paid) > before else []

    def _finish_need(self, place: int) -> None:
        """Fund the need, or what is open of it, from any money that may pay it."""
        need, books = self.problem.needs[place], self.books
        bundle = books.open_bundle(place)
        worthless = not any(self.problem.needs[member].benefit for member in bundle)
        paid = books.paid.get(place, 0)
        if worthless or paid == need.cost_fen or (paid and not need.divisible):
            return
        obstacle = self._fund(bundle, "rest")
        if obstacle is None:
            self.refused.pop(place, None)
            return
        self.refused[place] = obstacle
        if need.divisible and bundle == (place,):
            fen = books.most(place, need.cost_fen)
            if fen and books.enter({place: fen}) is None:
                self.how.setdefault(place, "rest")

    def _per_yuan(self, place: int) -> tuple[Fraction, int]:
        """Sorts by benefit per yuan of the need with what it requires, the greatest first."""
        bundle = self.books.open_bundle(place)
        needs = [self.problem.needs[member] for member in bundle]
        benefit = sum((need.benefit for need in needs), Fraction(0))
        return -benefit / sum(need.cost_fen for need in needs), place
