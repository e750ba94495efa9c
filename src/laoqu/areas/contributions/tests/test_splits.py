"""An amount over several villages is split only by lines within it, entered with their evidence."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from tests.cast import World

from laoqu.areas.contributions.models import Contribution
from laoqu.areas.contributions.services import (
    share_of,
    totals_by_funder,
    totals_by_village,
    with_parts,
)
from laoqu.register.registry import Register


def enter(world: World, yuan: int, *villages: str, **changes: Any) -> Contribution:
    given = {"year": 2024, "funder": world.water, **changes}
    row = Contribution(association=world.yongji, amount=Decimal(yuan), **given)
    places = [world.places[name] for name in villages]
    row.settle({"places": places})
    row.save()
    row.places.set(places)
    return row


def lines() -> Any:
    register = Register.registers["contributions"]
    return list(with_parts(register.countable(Contribution.objects.all())))


def test_a_split_moves_money_from_shared_to_sole_and_the_total_stays(world: World) -> None:  # M3
    whole = enter(world, 800, "高市村", "韩村", "新源村")
    enter(world, 300, "高市村", part_of=whole)
    totals = totals_by_village(lines())
    assert (totals.sole, totals.joint, totals.exact) == (300, 500, 800)
    by_name = {one.place.name: one for one in totals.villages}
    assert (by_name["高市村"].sole, by_name["高市村"].shared) == (300, 500)
    assert (by_name["韩村"].sole, by_name["韩村"].shared) == (0, 500)
    assert by_name["高市村"].lines == 1
    assert share_of(lines(), [world.places["高市村"]]) == (300, 500)


def test_a_line_that_is_wholly_split_is_shared_no_more(world: World) -> None:
    whole = enter(world, 800, "高市村", "韩村")
    enter(world, 300, "高市村", part_of=whole)
    enter(world, 500, "韩村", part_of=whole)
    assert share_of(lines(), [world.places["韩村"]]) == (500, 0)
    assert totals_by_village(lines()).joint == 0


def test_parts_come_to_no_more_than_the_whole_unless_it_is_rough(world: World) -> None:
    whole = enter(world, 800, "高市村", "韩村")
    part = enter(world, 900, "高市村", part_of=whole)
    with pytest.raises(ValidationError, match="超过这一笔的"):
        Contribution.check_written([part])
    whole.approximate = True
    whole.save()
    Contribution.check_written([part])
    assert share_of(lines(), [world.places["高市村"]]) == (0, 800)


def test_a_surplus_is_no_help_given(world: World) -> None:
    enter(world, 800, "高市村", stage="left")
    assert lines() == []


def test_what_a_unit_gave_year_by_year_goes_on_after_it_was_renamed(world: World) -> None:  # M2, M3
    enter(world, 100, "高市村", year=2023, funder=world.finance)
    enter(world, 300, "高市村")
    world.finance.succeeded_by = world.water
    world.finance.save()
    [one] = totals_by_funder(lines())
    assert (one.funder, one.years, one.total) == (world.water, ((2023, 100), (2024, 300)), 400)
