"""Needs, projects and money of the small world, of which some may be the same work."""

from collections.abc import Sequence
from typing import Any

from tests.cast import World

from laoqu.areas.contributions.models import Contribution
from laoqu.areas.needs.models import Category, Need
from laoqu.areas.projects.models import Project
from laoqu.coordination.overlaps.checking import check_ledger
from laoqu.coordination.overlaps.models import OverlapPair

HERE = ("高市村",)
DRAIN = "新建巷道排水沟800米"


def need(world: World, at: Sequence[str] = HERE, **fields: Any) -> Need:
    """A need for a drain at 高市村, led by the water bureau."""
    own = {"name": "高市村巷道排水", "works": DRAIN, "lead": world.water, **fields}
    row = Need.objects.create(
        **{"association": world.yongji, "year": 2024, "category": Category.WATER_WORKS, **own}
    )
    row.places.set(world.places[name] for name in at)
    return row


def project(world: World, at: Sequence[str] = HERE, **fields: Any) -> Project:
    """A project for the same drain, of the bureau of finance."""
    own = {"name": "高市村巷道排水工程", "works": DRAIN, "department": world.finance, **fields}
    row = Project.objects.create(
        **{"association": world.yongji, "year": 2024, "category": Category.WATER_WORKS, **own}
    )
    row.places.set(world.places[name] for name in at)
    return row


def money(world: World, at: Sequence[str] = HERE, **fields: Any) -> Contribution:
    """A line of money of the bureau of finance for a drain, for one village or several."""
    attribution = "sole" if len(at) == 1 else "joint"
    own = {"works": "巷道排水", "amount": 300000, "attribution": attribution, **fields}
    row = Contribution.objects.create(
        **{"association": world.yongji, "year": 2024, "funder": world.finance, **own}
    )
    row.places.set(world.places[name] for name in at)
    return row


def checked(world: World) -> list[OverlapPair]:
    """All pairs after a check of the whole ledger."""
    check_ledger(world.yongji)
    return list(OverlapPair.objects.order_by("pk"))


def the_pair(world: World) -> OverlapPair:
    """The only pair after a check of the whole ledger."""
    [pair] = checked(world)
    return pair
