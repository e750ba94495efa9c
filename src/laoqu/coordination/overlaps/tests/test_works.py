"""The ledger as works: one a village, joint money joint, only what stands."""

from typing import Any

import pytest
from tests.cast import World

from laoqu.areas.needs.models import Stage as NeedStage
from laoqu.areas.places.models import Place, Succession
from laoqu.areas.projects.stages import Stage as ProjectStage
from laoqu.coordination.overlaps.tests.builders import money, need, project
from laoqu.coordination.overlaps.works import MODELS, Works, fingerprint, standing, works_of
from laoqu.register.models import State
from laoqu.register.money import reverse_line


def works(world: World) -> Works:
    found = [row for model in MODELS for row in standing(world.yongji, model)]
    return works_of(world.yongji, found)


def test_a_row_is_one_work_for_each_of_its_villages_and_its_money_stays_joint(world: World) -> None:
    row = money(world, ("高市村", "新源村"), amount=800000)
    made = works(world).works
    assert [(work.township, work.village) for work in made] == [
        ("虞乡镇", "新源村"),
        ("栲栳镇", "高市村"),
    ]
    assert {work.line for work in made} == {row.code}
    assert {(work.amount_fen, work.joint_amount_fen) for work in made} == {(None, 80000000)}
    assert {work.county_code for work in made} == {"140881"}


def test_money_of_one_village_is_its_own_and_an_open_list_is_joint(world: World) -> None:
    money(world, amount=1)
    [own] = works(world).works
    assert (own.amount_fen, own.joint_amount_fen) == (100, None)
    money(world, amount=2, open_list=True)
    assert [work.joint_amount_fen for work in works(world).works] == [None, 200]


def test_a_line_of_money_for_several_works_is_one_work_for_each(world: World) -> None:
    money(world, works="机井\n巷道排水\n文化广场", amount=900000)
    made = works(world).works
    assert [work.name for work in made] == ["机井", "巷道排水", "文化广场"]
    assert {(work.amount_fen, work.joint_amount_fen) for work in made} == {(None, 90000000)}


def test_a_need_is_one_work_with_all_that_it_says(world: World) -> None:
    need(world, works="排水沟800米\n盖板", count=800, unit="米", location="三组西巷")
    [work] = works(world).works
    assert work.name == "高市村巷道排水"
    assert work.content == "排水沟800米；盖板；800米；三组西巷"
    assert work.department == "永济市水利局"
    assert work.status == "草稿"


@pytest.mark.parametrize("stage", [NeedStage.WITHDRAWN, NeedStage.MERGED])
def test_needs_that_were_given_up_are_no_works(world: World, stage: str) -> None:
    need(world, stage=stage)
    assert works(world).works == []


@pytest.mark.parametrize(
    "fields",
    [
        {"stage": ProjectStage.TERMINATED},
        {"stage": ProjectStage.REMOVED},
        {"state": State.VOID},
    ],
)
def test_projects_that_were_given_up_are_no_works(world: World, fields: dict[str, Any]) -> None:
    project(world, **fields)
    assert works(world).works == []


def test_a_reversed_line_and_its_reversal_are_no_works(world: World) -> None:
    reverse_line(money(world), world.mei, "记错了")
    assert works(world).works == []


def test_a_natural_village_stands_under_its_village(world: World) -> None:
    west = Place.objects.create(name="西坡", level="natural_village", parent=world.places["高市村"])
    world.places["西坡"] = west
    need(world, ("西坡",))
    [work] = works(world).works
    assert (work.township, work.village, work.natural_village) == ("栲栳镇", "高市村", "西坡")


def test_a_merged_village_counts_as_the_village_that_it_became(world: World) -> None:
    Succession.objects.create(
        association=world.yongji,
        year=2023,
        place=world.places["韩村"],
        successor=world.places["高市村"],
        kind="merged",
    )
    need(world, ("韩村",))
    assert [work.village for work in works(world).works] == ["高市村"]


def test_the_ledger_is_read_in_the_same_queries_however_many_rows_it_has(
    world: World, django_assert_num_queries: Any
) -> None:
    need(world)
    project(world)
    money(world)
    with django_assert_num_queries(9):
        works(world)
    for _ in range(5):
        need(world)
        project(world, ("韩村", "新源村"))
        money(world, ("韩村", "高市村"))
    with django_assert_num_queries(9):
        works(world)


def test_a_fingerprint_follows_the_content_and_not_the_stage(world: World) -> None:
    row = need(world)
    before = fingerprint(row)
    row.stage, row.note = NeedStage.REPORTED, "改了备注"
    assert fingerprint(row) == before
    row.works = "新建巷道排水沟900米"
    assert fingerprint(row) != before


def test_the_money_of_a_project_its_parts_and_its_needs_belong_together(world: World) -> None:
    asked, built, whole = need(world), project(world), money(world)
    built.needs.set([asked])
    whole.projects.set([built])
    part = money(world, part_of=whole)
    codes = [row.code for row in (asked, built, whole, part)]
    pairs = {frozenset((one, other)) for one in codes for other in codes if one != other}
    assert pairs <= works(world).linked


def test_two_projects_for_one_need_are_still_asked_about(world: World) -> None:
    asked, one, other = need(world), project(world), project(world)
    one.needs.set([asked])
    other.needs.set([asked])
    assert frozenset((one.code, other.code)) not in works(world).linked
