"""Who sees which question, and how much of it."""

from typing import Any

import pytest
from django.urls import reverse
from tests.cast import World

from laoqu.access.rules import CHANGE, VIEW, may
from laoqu.coordination.overlaps.tests.builders import checked, money, need, project, the_pair
from laoqu.coordination.overlaps.tests.test_decisions import client_of
from laoqu.register.registry import record_url

TABLE = """
mei    own      看 定
mei    other    看 定
shui   own      看
shui   other
lao    own      看
lao    other
gao    own      看
gao    other
cheng  own      看
cheng  other    看
lin    own
lin    other
public own
public other
"""
"""own: about a need of the water bureau at 高市村; other: of another bureau in another township."""
CELLS = [
    (line.split()[0], line.split()[1], set(line.split()[2:])) for line in TABLE.strip().splitlines()
]


@pytest.mark.parametrize(("person", "kind", "allowed"), CELLS)
def test_a_person_sees_and_decides_what_the_table_says(
    person: str, kind: str, allowed: set[str], world: World
) -> None:
    at = ("高市村",) if kind == "own" else ("新源村",)
    lead = world.water if kind == "own" else world.finance
    need(world, at, lead=lead, name="巷道排水")
    project(world, at, name="巷道排水")
    pair, user = the_pair(world), world.people()[person]
    found = {word for word, action in (("看", VIEW), ("定", CHANGE)) if may(user, action, pair)}
    assert found == allowed
    client = client_of(user)
    assert client.get(record_url(pair)).status_code == (200 if "看" in allowed else 404)
    listed = client.get(reverse("register_list", args=["overlaps"])).content.decode()
    assert (pair.code in listed) == ("看" in allowed)


def test_the_record_of_another_bureau_is_not_shown_beside_one_s_own(world: World) -> None:
    mine = need(world, name="高市村巷道排水甲", year=2024)
    other = project(world, name="高市村巷道排水乙工程", year=2024, financing="某某专项")
    pair = the_pair(world)
    page = client_of(world.shui).get(record_url(pair)).content.decode()
    assert mine.name in page
    assert other.name not in page
    assert "某某专项" not in page
    assert pair.reason not in page
    assert "另一条记录您无权查看" in page
    assert "您来定" not in page
    whole = client_of(world.mei).get(record_url(pair)).content.decode()
    assert other.name in whole
    assert pair.reason in whole


def test_the_township_branch_sees_both_records_of_its_village(world: World) -> None:
    need(world)
    other = project(world)
    page = client_of(world.lao).get(record_url(the_pair(world))).content.decode()
    assert other.name in page
    assert "您来定" not in page


@pytest.mark.parametrize("page", ["overlap_undo", "overlap_ask", "overlap_answer"])
@pytest.mark.parametrize("name", ["shui", "lao", "cheng", "lin"])
def test_the_steps_of_the_office_are_a_404_for_everybody_else(
    world: World, page: str, name: str
) -> None:
    need(world)
    project(world)
    address = reverse(page, args=[the_pair(world).pk])
    assert client_of(world.people()[name]).post(address).status_code == 404


def test_a_person_with_two_appointments_sees_a_pair_once(world: World) -> None:
    from laoqu.access.models import Appointment, Role

    Appointment.objects.create(
        user=world.shui, role=Role.TOWNSHIP, association=world.yongji, place=world.places["栲栳镇"]
    )
    need(world)
    project(world)
    pair = the_pair(world)
    page = client_of(world.shui).get(reverse("register_list", args=["overlaps"]))
    assert page.content.decode().count(f">{pair.code}<") == 1


def test_the_pages_cost_the_same_queries_however_many_pairs_there_are(
    world: World, django_assert_max_num_queries: Any
) -> None:
    need(world)
    project(world)
    pair, client = the_pair(world), client_of(world.mei)
    pages = [record_url(pair), reverse("overlap_accuracy"), "/"]
    few = []
    for page in pages:
        with django_assert_max_num_queries(80) as counted:
            client.get(page)
        few.append(len(counted))
    for number in range(4):
        money(world, works="巷道排水", note=str(number))
    assert len(checked(world)) > 5
    for page, most in zip(pages, few, strict=True):
        with django_assert_max_num_queries(most):
            client.get(page)
