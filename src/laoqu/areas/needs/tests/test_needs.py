"""A need goes its chain step by step, is decided by the village, and is never lost."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.needs.models import FOUR, Category, Deliberation, Need, Stage, Step
from laoqu.areas.needs.registers import FLOW
from laoqu.areas.projects.models import Project
from laoqu.register.figures import FIGURES, Figure
from laoqu.register.flows import move
from laoqu.register.registry import Register

BEFORE_LISTING = [Stage.REPORTED, Stage.TOWNSHIP, Stage.DEPARTMENT, Stage.COUNTY]


def need_of(world: World, **fields: Any) -> Need:
    own = {"name": "巷道排水", "category": Category.WATER_WORKS, "year": 2024, **fields}
    need = Need.objects.create(association=world.yongji, lead=world.water, **own)
    need.places.set([world.places["高市村"]])
    return need


def held(need: Need, step: str, due: int = 30, present: int = 25, agreed: int = 20) -> None:
    one = Deliberation(
        association=need.association,
        year=need.year,
        need=need,
        step=step,
        due_count=due,
        present_count=present,
        agreed_count=agreed,
    )
    one.full_clean()
    one.save()


def walk(need: Need, user: Any, *stages: str) -> Need:
    for stage in stages:
        move(FLOW, need, user, stage, "按规定办理")
    need.refresh_from_db()
    return need


@pytest.fixture
def need(world: World) -> Need:
    return need_of(world)


@pytest.fixture
def decided(world: World, need: Need) -> Need:
    """A need that the village has decided on, up to 县（市）审定."""
    for step in FOUR:
        held(need, step)
    return walk(need, world.mei, *BEFORE_LISTING)


def test_a_need_goes_from_the_village_to_its_confirmation(world: World, decided: Need) -> None:
    decided.matched_with, decided.confirmed_on = "水利局业务资金", "2024-10-20"
    decided.save()
    stages = (Stage.LISTED, Stage.MATCHED, Stage.UNDER_WAY, Stage.SOLVED)
    assert walk(decided, world.mei, *stages).stage == Stage.SOLVED
    assert decided.version == 1 + len(BEFORE_LISTING) + len(stages)
    assert "已解决（村确认）" in decided.history.first().history_change_reason


@pytest.mark.parametrize("stage", [Stage.TOWNSHIP, Stage.LISTED, Stage.SOLVED, Stage.MERGED])
def test_no_step_of_the_chain_is_skipped(world: World, need: Need, stage: str) -> None:
    with pytest.raises(ValidationError, match="不能由您直接转到"):
        walk(need, world.mei, stage)
    assert Need.objects.get().stage == Stage.DRAFT


def test_a_need_is_not_listed_before_the_four_deliberations(world: World, need: Need) -> None:
    held(need, Step.PROPOSED)
    walk(need, world.mei, *BEFORE_LISTING)
    with pytest.raises(ValidationError, match="两委会商议、党员大会审议、村民代表会议决议"):
        walk(need, world.mei, Stage.LISTED)
    assert "已完成 1 步" in need.deliberated()
    need.exemption = "汛期抢险"
    need.save()
    assert walk(need, world.mei, Stage.LISTED).stage == Stage.LISTED


@pytest.mark.parametrize(
    ("due", "present", "agreed", "counts"),
    [
        (30, 20, 16, True),
        (30, 19, 16, False),  # fewer than two thirds came
        (30, 20, 15, False),  # half of those due is not more than half
        (3, 2, 2, True),
    ],
)
def test_a_meeting_of_members_counts_by_two_thirds_and_one_half(
    need: Need, due: int, present: int, agreed: int, counts: bool
) -> None:
    held(need, Step.EXAMINED, due, present, agreed)
    assert (Step.EXAMINED.label not in need.missing_steps()) == counts
    outcome = need.deliberations.get().outcome()
    assert outcome.startswith("有效") == counts
    assert f"到会 {round(present * 100 / due)}%" in outcome


def test_more_cannot_agree_than_came_nor_come_than_were_due(need: Need) -> None:
    for due, present, agreed in ((30, 31, 20), (30, 20, 21)):
        with pytest.raises(ValidationError, match="请核对人数"):
            held(need, Step.RESOLVED, due, present, agreed)
    with pytest.raises(ValidationError, match="应到、实到和同意"):
        Deliberation(
            association=need.association, year=2024, need=need, step=Step.EXAMINED
        ).full_clean()


def test_a_need_is_matched_by_a_project_or_by_what_is_written(world: World, decided: Need) -> None:
    walk(decided, world.mei, Stage.LISTED)
    with pytest.raises(ValidationError, match="匹配去向"):
        walk(decided, world.mei, Stage.MATCHED)
    project = Project.objects.create(
        association=world.yongji, year=2024, name="巷道排水", category=Category.WATER_WORKS
    )
    project.needs.set([decided])
    assert walk(decided, world.mei, Stage.MATCHED).stage == Stage.MATCHED


def test_only_the_village_makes_a_need_solved(world: World, decided: Need) -> None:
    decided.matched_with = "水利局"
    decided.save()
    walk(decided, world.mei, Stage.LISTED, Stage.MATCHED, Stage.UNDER_WAY)
    with pytest.raises(ValidationError, match="村确认日期"):
        walk(decided, world.mei, Stage.SOLVED)


def test_a_deferred_need_says_why_and_comes_back_to_where_it_was(
    world: World, decided: Need
) -> None:
    walk(decided, world.mei, Stage.LISTED)
    with pytest.raises(ValidationError, match="请写明原因"):
        move(FLOW, decided, world.mei, Stage.DEFERRED)
    walk(decided, world.mei, Stage.DEFERRED)
    targets = [state for state, _label in FLOW.next_states(decided, world.mei)]
    assert targets == [Stage.LISTED, Stage.WITHDRAWN]
    assert walk(decided, world.mei, Stage.LISTED).stage == Stage.LISTED


def test_a_merged_need_leads_to_the_one_that_goes_on(world: World, need: Need) -> None:
    other, third = need_of(world, name="排水二期"), need_of(world, name="排水三期")
    walk(need, world.mei, Stage.REPORTED)
    walk(other, world.mei, Stage.REPORTED)
    with pytest.raises(ValidationError, match="合并到哪一条"):
        walk(need, world.mei, Stage.MERGED)
    need.merged_into = other
    need.save()
    assert walk(need, world.mei, Stage.MERGED).stage == Stage.MERGED
    third.merged_into = need
    with pytest.raises(ValidationError, match="也已经合并走了"):
        third.full_clean()
    third.merged_into = third
    with pytest.raises(ValidationError, match="不能合并到它自己"):
        third.full_clean()


def test_a_township_reports_and_only_the_office_lists(world: World, decided: Need) -> None:
    targets = [state for state, _label in FLOW.next_states(decided, world.lao)]
    assert Stage.LISTED not in targets
    assert Stage.RETURNED in targets
    with pytest.raises(ValidationError):
        move(FLOW, decided, world.lao, Stage.LISTED)
    for person in (world.gao, world.lin, world.cheng):
        with pytest.raises(PermissionDenied):
            move(FLOW, decided, person, Stage.RETURNED, "试")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"households": 5, "lifted_households": 6}, "脱贫户不能多于"),
        ({"people": 5, "elders": 6}, "60岁以上"),
        ({"estimated": Decimal(1), "self_raised": Decimal(2)}, "自筹不能多于"),
        ({"estimated": Decimal(-1)}, "不能是负数"),
    ],
)
def test_numbers_of_a_need_agree(world: World, fields: dict[str, Any], sentence: str) -> None:
    need = Need(association=world.yongji, year=2024, name="路", category="road", code="x", **fields)
    with pytest.raises(ValidationError, match=sentence):
        need.full_clean()


def test_every_need_of_the_year_is_answered_or_on_the_list_of_those_that_wait(
    world: World, decided: Need
) -> None:
    waiting = need_of(world, name="饮水", estimated=Decimal("1000.01"))
    gone = need_of(world, name="撤掉的", estimated=Decimal(5000))
    walk(gone, world.mei, Stage.WITHDRAWN)
    walk(decided, world.mei, Stage.LISTED, Stage.DEFERRED)
    numbers = {
        key: figure.value(world.mei, 2024)
        for key, figure in FIGURES.items()
        if key.startswith("needs.")
    }
    assert numbers["needs.rows"] == 2
    assert numbers["needs.answered"] == 1
    assert numbers["needs.unanswered"] == 1
    assert numbers["needs.answer_rate"] == Decimal("50.0")
    assert numbers["needs.estimated"] == Decimal("1000.01")
    unanswered = FIGURES["needs.unanswered"]
    assert isinstance(unanswered, Figure)
    assert list(unanswered.rows(world.mei, 2024)) == [waiting]


def test_the_page_of_a_need_shows_its_way_and_what_comes_next(world: World, decided: Need) -> None:
    client = Client()
    client.force_login(world.mei)
    page = client.get(reverse("register_detail", args=["needs", decided.pk])).content.decode()
    assert "四议齐全" in page
    assert "转为“已列入清单”" in page
    new = client.get(reverse("register_create", args=["projects"]), {"needs": decided.pk})
    assert decided.code in new.content.decode()
    assert Register.registers["needs"].model is Need
