"""Three colours, two signatures, extensions, shares of a task from above, promises kept."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.meetings.models import Meeting, Resolution
from laoqu.areas.publicity.models import Subscription
from laoqu.areas.tasks.models import (
    Colour,
    ColourRule,
    Directive,
    DirectiveShare,
    PlanItem,
    Task,
)
from laoqu.areas.tasks.services import board, chase_resolutions, of_colour, promises
from laoqu.register.flows import move
from laoqu.register.registry import Register

SIGNED = {"result": "已修通", "deputy_signed_on": "2026-05-01", "head_signed_on": "2026-05-02"}


def task(world: World, **changes: Any) -> Task:
    row = Task(association=world.yongji, **{"year": 2026, "content": "修路", **changes})
    row.full_clean(exclude=["code"])
    row.save()
    return row


def walk(slug: str, row: Any, world: World, *stages: str) -> None:
    flow = Register.registers[slug].flow
    assert flow is not None
    for stage in stages:
        move(flow, row, world.mei, stage)


@pytest.mark.parametrize(
    ("changes", "day", "colour"),
    [
        ({"due_on": "2026-05-20"}, date(2026, 5, 12), ""),
        ({"due_on": "2026-05-20"}, date(2026, 5, 13), "blue"),
        ({"due_on": "2026-05-20"}, date(2026, 5, 17), "yellow"),
        ({"due_on": "2026-05-20", "stage": "reported"}, date(2026, 5, 17), "blue"),
        ({"due_on": "2026-05-20"}, date(2026, 5, 20), "yellow"),
        ({"due_on": "2026-05-20"}, date(2026, 5, 21), "red"),
        ({"due_on": "2026-05-20", "stage": "reported"}, date(2026, 5, 21), "red"),
        ({"due_on": "2026-05-20", "stage": "done", **SIGNED}, date(2026, 6, 1), ""),
        ({"due_on": "2026-05"}, date(2026, 5, 31), "yellow"),
        ({"due_on": "2026-05"}, date(2026, 6, 1), "red"),
        ({}, date(2026, 6, 1), ""),
        ({"urgency": "urgent"}, date(2026, 1, 1), "yellow"),
        ({"urgency": "top"}, date(2026, 1, 1), "red"),
        (
            {
                "due_on": "2026-05-20",
                "extended_to": "2026-07",
                "extension_reason": "连阴雨",
                "extension_approved_by": "会长",
            },
            date(2026, 6, 1),
            "",
        ),
    ],
)
def test_a_task_has_its_colour_on_the_day_and_the_list_agrees(
    changes: dict[str, Any], day: date, colour: str, world: World
) -> None:
    row = task(world, **changes)
    assert row.colour_on(day) == colour
    for one in Colour:
        assert of_colour(Task.objects.all(), one, day).exists() == (one == colour)


def test_the_days_of_the_colours_are_the_offices_own_rule(world: World) -> None:
    ColourRule.objects.create(association=world.yongji, year=2025, blue_days=30, yellow_days=10)
    row = task(world, due_on="2026-05-20")
    assert row.colour_on(date(2026, 4, 20)) == "blue"
    assert row.colour_on(date(2026, 5, 10)) == "yellow"
    before = task(world, due_on="2024-05-20", year=2024)
    assert before.colour_on(date(2024, 4, 20)) == ""


def test_yellow_cannot_come_before_blue(world: World) -> None:
    rule = ColourRule(association=world.yongji, code="x", year=2026, blue_days=3, yellow_days=5)
    with pytest.raises(ValidationError, match="不能早于转蓝"):
        rule.full_clean()


@pytest.mark.parametrize("lacking", sorted(SIGNED))
def test_a_task_is_done_only_with_its_result_and_two_signatures(lacking: str, world: World) -> None:
    row = task(world, stage="reviewed", **{**SIGNED, lacking: ""})
    with pytest.raises(ValidationError, match="两位签字"):
        walk("tasks", row, world, "done")
    Task.objects.filter(pk=row.pk).update(**SIGNED)
    walk("tasks", row, world, "done", "struck", "archived")


def test_an_extension_is_applied_for_with_reason_and_approval(world: World) -> None:
    with pytest.raises(ValidationError, match="延期须申请"):
        task(world, due_on="2026-05-20", extended_to="2026-06-20")


def meeting_with_resolutions(world: World) -> Meeting:
    meeting = Meeting.objects.create(
        association=world.yongji, year=2026, name="联席会议", held_on="2026-03-01"
    )
    for content, chased in (("修路", True), ("通报情况", False), ("送戏", True)):
        row = Resolution.objects.create(
            association=world.yongji,
            year=2026,
            meeting=meeting,
            content=content,
            chased=chased,
            lead=world.water,
            due_on="2026-06" if chased else "",
        )
        row.partners.set([world.finance])
    return meeting


def test_resolutions_that_make_a_demand_become_tasks_once(world: World) -> None:
    meeting = meeting_with_resolutions(world)
    made = chase_resolutions(meeting, world.mei)
    assert [(t.content, t.origin, t.lead, t.due_on, str(t.red_from)) for t in made] == [
        ("修路", "meeting", world.water, "2026-06", "2026-07-01"),
        ("送戏", "meeting", world.water, "2026-06", "2026-07-01"),
    ]
    assert list(made[0].partners.all()) == [world.finance]
    assert made[0].history.count() >= 1
    with pytest.raises(ValidationError, match="没有要转的"):
        chase_resolutions(meeting, world.mei)
    assert Task.objects.count() == 2


def test_the_page_that_makes_tasks_is_for_those_who_may_change_the_meeting(world: World) -> None:
    meeting = meeting_with_resolutions(world)
    page = reverse("chase_resolutions", args=[meeting.pk])
    for person in (world.shui, world.lao, world.cheng, world.lin):
        client = Client()
        client.force_login(person)
        assert client.post(page).status_code == 404
    client = Client()
    client.force_login(world.mei)
    assert "修路" in client.get(page).content.decode()
    assert client.post(page).status_code == 302
    assert Task.objects.count() == 2


def test_the_board_shows_each_open_task_once_red_first(world: World) -> None:
    task(world, content="超期", due_on="2026-05-01")
    task(world, content="滞后", due_on="2026-05-20")
    task(world, content="临近", due_on="2026-05-24")
    task(world, content="还早", due_on="2026-12-01")
    task(world, content="作废", due_on="2026-05-01", state="void")
    groups = board(world.mei, date(2026, 5, 18))
    assert [(g.colour.value, [t.content for t in g.tasks]) for g in groups] == [
        ("red", ["超期"]),
        ("yellow", ["滞后"]),
        ("blue", ["临近"]),
    ]
    assert all(not group.tasks for group in board(world.lin, date(2026, 5, 18)))


def directive(world: World, **changes: Any) -> Directive:
    given = {"content": "征订", "document": "通知", "target": 250, "unit": "份", **changes}
    return Directive.objects.create(association=world.yongji, year=2026, **given)


def share(row: Directive, world: World, target: int) -> DirectiveShare:
    made = DirectiveShare(
        association=world.yongji, year=2026, directive=row, organisation=world.water, target=target
    )
    made.full_clean(exclude=["code"])
    made.save()
    return made


def test_what_is_shared_out_adds_up_to_the_task(world: World) -> None:
    row = directive(world, stage="shared")
    share(row, world, 150)
    with pytest.raises(ValidationError, match="分解的合计是 150，任务是 250"):
        walk("directives", row, world, "filled")
    with pytest.raises(ValidationError, match="多了 1"):
        share(row, world, 101)
    share(row, world, 100)
    walk("directives", row, world, "filled", "checked")
    with pytest.raises(ValidationError, match="完成情况"):
        walk("directives", row, world, "submitted")


def test_a_locked_task_from_above_is_not_changed_any_more(world: World) -> None:
    row = directive(world, stage="confirmed", outcome="已完成", target=None)
    part = share(row, world, 10)
    walk("directives", row, world, "locked")
    client = Client()
    client.force_login(world.mei)
    typed = {"year": "2026", "content": "改", "document": "通知", "version": "2"}
    edit = reverse("register_edit", args=["directives", row.pk])
    answer = client.post(edit, {**typed, "visibility": "internal"})
    assert "汇总锁定" in answer.content.decode()
    with pytest.raises(ValidationError, match="汇总锁定"):
        part.full_clean()


def test_the_progress_of_a_task_from_above_is_read_off_the_ledger(world: World) -> None:  # M26
    row = directive(world, figure="两刊征订", target=250, unit="份")
    ordered = {"periodical": "中国老区建设", "issue_year": 2025, "copies": 150}
    Subscription.objects.create(association=world.yongji, year=row.year, **ordered)
    Subscription.objects.create(association=world.linyi, year=row.year, **ordered)
    row.full_clean()
    assert row.progress() == "台账里有 150份，任务 250份"
    taken = share(row, world, 100)
    taken.done = 40
    taken.save()
    assert row.progress() == "台账里有 150份，分解的完成 40份，任务 250份"
    row.figure = "查无此数"
    with pytest.raises(ValidationError, match="没有叫“查无此数”的数据项"):
        row.full_clean()


def test_a_task_from_above_is_confirmed_only_with_its_receipt(world: World) -> None:  # M26
    row = directive(world, stage="submitted", outcome="已完成")
    with pytest.raises(ValidationError, match="上级回执"):
        walk("directives", row, world, "confirmed")
    Directive.objects.filter(pk=row.pk).update(receipt="运城市老促会 2024年12月3日收")
    walk("directives", row, world, "confirmed", "locked")


def test_a_plan_item_is_kept_only_with_its_outcome(world: World) -> None:
    row = PlanItem.objects.create(association=world.yongji, year=2026, content="走访")
    with pytest.raises(ValidationError, match="完成情况"):
        walk("plan-items", row, world, "kept")
    with pytest.raises(ValidationError, match="原因"):
        walk("plan-items", row, world, "not_kept")


def test_the_list_of_promises_names_each_once_with_what_became_of_it(world: World) -> None:
    today = date(2026, 12, 20)
    plan = PlanItem.objects.create(
        association=world.yongji, year=2026, content="走访", stage="kept", outcome="31 个村"
    )
    PlanItem.objects.create(association=world.yongji, year=2026, content="建馆", due_on="2026-10")
    task(world, content="走访北片", plan_item=plan)
    meeting_with_resolutions(world)
    directive(world, due_on="2026")
    task(world, content="临时", stage="done", **SIGNED)
    task(world, content="去年的", year=2025)
    found = {
        group.title: [(p.text, p.status) for p in group.promises]
        for group in promises(world.mei, 2026, today)
    }
    assert found == {
        "年度计划": [("走访", "kept"), ("建馆", "broken")],
        "会议议定事项": [("修路", "broken"), ("送戏", "broken")],
        "上级任务": [("征订", "open")],
        "其他督办任务": [("临时", "kept")],
    }


def test_every_page_of_tasks_opens_and_a_stranger_sees_nothing(world: World) -> None:
    row = task(world, due_on="2020-05", lead=world.water, standard="通车")
    for person, sees in ((world.mei, True), (world.lin, False)):
        client = Client()
        client.force_login(person)
        assert ("修路" in client.get(reverse("task_board")).content.decode()) == sees
        listed = client.get(reverse("promises"), {"year": "2026"}).content.decode()
        assert ("修路" in listed) == sees
        slip = client.get(reverse("task_slip", args=[row.pk]))
        assert slip.status_code == (200 if sees else 404)
