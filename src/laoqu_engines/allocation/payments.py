"""Who pays what, once it is known how much every need gets: an exact flow in whole fen.

The most narrowly earmarked money goes first, so that free money stays free; then augmenting paths
(Edmonds and Karp 1972) move payments until every need is paid or provably cannot be. Needs that
the same channels may pay, none of them asking for match, are one node of the flow.
"""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

from laoqu_engines.allocation.plan import Payment
from laoqu_engines.allocation.problem import Channel, Need, Problem


@dataclass(frozen=True)
class Shortage:
    """Channels that cannot pay together what falls to them: the cut of the flow."""

    channels: frozenset[str]


@dataclass
class _Node:
    """Needs paid together: what is still to pay, and the most that each channel may give."""

    members: list[tuple[Need, int]]
    most: dict[int, int]
    open_fen: int
    number: int
    paid: dict[int, int] = field(default_factory=dict)

    def room(self, channel: int) -> int:
        return self.most[channel] - self.paid.get(channel, 0)


def eligible(problem: Problem) -> list[tuple[int, ...]]:
    """For every need, the places of the channels that may pay it. Needs alike share the tuple."""
    named = {place for channel in problem.channels for place in channel.places or ()}
    known: dict[tuple[str | None, ...], tuple[int, ...]] = {}
    found = []
    for need in problem.needs:
        places = (place if place in named else None for place in (need.village, need.township))
        key = (*places, need.category)
        if key not in known:
            known[key] = tuple(j for j, c in enumerate(problem.channels) if c.may_pay(need))
        found.append(known[key])
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}
    return [shared.setdefault(channels, channels) for channels in found]


def pay(problem: Problem, amounts: Mapping[str, int]) -> tuple[Payment, ...] | Shortage:
    """Payments that give every need its amount exactly, or the channels that fall short."""
    flow = Flow(problem, amounts)
    short = flow.run()
    if short is not None:
        return Shortage(frozenset(problem.channels[j].id for j in short))
    return flow.payments()


class Flow:
    """The flow from channels to needs while it grows. `alone`: needs that may still get more."""

    def __init__(
        self, problem: Problem, amounts: Mapping[str, int], alone: Collection[str] = ()
    ) -> None:
        self._problem = problem
        self._own: dict[str, _Node] = {}
        self._nodes: list[_Node] = []
        self._left = [channel.payable_fen for channel in problem.channels]
        self._payers: list[dict[int, _Node]] = [{} for _ in problem.channels]
        self._matched = {j for j, channel in enumerate(problem.channels) if channel.match_share}
        shared: dict[tuple[int, ...], _Node] = {}
        for need, channels in zip(problem.needs, eligible(problem), strict=True):
            if fen := amounts.get(need.id, 0):
                self._add(need, fen, channels, None if need.id in alone else shared)
        for node in shared.values():
            node.most = dict.fromkeys(node.most, node.open_fen)

    def _add(
        self,
        need: Need,
        fen: int,
        channels: tuple[int, ...],
        shared: dict[tuple[int, ...], _Node] | None,
    ) -> None:
        matched = self._matched.intersection(channels)
        if shared is not None and not matched:
            node = shared.get(channels)
            if node is not None:
                node.members.append((need, fen))
                node.open_fen += fen
                return
        most = dict.fromkeys(channels, fen)
        for j in matched:
            most[j] = self._problem.channels[j].most_fen(fen)
        node = _Node([(need, fen)], most, fen, len(self._nodes))
        self._own[need.id] = node
        self._nodes.append(node)
        if shared is not None and not matched:
            shared[channels] = node

    def run(self) -> set[int] | None:
        """Pay everything, or the places of the channels that are exhausted."""
        self._greedy(self._nodes)
        for node in self._nodes:
            while node.open_fen:
                short = self._augment(node)
                if short is not None:
                    return short
        return None

    def missing(self, channel: int) -> int | set[int]:
        """Pay everything with more money in one channel: how much more it takes, or the places of
        the channels that are exhausted without it."""
        extra = 0
        self._greedy(self._nodes)
        for node in self._nodes:
            while node.open_fen:
                short = self._augment(node)
                if short is not None and channel not in short:
                    return short
                if short is not None:
                    extra += node.open_fen
                    self._left[channel] += node.open_fen
        return extra

    def more(self, need: Need, fen: int) -> int:
        """Give a need that stands alone up to `fen` more: how much could be given."""
        node = self._own[need.id]
        node.open_fen = fen
        for j in node.most:
            if not self._problem.channels[j].match_share:
                node.most[j] += fen
        while node.open_fen and self._augment(node) is None:
            pass
        given, node.open_fen = fen - node.open_fen, 0
        node.members = [(need, node.members[0][1] + given)]
        return given

    def payments(self) -> tuple[Payment, ...]:
        """What was paid, by need, then channel."""
        order = {need.id: place for place, need in enumerate(self._problem.needs)}
        rank = {channel.id: place for place, channel in enumerate(self._problem.channels)}
        found = [p for node in self._nodes for p in _split(node, self._problem.channels)]
        return tuple(sorted(found, key=lambda p: (order[p.need], rank[p.channel])))

    def _augment(self, start: _Node) -> set[int] | None:
        """Pay a little more of `start` along a shortest path, or the channels reached in vain."""
        came: dict[int, _Node] = {}
        through: dict[int, int] = {}
        queue, reached = deque([start]), {start.number}
        while queue:
            node = queue.popleft()
            for j in node.most:
                if j in came or not node.room(j):
                    continue
                came[j] = node
                if self._left[j]:
                    self._shift(start, _path(start, j, came, through))
                    return None
                for number, other in self._payers[j].items():
                    if number not in reached:
                        reached.add(number)
                        through[number] = j
                        queue.append(other)
        return set(came)

    def _shift(self, start: _Node, path: Sequence[tuple[_Node, int, int | None]]) -> None:
        """Move as much as the path allows: each node takes from one channel, gives up another."""
        end = path[0][1]
        fen = min(start.open_fen, self._left[end], *(node.room(j) for node, j, _ in path))
        fen = min([fen, *(node.paid[back] for node, _, back in path if back is not None)])
        for node, j, back in path:
            self._take(node, j, fen)
            if back is not None:
                self._take(node, back, -fen)
        start.open_fen -= fen

    def _take(self, node: _Node, j: int, fen: int) -> None:
        """The node takes so much more from a channel, or gives it up."""
        node.paid[j] = node.paid.get(j, 0) + fen
        self._left[j] -= fen
        if node.paid[j]:
            self._payers[j][node.number] = node
        else:
            self._payers[j].pop(node.number, None)

    def _greedy(self, nodes: Sequence[_Node]) -> None:
        """A first distribution: needs with few channels first, channels with few needs first."""
        wanted = [0] * len(self._left)
        for node in nodes:
            for j in node.most:
                wanted[j] += node.open_fen
        for node in sorted(nodes, key=lambda node: len(node.most)):
            for j in sorted(node.most, key=lambda j: (wanted[j], j)):
                fen = min(node.open_fen, node.room(j), self._left[j])
                if fen:
                    self._take(node, j, fen)
                    node.open_fen -= fen


