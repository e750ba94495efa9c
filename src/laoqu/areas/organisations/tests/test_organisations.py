"""Seats term by term, stated numbers beside named rows, units that became others."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.organisations.models import CouncilSeat, LiaisonVillage, Organisation
from laoqu.areas.organisations.services import stated_numbers


def seat(world: World, **changes: Any) -> CouncilSeat:
    given = {"organisation": world.water, "session": "第四届", **changes}
    return CouncilSeat.objects.create(association=world.yongji, year=2024, **given)


def test_a_unit_has_one_seat_a_term(world: World) -> None:  # M2
    seat(world)
    CouncilSeat.check_written([seat(world, session="第五届")])
    with pytest.raises(ValidationError, match="已经有一行在届"):
        CouncilSeat.check_written([seat(world)])
    backwards = seat(world, session="第六届", starts_on="2024-05", ends_on="2023-05")
    with pytest.raises(ValidationError, match="不能早于任期开始"):
        backwards.full_clean()


def test_stated_numbers_stand_beside_the_rows_that_can_be_named(world: World) -> None:  # M2
    world.yongji.stated_units = 31
    world.yongji.stated_villages = 1
    world.yongji.save()
    seat(world)
    world.finance.council_member = True
    world.finance.save()
    world.places["高市村"].old_area = True
    world.places["高市村"].save()
    units, villages, branches = stated_numbers(world.yongji)
    assert units.sentence == "31，其中列名2"
    assert villages.sentence == "1，全部列名"
    assert "还没有填写总数" in branches.sentence


def test_the_office_corrects_its_stated_numbers_and_nobody_else(world: World) -> None:  # M2
    page = reverse("stated_numbers")
    typed = {"stated_units": "31", "stated_villages": "31", "stated_branches": "10"}
    client = Client()
    client.force_login(world.mei)
    client.post(page, typed)
    world.yongji.refresh_from_db()
    assert world.yongji.stated_units == 31
    client.force_login(world.shui)
    assert client.get(page).context["form"] is None
    assert client.post(page, {**typed, "stated_units": "5"}).status_code == 404


def test_a_unit_takes_along_those_that_became_part_of_it(world: World) -> None:  # M2
    poverty = Organisation.objects.create(association=world.yongji, name="永济市扶贫办")
    revival = Organisation.objects.create(association=world.yongji, name="永济市乡村振兴局")
    poverty.succeeded_by = revival
    poverty.save()
    revival.succeeded_by = world.finance
    revival.save()
    assert world.finance.with_predecessors() == [world.finance, revival, poverty]
    world.finance.succeeded_by = poverty
    with pytest.raises(ValidationError, match="绕了一圈"):
        world.finance.full_clean()


def test_a_liaison_village_ends_after_it_began(world: World) -> None:  # M2
    row = LiaisonVillage(
        association=world.yongji, year=2024, organisation=world.water,
        place=world.places["高市村"], starts_on="2024-05", ends_on="2023-05",
    )  # fmt: skip
    with pytest.raises(ValidationError, match="结束不能早于开始"):
        row.clean()
