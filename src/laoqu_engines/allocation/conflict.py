"""Why there is no plan: a set of conditions that clash, from which none can be left out.

QuickXplain (Junker 2004) halves the conditions instead of leaving them out one by one; the answer
is irreducible: without any one of the conditions named there is a plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from laoqu_engines.allocation.model import build
from laoqu_engines.allocation.problem import Channel, Need, Problem
from laoqu_engines.allocation.search import Infeasible, Search
from laoqu_engines.allocation.wording import Words, money, percent


@dataclass(frozen=True)
class Condition:
    """One rule that could be given up: what it is of, and its words."""

    kind: str
    key: object
    text: str


def conflict(problem: Problem) -> tuple[str, ...]:
    """The words of an irreducible set of clashing conditions of an infeasible problem."""
    return tuple(condition.text for condition in clashing(problem))


def clashing(problem: Problem) -> list[Condition]:
    """An irreducible set of clashing conditions of an infeasible problem."""
    conditions = _conditions(problem)
    found = _explain(problem, [], False, conditions)
    return [condition for condition in conditions if condition in found]


def is_feasible(problem: Problem) -> bool:
    """Whether any plan keeps all rules."""
    model = build(problem)
    try:
        Search(model).best(0 * model.money())
    except Infeasible:
        return False
    return True


def _explain(
    problem: Problem, held: list[Condition], grown: bool, rest: Sequence[Condition]
) -> list[Condition]:
    """The conditions of `rest` that are needed to clash, with those of `held` in force."""
    if grown and not is_feasible(under(problem, held)):
        return []
    if len(rest) == 1:
        return list(rest)
    first, second = rest[: len(rest) // 2], rest[len(rest) // 2 :]
    later = _explain(problem, [*held, *first], True, second)
    earlier = _explain(problem, [*held, *later], bool(later), first)
    return [*earlier, *later]


def _conditions(problem: Problem) -> list[Condition]:
    """Everything that could be given up, in the order in which it is named."""
    words = Words(problem)
    found = [
        Condition("pin", need.id, f"{words.name(need.id)}定了要做（造价{money(need.cost_fen)}）")
        if need.pinned == "in"
        else Condition("pin", need.id, f"{words.name(need.id)}定了不做")
        for need in problem.needs
        if need.pinned
    ]
    for place, limit in enumerate(problem.limits):
        empty = not any(limit.scope.holds(need) for need in problem.needs)
        more = "（清单里没有这样的需求）" if empty else ""
        found.append(Condition("limit", place, words.limit(limit) + more))
    groups = {need.group for need in problem.needs if need.group is not None}
    for group in sorted(groups):
        members = [need.id for need in problem.needs if need.group == group]
        found.append(Condition("group", group, f"{words.names(members)}只能做一项"))
    for need in problem.needs:
        for wanted in need.requires:
            text = f"做{words.name(need.id)}要先有{words.name(wanted)}"
            found.append(Condition("requires", (need.id, wanted), text))
    for channel in problem.channels:
        found += _channel(channel, words)
    return found


def _channel(channel: Channel, words: Words) -> list[Condition]:
    who = words.channel(channel)
    fee = f"，另提管理费{percent(channel.fee_share)}" if channel.fee_share else ""
    found = [Condition("budget", channel.id, f"{who}只有{money(channel.budget_fen)}{fee}")]
    if mark := words.earmark(channel):
        found.append(Condition("earmark", channel.id, f"{who}只用于{mark}"))
    if channel.match_share:
        part = percent(channel.match_share)
        found.append(Condition("match", channel.id, f"{who}付款的需求至少{part}要由别的资金配套"))
    return found


def under(problem: Problem, held: Sequence[Condition]) -> Problem:
    """The problem with only these conditions in force."""
    kept = {(condition.kind, condition.key) for condition in held}
    enough = 2 + sum(2 * need.cost_fen for need in problem.needs)
    return replace(
        problem,
        needs=tuple(_need(need, kept) for need in problem.needs),
        channels=tuple(_loosened(channel, kept, enough) for channel in problem.channels),
        limits=tuple(
            limit for place, limit in enumerate(problem.limits) if ("limit", place) in kept
        ),
    )


def _need(need: Need, kept: set[tuple[str, object]]) -> Need:
    return replace(
        need,
        pinned=need.pinned if ("pin", need.id) in kept else None,
        group=need.group if ("group", need.group) in kept else None,
        requires=tuple(r for r in need.requires if ("requires", (need.id, r)) in kept),
    )


def _loosened(channel: Channel, kept: set[tuple[str, object]], enough: int) -> Channel:
    free = ("earmark", channel.id) not in kept
    return replace(
        channel,
        budget_fen=channel.budget_fen if ("budget", channel.id) in kept else enough,
        categories=None if free else channel.categories,
        not_categories=frozenset() if free else channel.not_categories,
        places=None if free else channel.places,
        match_share=channel.match_share
        if ("match", channel.id) in kept
        else channel.match_share * 0,
    )
