"""The question put to the engine: needs, channels and limits, read from a file and checked.

All money is whole fen. Benefits and shares are exact fractions (a float of a file is taken as the
decimal that was written). Faults are one Chinese sentence that names the thing and what to do.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Self

from laoqu_engines.allocation.fields import Fields, ProblemError, rows, twice

PINS = ("in", "out")
KINDS = ("cap", "floor", "share", "serve", "unserved_first")


@dataclass(frozen=True, slots=True)
class Supporter:
    """Who wants a need: a claimant with a weight (usually people) and a utility."""

    id: str
    weight: Fraction
    utility: Fraction = Fraction(1)


@dataclass(frozen=True)
class Need:
    """A need. `benefit` belongs to full payment; a divisible need has its benefit in proportion."""

    id: str
    village: str
    cost_fen: int
    benefit: Fraction
    township: str | None = None
    category: str | None = None
    people: int = 0
    divisible: bool = False
    min_stage_fen: int | None = None
    group: str | None = None
    requires: tuple[str, ...] = ()
    continuing: bool = False
    years_unserved: int = 0
    supporters: tuple[Supporter, ...] | None = None
    pinned: str | None = None

    @property
    def least_fen(self) -> int:
        """The least sum with which the need counts as funded."""
        return (self.min_stage_fen or 1) if self.divisible else self.cost_fen

    def benefit_of(self, paid_fen: int) -> Fraction:
        """The benefit that this sum brings."""
        return self.benefit * paid_fen / self.cost_fen if paid_fen else Fraction(0)


@dataclass(frozen=True)
class Channel:
    """Money with its earmark: `categories` and `places` None = all."""

    id: str
    budget_fen: int
    funder: str = ""
    categories: frozenset[str] | None = None
    not_categories: frozenset[str] = frozenset()
    places: frozenset[str] | None = None
    deadline: str | None = None
    fee_share: Fraction = Fraction(0)
    match_share: Fraction = Fraction(0)

    @property
    def payable_fen(self) -> int:
        """The most it can pay: paid + fee, rounded up to the fen, stays within the budget."""
        return int(self.budget_fen / (1 + self.fee_share))

    def fee_fen(self, paid_fen: int) -> int:
        """The fee on all it pays, rounded up to the fen."""
        return -int(-self.fee_share * paid_fen // 1)

    def may_pay(self, need: Need) -> bool:
        """Whether its earmark allows the need; one without category takes unmarked money only."""
        if self.categories is not None and need.category not in self.categories:
            return False
        if need.category in self.not_categories:
            return False
        return self.places is None or bool(self.places & {need.village, need.township})

    def most_fen(self, paid_fen: int) -> int:
        """The most it may pay towards a need that gets `paid_fen` in all (the rest is match)."""
        own = 1 - self.match_share
        return paid_fen * own.numerator // own.denominator


@dataclass(frozen=True)
class Scope:
    """The needs that a limit speaks of: all given parts must fit; none given = every need."""

    village: str | None = None
    township: str | None = None
    category: str | None = None

    def holds(self, need: Need) -> bool:
        """Whether the need is spoken of."""
        pairs = (
            (self.village, need.village),
            (self.township, need.township),
            (self.category, need.category),
        )
        return all(wanted in (None, found) for wanted, found in pairs)


@dataclass(frozen=True)
class Limit:
    """A rule over money paid (cap, floor, share), needs funded (serve), order (unserved_first)."""

    kind: str
    scope: Scope = Scope()
    amount_fen: int = 0
    at_least: Fraction = Fraction(0)
    years: int = 0


@dataclass(frozen=True)
class Village:
    """What is known of a village beside its needs: people, and what it got in earlier years."""

    id: str
    people: int = 0
    earlier_fen: int = 0


@dataclass(frozen=True)
class Problem:
    """Needs, channels and limits that fit together; made by `from_json` or `checked`.

    `villages` may be left out: it gives people and the earlier years for fairness.
    `names` are what the plan's sentences call needs, channels, villages, townships and groups
    instead of their ids; nothing is decided by them.
    """

    needs: tuple[Need, ...]
    channels: tuple[Channel, ...]
    limits: tuple[Limit, ...] = ()
    villages: tuple[Village, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: object) -> Self:
        """The problem of a file (see docs/engines/allocation.md). Raises `ProblemError`."""
        top = Fields(data, "问题文件")
        needs = [_need(row, place) for place, row in enumerate(top.entries("needs"), 1)]
        channels = [_channel(row, place) for place, row in enumerate(top.entries("channels"), 1)]
        limits = [_limit(row, place) for place, row in enumerate(top.entries("limits", ()), 1)]
        villages = [_village(row, i) for i, row in enumerate(top.entries("villages", ()), 1)]
        names = top.names("names")
        top.close()
        return cls.checked(needs, channels, limits, villages, names)

    @classmethod
    def checked(
        cls,
        needs: Iterable[Need],
        channels: Iterable[Channel],
        limits: Iterable[Limit] = (),
        villages: Iterable[Village] = (),
        names: Mapping[str, str] = MappingProxyType({}),
    ) -> Self:
        """The problem, if ids are unique, prerequisites known and without a circle."""
        problem = cls(tuple(needs), tuple(channels), tuple(limits), tuple(villages), dict(names))
        for name, ids in (
            ("需求", [need.id for need in problem.needs]),
            ("资金渠道", [channel.id for channel in problem.channels]),
            ("老区村", [village.id for village in problem.villages]),
        ):
            if again := twice(ids):
                raise ProblemError(f"{name}编号“{again}”出现了两次，请给每一条不同的编号。")
        _check_requires({need.id: need for need in problem.needs})
        return problem

    def people_by_village(self) -> dict[str, int]:
        """People of every village with a need or an entry; without an entry, the most people that
        a need of the village names."""
        known = {village.id: village.people for village in self.villages}
        found: dict[str, int] = {}
        for need in self.needs:
            found[need.village] = max(need.people, found.get(need.village, 0))
        return found | {village: known[village] or found.get(village, 0) for village in known}


def _need(row: object, place: int) -> Need:
    fields = Fields(row, f"第{place}条需求", "需求")
    name, supporters = fields.name("id"), fields.get("supporters")
    need = Need(
        id=name,
        village=fields.text("village"),
        cost_fen=fields.fen("cost_fen", least=1),
        benefit=fields.number("benefit"),
        township=fields.optional_text("township"),
        category=fields.optional_text("category"),
        people=fields.count("people"),
        divisible=fields.flag("divisible"),
        min_stage_fen=fields.optional_fen("min_stage_fen"),
        group=fields.optional_text("group"),
        requires=fields.texts("requires") or (),
        continuing=fields.flag("continuing"),
        years_unserved=fields.count("years_unserved"),
        supporters=None if supporters is None else _supporters(supporters, fields.who),
        pinned=fields.choice("pinned", PINS),
    )
    fields.close()
    if need.min_stage_fen is not None and need.min_stage_fen > need.cost_fen:
        raise ProblemError(
            f"{fields.who}的最小一期min_stage_fen比全部造价cost_fen还大，请改小或去掉。"
        )
    return need


def _supporters(found: object, who: str) -> tuple[Supporter, ...]:
    supporters = []
    for row in rows(found, f"{who}的supporters"):
        fields = Fields(row, f"{who}的一个支持者", "支持者")
        supporters.append(
            Supporter(
                id=fields.name("id"),
                weight=fields.number("weight"),
                utility=fields.number("utility", Fraction(1)),
            )
        )
        fields.close()
    if again := twice(supporter.id for supporter in supporters):
        raise ProblemError(f"{who}的支持者“{again}”出现了两次，请合并成一个。")
    return tuple(supporters)


def _channel(row: object, place: int) -> Channel:
    fields = Fields(row, f"第{place}个资金渠道", "资金渠道")
    name = fields.name("id")
    categories, places = fields.texts("categories"), fields.texts("places")
    channel = Channel(
        id=name,
        budget_fen=fields.fen("budget_fen"),
        funder=fields.optional_text("funder") or "",
        categories=None if categories is None else frozenset(categories),
        not_categories=frozenset(fields.texts("not_categories") or ()),
        places=None if places is None else frozenset(places),
        deadline=fields.optional_text("deadline"),
        fee_share=fields.share("fee_share"),
        match_share=fields.share("match_share"),
    )
    fields.close()
    return channel


def _village(row: object, place: int) -> Village:
    fields = Fields(row, f"第{place}个老区村", "老区村")
    village = Village(
        id=fields.name("id"),
        people=fields.count("people"),
        earlier_fen=fields.count("earlier_fen"),
    )
    fields.close()
    return village


def _limit(row: object, place: int) -> Limit:
    fields = Fields(row, f"第{place}条限制")
    kind = fields.choice("kind", KINDS)
    if kind is None:
        raise ProblemError(f"{fields.who}没有kind，请写{'、'.join(KINDS)}中的一个。")
    scope = Scope() if kind == "unserved_first" else _scope(fields.get("scope"), fields.who)
    limit = Limit(
        kind,
        scope,
        amount_fen=fields.fen("amount_fen") if kind in ("cap", "floor") else 0,
        at_least=_at_least(fields, kind),
        years=fields.count("years", least=1) if kind == "unserved_first" else 0,
    )
    fields.close()
    return limit


def _at_least(fields: Fields, kind: str) -> Fraction:
    if kind == "serve":
        return Fraction(fields.count("at_least", least=1))
    return fields.share("at_least", whole=True) if kind == "share" else Fraction(0)


def _scope(found: object, who: str) -> Scope:
    if found is None:
        return Scope()
    fields = Fields(found, f"{who}的scope")
    scope = Scope(*(fields.optional_text(key) for key in ("village", "township", "category")))
    fields.close()
    return scope


def _check_requires(needs: Mapping[str, Need]) -> None:
    """Every prerequisite is a need, and none leads back to itself."""
    for need in needs.values():
        for wanted in need.requires:
            if wanted not in needs:
                raise ProblemError(
                    f"需求“{need.id}”的前提“{wanted}”不在需求清单里，请改正编号或去掉。"
                )
    settled: set[str] = set()
    for start in needs:
        path: dict[str, Iterator[str]] = (
            {start: iter(needs[start].requires)} if start not in settled else {}
        )
        while path:
            current = next(reversed(path))
            following = next(path[current], None)
            if following is None:
                settled.add(current)
                path.popitem()
            elif following in path:
                circle = "、".join(list(path)[list(path).index(following) :])
                raise ProblemError(f"需求{circle}互为前提，谁也不能先做，请去掉其中一个前提。")
            elif following not in settled:
                path[following] = iter(needs[following].requires)
