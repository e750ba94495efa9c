"""一村一档 and the file of a department: everything once, nothing that is not the reader's."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.activities.models import ReliefVisit
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.places.models import Succession, VillageStatistics
from laoqu.reporting.dossiers import department_file, village_file
from laoqu.reporting.tests.builders import cite, save


@pytest.fixture
def filled(world: World) -> dict[str, Any]:
    """Money alone and shared, a visit, and a village that was merged into another."""
    gao, han, xin = (world.places[name] for name in ("高市村", "韩村", "新源村"))
    own = save(world, Contribution, [gao], funder=world.water, amount=Decimal(100000))
    both = save(world, Contribution, [gao, han], funder=world.water, amount=Decimal(300000))
    save(world, Contribution, [xin], funder=world.finance, amount=Decimal(50000), year=2023)
    Succession.objects.create(
        association=world.yongji, year=2024, place=han, successor=gao, kind="merged"
    )
    VillageStatistics.objects.create(
        association=world.yongji, year=2024, place=gao, source="某镇年报", households=300
    )
    save(world, ReliefVisit, [gao], name="春节慰问", host=world.water)
    cite(world, own, "水利局为高市村投资10万元。", "投资10万元")
    return {"own": own, "both": both}


def page_of(person: Any, name: str, pk: int) -> str:
    client = Client()
    if person.is_authenticated:
        client.force_login(person)
    return client.get(reverse(name, args=[pk])).content.decode()


def test_a_village_file_counts_every_line_once_with_its_merged_villages(
    world: World, filled: dict[str, Any]
) -> None:  # M1
    found = village_file(world.mei, world.places["高市村"])
    [year] = found.money
    assert (year.year, year.lines) == (2024, 2)
    assert (year.sole, year.shared, year.most) == (400000, 0, 400000)  # the merged are one
    assert found.profile is not None
    assert ("户数", "300") in [(str(label), value) for label, value in found.profile_facts]
    assert [str(place) for place in found.before] == ["韩村"]
    labels = {str(part.label): len(part.lines) for part in found.parts}
    assert labels == {"村情": 1, "撤并沿革": 1, "帮扶资金": 2, "送温暖慰问": 1}
    assert [passage.text for passage in found.passages] == ["投资10万元"]


def test_a_village_file_prints_with_signature_lines(world: World, filled: dict[str, Any]) -> None:
    page = page_of(world.mei, "village_file", world.places["高市村"].pk)
    assert "栲栳镇高市村一村一档" in page
    assert "村（盖章）" in page
    assert "投资10万元" in page


def test_the_public_sees_published_rows_only(world: World, filled: dict[str, Any]) -> None:
    page = page_of(world.public, "village_file", world.places["高市村"].pk)
    assert filled["own"].code in page
    assert "某镇年报" not in page


def test_a_department_file_says_what_it_gave_where_and_when(
    world: World, filled: dict[str, Any]
) -> None:  # M2
    world.finance.succeeded_by = world.water
    world.finance.save()
    found = department_file(world.mei, world.water)
    assert [(year.year, year.most) for year in found.money] == [
        (2023, 50000),
        (2024, 400000),
    ]
    assert found.all_money.most == 450000
    assert [(one.total.place.name, one.years) for one in found.helped] == [
        ("高市村", [2024]),
        ("韩村", [2024]),
        ("新源村", [2023]),
    ]
    assert "单位（盖章）" in page_of(world.mei, "department_file", world.water.pk)


def test_a_stranger_finds_nothing_internal_in_a_department_file(world: World) -> None:
    save(world, ReliefVisit, [], name="内部慰问", host=world.water, visibility="internal")
    assert "内部慰问" not in page_of(world.lin, "department_file", world.water.pk)
