"""Who pays what, once it is known how much every need gets: an exact flow in whole fen.

The most narrowly earmarked money goes first, so that free money stays free; then augmenting paths
(Edmonds and Karp 1972) move payments until every need is paid or provably cannot be. Needs that
the same channels may pay, none of them asking for match, are one node of the flow.
"""

from collections import deque
from collections.abc import Mapping, Sequence
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
    paid: dict[int, int] = field(default_factory=dict)

    def room(self, channel: int) -> int:
        return self.most[channel] - self.paid.get(channel, 0)

    def take(self, channel: int, fen: int) -> None:
        self.paid[channel] = self.paid.get(channel, 0) + fen


def eligible(problem: Problem) -> list[tuple[int, ...]]:
    """For every need, the places of the channels that may pay it. Needs alike share the tuple."""
    known: dict[tuple[str | None, ...], tuple[int, ...]] = {}
    found = []
    for need in problem.needs:
        key = (need.village, need.township, need.category)
        if key not in known:
            known[key] = tuple(j for j, c in enumerate(problem.channels) if c.may_pay(need))
        found.append(known[key])
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}
    return [shared.setdefault(channels, channels) for channels in found]


def pay(problem: Problem, amounts: Mapping[str, int]) -> tuple[Payment, ...] | Shortage:
    """Payments that give every need its amount exactly, or the channels that fall short."""
    nodes = _nodes(problem, amounts)
    left = [channel.payable_fen for channel in problem.channels]
    _greedy(nodes, left, problem.channels)
    for node in nodes:
        while node.open_fen:
            seen = _augment(node, nodes, left)
            if seen is not None:
                return Shortage(frozenset(problem.channels[j].id for j in seen))
    order = {need.id: place for place, need in enumerate(problem.needs)}
    payments = [p for node in nodes for p in _split(node, problem.channels)]
    rank = {channel.id: place for place, channel in enumerate(problem.channels)}
    return tuple(sorted(payments, key=lambda p: (order[p.need], rank[p.channel])))


def _nodes(problem: Problem, amounts: Mapping[str, int]) -> list[_Node]:
    nodes: list[_Node] = []
    shared: dict[tuple[int, ...], _Node] = {}
    for need, channels in zip(problem.needs, eligible(problem), strict=True):
        fen = amounts.get(need.id, 0)
        if not fen:
            continue
        most = {j: problem.channels[j].most_fen(fen) for j in channels}
        alone = any(part < fen for part in most.values())
        if alone or channels not in shared:
            nodes.append(_Node([(need, fen)], most, fen))
            if not alone:
                shared[channels] = nodes[-1]
            continue
        node = shared[channels]
        node.members.append((need, fen))
        node.open_fen += fen
        for j in channels:
            node.most[j] += fen
    return nodes


def _greedy(nodes: Sequence[_Node], left: list[int], channels: Sequence[Channel]) -> None:
    """A first distribution: needs with few channels first, channels with few needs first."""
    wanted = [0] * len(channels)
    for node in nodes:
        for j in node.most:
            wanted[j] += node.open_fen
    for node in sorted(nodes, key=lambda node: len(node.most)):
        for j in sorted(node.most, key=lambda j: (wanted[j], j)):
            fen = min(node.open_fen, node.room(j), left[j])
            if fen:
                node.take(j, fen)
                node.open_fen -= fen
                left[j] -= fen


def _augment(start: _Node, nodes: Sequence[_Node], left: list[int]) -> set[int] | None:
    """Pay a little more of `start` along a shortest path, or the channels that are exhausted."""
    payers: dict[int, list[_Node]] = {}
    for node in nodes:
        for j, fen in node.paid.items():
            if fen:
                payers.setdefault(j, []).append(node)
    came: dict[int, _Node] = {}
    through: dict[int, int] = {}
    queue, reached = deque([start]), {id(start)}
    while queue:
        node = queue.popleft()
        for j in node.most:
            if j in came or not node.room(j):
                continue
            came[j] = node
            if left[j]:
                _shift(start, j, came, through, left)
                return None
            for other in payers.get(j, ()):
                if id(other) not in reached:
                    reached.add(id(other))
                    through[id(other)] = j
                    queue.append(other)
    return set(came)


def _shift(
    start: _Node, end: int, came: Mapping[int, _Node], through: Mapping[int, int], left: list[int]
) -> None:
    path, j = [], end
    while True:
        node = came[j]
        path.append((node, j))
        if node is start:
            break
        j = through[id(node)]
    fen = min(start.open_fen, left[end], *(node.room(j) for node, j in path))
    fen = min(fen, *(node.paid[through[id(node)]] for node, _ in path[:-1]), fen)
    for node, j in path:
        node.take(j, fen)
    for node, _ in path[:-1]:
        node.take(through[id(node)], -fen)
    left[end] -= fen
    start.open_fen -= fen


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
