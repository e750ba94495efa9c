"""One order of needs and channels, whatever the order of the rows: ties do not depend on it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from laoqu_engines.allocation.plan import Payment
from laoqu_engines.allocation.problem import Need, Problem

Tie = Callable[[Need], Any]


def by_id(need: Need) -> str:
    """Of needs otherwise equal, the one whose id comes first."""
    return need.id


def canonical(problem: Problem, tie: Tie = by_id) -> Problem:
    """The problem with its needs in the order of ties, and its channels in that of their ids."""
    return replace(
        problem,
        needs=tuple(sorted(problem.needs, key=lambda need: (tie(need), need.id))),
        channels=tuple(sorted(problem.channels, key=lambda channel: channel.id)),
    )


def in_order(problem: Problem, payments: Iterable[Payment]) -> tuple[Payment, ...]:
    """Payments by need, then channel, in the order of the problem's rows."""
    row = {need.id: place for place, need in enumerate(problem.needs)}
    column = {channel.id: place for place, channel in enumerate(problem.channels)}
    return tuple(sorted(payments, key=lambda p: (row[p.need], column[p.channel])))
