"""The plan's sentences, for the people at the meeting."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from laoqu_engines.allocation.problem import Channel, Limit, Need, Problem, Scope


def money(fen: int) -> str:
    """A sum exact to the fen, in 万元 from one 万元 up, else in 元."""
    if abs(fen) >= 1_000_000:
        return f"{_decimals(Fraction(fen, 1_000_000))}万元"
    return f"{_decimals(Fraction(fen, 100))}元"


def points(value: Fraction | float) -> str:
    """A benefit, at most four decimals."""
    return _decimals(Fraction(round(float(value), 4)).limit_denominator(10_000))


def percent(share: Fraction) -> str:
    """A part of the whole in per cent."""
    return f"{_decimals(share * 100)}%"


def _decimals(value: Fraction) -> str:
    text = f"{Decimal(value.numerator) / value.denominator:.6f}"
    return text.rstrip("0").rstrip(".")


class Words:
    """Names of a problem's things, and its rules in words."""

    def __init__(self, problem: Problem) -> None:
        self._names = problem.names

    def name(self, id_: str) -> str:
        """The name given for an id, else the id."""
        return self._names.get(id_, id_)

    def channel(self, channel: Channel) -> str:
        """A channel by name, else by funder and id."""
        if channel.id in self._names or not channel.funder:
            return self.name(channel.id)
        return f"{channel.funder}（{channel.id}）"

    def names(self, ids: Iterable[str]) -> str:
        """Several names, at most five."""
        found = [self.name(id_) for id_ in ids]
        return "、".join(found[:5]) + (f"等{len(found)}项" if len(found) > 5 else "")

    def scope(self, scope: Scope) -> str:
        """Whom a limit speaks of."""
        places = [self.name(place) for place in (scope.township, scope.village) if place]
        parts = "".join(places) + (f"{scope.category}类" if scope.category else "")
        return parts or "全部需求"

    def limit(self, limit: Limit) -> str:
        """A limit in one phrase."""
        who = self.scope(limit.scope)
        if limit.kind == "cap":
            return f"{who}最多安排{money(limit.amount_fen)}"
        if limit.kind == "floor":
            return f"{who}至少安排{money(limit.amount_fen)}"
        if limit.kind == "share":
            return f"{who}至少占全部资金的{percent(limit.at_least)}"
        if limit.kind == "serve":
            return f"{who}至少安排{limit.at_least}项"
        return f"{limit.years}年以上没有安排的村优先"

    def barred(self, channel: Channel, need: Need) -> str:
        """The clause of a channel's earmark that keeps a need out."""
        who = self.channel(channel)
        if need.category is None and channel.categories is not None:
            return f"{who}只用于{'、'.join(sorted(channel.categories))}，这项需求没有写类别"
        if channel.categories is not None and need.category not in channel.categories:
            return f"{who}只用于{'、'.join(sorted(channel.categories))}"
        if need.category in channel.not_categories:
            return f"{who}不得用于{need.category}"
        return f"{who}只用于{self.names(sorted(channel.places or ()))}"

    def earmark(self, channel: Channel) -> str:
        """What a channel's money is for, in one phrase."""
        parts = []
        if channel.places is not None:
            parts.append(self.names(sorted(channel.places)))
        if channel.categories is not None:
            parts.append("、".join(sorted(channel.categories)))
        if channel.not_categories:
            parts.append(f"不用于{'、'.join(sorted(channel.not_categories))}")
        return "，".join(parts)
