"""The 四有, the year they are due in, the chain of a site, the gap list."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.heritage.models import Event, HistoricPerson, Inspection, Site
from laoqu.areas.heritage.services import gap_list
from laoqu.register.flows import move
from laoqu.register.registry import Register

TODAY = date(2026, 11, 20)
FOUR = {
    "protection_area": "院墙以内",
    "control_zone": "院墙外 20 米",
    "sign_by": "某市人民政府",
    "sign_on": "2024-06",
    "archive": "档 001",
    "custodian": "某镇文化站",
}
ANNOUNCED = {"protection": "county", "announced_by": "某市人民政府", "announced_on": "2024-05"}


def site(world: World, **changes: Any) -> Site:
    given = {"name": "张庄旧址", "place": world.places["高市村"], **changes}
    return Site.objects.create(association=world.yongji, year=2024, **given)


def walk(row: Site, world: World, *stages: str) -> None:
    flow = Register.registers["heritage-sites"].flow
    assert flow is not None
    for stage in stages:
        move(flow, row, world.mei, stage)


def test_a_site_is_listed_only_with_its_announcement(world: World) -> None:
    row = site(world)
    walk(row, world, "surveyed", "recognised")
    with pytest.raises(ValidationError, match="公布机关"):
        walk(row, world, "listed")


@pytest.mark.parametrize("lacking", sorted(FOUR))
def test_a_protected_site_reaches_the_four_only_with_each_of_them(
    lacking: str, world: World
) -> None:
    row = site(world, stage="listed", **ANNOUNCED, **{**FOUR, lacking: ""})
    with pytest.raises(ValidationError, match="四有还缺"):
        walk(row, world, "four_complete")
    Site.objects.filter(pk=row.pk).update(**FOUR)
    walk(row, world, "four_complete", "patrolled", "opened")


def test_coordinates_come_in_pairs_and_may_be_blurred(world: World) -> None:  # M17
    row = site(world, longitude=Decimal("110.448123"))
    with pytest.raises(ValidationError, match="一起填"):
        row.clean()
    row.latitude = Decimal("34.867321")
    row.full_clean()
    assert row.latitude == Decimal("34.867321")
    row.blurred = True
    row.clean()
    assert (row.longitude, row.latitude) == (Decimal("110.45"), Decimal("34.87"))
    row.latitude = Decimal("60")
    with pytest.raises(ValidationError, match="latitude"):
        row.full_clean()


def test_a_site_that_is_no_protected_site_needs_no_four(world: World) -> None:
    row = site(world, stage="listed", **{**ANNOUNCED, "protection": "none"})
    walk(row, world, "four_complete", "patrolled")


def test_a_township_looks_after_its_sites_but_does_not_list_them(world: World) -> None:
    flow = Register.registers["heritage-sites"].flow
    assert flow is not None
    row = site(world, **ANNOUNCED)
    move(flow, row, world.lao, "surveyed")
    with pytest.raises(ValidationError):
        move(flow, row, world.lao, "recognised")


def test_the_gap_list_says_what_each_site_lacks_and_who_is_late(world: World) -> None:
    late = site(world, name="甲", stage="listed", **ANNOUNCED)
    site(world, name="乙", stage="listed", **{**ANNOUNCED, "announced_on": "2026-01"})
    whole = site(world, name="丙", **ANNOUNCED, **FOUR, ownership="state", responsible="某镇政府")
    Inspection.objects.create(
        association=world.yongji, year=2024, site=whole, inspected_on="2024-05", condition="good"
    )
    site(world, name="丁", ownership="collective", responsible="某村")
    site(world, name="戊", stage="lost")
    found = gap_list(Site.objects.all(), TODAY)
    assert found.sites == 4
    assert [(row.site.name, row.overdue) for row in found.rows] == [
        ("甲", True),
        ("乙", False),
        ("丁", False),
    ]
    assert found.rows[0].site == late
    assert found.rows[2].cells == (None, None, None, None, None, False, False)
    assert {gap.key: count for gap, count in found.gaps} == {
        "area": 2, "zone": 2, "sign": 2, "archive": 2, "custodian": 2, "owner": 2, "responsible": 2,
    }  # fmt: skip
    assert found.never_inspected == 3


@pytest.mark.parametrize(
    ("announced_on", "today", "late"),
    [
        ("2024-05-06", date(2025, 5, 6), False),
        ("2024-05-06", date(2025, 5, 7), True),
        ("2024-05", date(2025, 5, 31), False),
        ("2024-05", date(2025, 6, 1), True),
        ("2024-02-29", date(2025, 3, 1), True),
    ],
)
def test_the_four_are_due_one_year_after_the_announcement(
    announced_on: str, today: date, late: bool, world: World
) -> None:
    site(world, stage="listed", **{**ANNOUNCED, "announced_on": announced_on})
    [row] = gap_list(Site.objects.all(), today).rows
    assert row.overdue == late


def test_a_date_to_put_right_needs_a_problem_and_comes_after_the_round(world: World) -> None:
    row = Inspection(
        association=world.yongji,
        code="x",
        year=2024,
        site=site(world),
        inspected_on="2024-05-06",
        condition="poor",
        rectify_by="2024-06",
    )
    with pytest.raises(ValidationError, match="发现的问题"):
        row.full_clean()
    row.problems = "屋面漏雨"
    row.rectified_on = "2024-05-01"
    with pytest.raises(ValidationError, match="不能早于巡查"):
        row.full_clean()
    row.rectified_on = "2024-06-01"
    row.full_clean()


def test_a_site_shows_its_rounds_persons_and_events(world: World) -> None:
    row = site(world)
    person = HistoricPerson.objects.create(association=world.yongji, year=2024, name="某烈士")
    person.sites.add(row)
    event = Event.objects.create(association=world.yongji, year=2024, name="张庄战斗")
    event.sites.add(row)
    client = Client()
    client.force_login(world.mei)
    page = client.get(reverse("register_detail", args=["heritage-sites", row.pk]))
    assert {tab["register"].slug: tab["count"] for tab in page.context["tabs"]} == {
        "heritage-inspections": 0,
        "heritage-repairs": 0,
        "heritage-persons": 1,
        "heritage-events": 1,
    }


def test_the_gap_page_shows_a_township_its_own_sites_only(world: World) -> None:
    site(world, name="高市旧址")
    site(world, name="新源旧址", place=world.places["新源村"])
    client = Client()
    client.force_login(world.lao)
    page = client.get(reverse("heritage_gaps")).content.decode()
    assert "高市旧址" in page
    assert "新源旧址" not in page