class Routing(Flow):
    """Whether one more need can be paid. What was added stays paid, by whom may still change."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem, {})
        self.eligible = eligible(problem)
        self._node_of: dict[object, _Node] = {}
        self._due: dict[object, int] = {}

    def add(self, place: int, fen: int) -> bool:
        """Pay the need at this place so much more; where that cannot be, nothing changes."""
        channels = self.eligible[place]
        match = any(self._problem.channels[j].match_share for j in channels)
        key = place if match else channels
        if key not in self._node_of:
            self._node_of[key] = _Node([], dict.fromkeys(channels, 0), 0, len(self._nodes))
            self._nodes.append(self._node_of[key])
        node = self._node_of[key]
        before = dict(node.paid)
        self._owe(key, fen)
        node.open_fen = fen
        self._greedy([node])
        while node.open_fen:
            if self._augment(node) is not None:
                for j, paid in list(node.paid.items()):
                    self._take(node, j, before.get(j, 0) - paid)
                node.open_fen = 0
                self._owe(key, -fen)
                return False
        return True

    def copy(self) -> "Routing":
        """The same payments, to try something on."""
        twin = copy(self)
        twin._left, twin._due = list(self._left), dict(self._due)
        twin._node_of = {
            key: _Node([], dict(node.most), 0, node.number, dict(node.paid))
            for key, node in self._node_of.items()
        }
        twin._nodes = list(twin._node_of.values())
        twin._payers = [
            {number: twin._nodes[number] for number in payers} for payers in self._payers
        ]
        return twin

    def _owe(self, key: object, fen: int) -> None:
        """The node gets so much more in all; a channel with match gives only its part of that."""
        self._due[key] = self._due.get(key, 0) + fen
        most = self._node_of[key].most
        for j in most:
            most[j] = self._problem.channels[j].most_fen(self._due[key])


def _path(
    start: _Node, end: int, came: Mapping[int, _Node], through: Mapping[int, int]
) -> list[tuple[_Node, int, int | None]]:
    """From the channel with money left back to the node that wants it."""
    path: list[tuple[_Node, int, int | None]] = []
    j = end
    while (node := came[j]) is not start:
        back = through[node.number]
        path.append((node, j, back))
        j = back
    return [*path, (start, j, None)]


def _split(node: _Node, channels: Sequence[Channel]) -> list[Payment]:
    """The node's payments by need, channel after channel."""
    payments = []
    purses = [[j, fen] for j, fen in sorted(node.paid.items()) if fen]
    for need, wanted in node.members:
        while wanted:
            j, fen = purses[-1]
            part = min(fen, wanted)
            payments.append(Payment(need.id, channels[j].id, part))
            wanted -= part
            purses[-1][1] -= part
            if not purses[-1][1]:
                purses.pop()
    return payments
