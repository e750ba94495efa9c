"""Resolutions made into tasks, the board of three colours, and the list of promises kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from laoqu.access.rules import CHANGE, may, rows
from laoqu.areas.meetings.models import Meeting, Resolution
from laoqu.areas.tasks.models import (
    Colour,
    Directive,
    PlanItem,
    Task,
)
from laoqu.areas.tasks.stages import ANSWERED, CLOSED, REPORTED, PlanStage
from laoqu.register.models import Record, State
from laoqu_engines.values.period import Period


def to_chase(meeting: Meeting) -> QuerySet[Resolution]:
    """The resolutions of a meeting that make a demand and have no task yet."""
    waiting = meeting.resolutions.filter(chased=True, task=None, state=State.REVIEWED)
    return waiting.select_related("lead").order_by("code")


@transaction.atomic
def chase_resolutions(meeting: Meeting, user: object) -> list[Task]:
    """Enter one task for each resolution that makes a demand; done twice, it adds nothing.

    Errors: `PermissionDenied` where the meeting is not the user's to change; `ValidationError`
    where nothing waits.
    """
    current = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not may(user, CHANGE, current):
        raise PermissionDenied
    made = []
    for resolution in to_chase(current):
        task = Task(
            association=current.association,
            year=current.year,
            content=resolution.content,
            resolution=resolution,
            lead=resolution.lead,
            standard=resolution.standard,
            assigned_on=current.held_on,
            due_on=resolution.due_on,
            entered_by=user if getattr(user, "is_authenticated", False) else None,
        )
        task._change_reason = _("由议定事项转来")
        task.full_clean(exclude=["code"])
        task.save()
        task.partners.set(resolution.partners.all())
        task.passages.set(resolution.passages.all())
        made.append(task)
    if not made:
        raise ValidationError(_("没有要转的议定事项：都已转过，或都不需要督办。"))
    return made


def of_colour(tasks: QuerySet[Any], colour: str, day: date) -> QuerySet[Any]:
    """The tasks that have a colour on a day. The same as `Task.colour_on`."""
    red = Q(red_from__lte=day)
    yellow = Q(yellow_from__lte=day) & ~Q(stage__in=ANSWERED)
    wanted = {
        Colour.RED: red,
        Colour.YELLOW: yellow & ~red,
        Colour.BLUE: Q(blue_from__lte=day) & ~yellow & ~red,
    }
    return tasks.exclude(stage__in=CLOSED).filter(wanted[Colour(colour)])


@dataclass(frozen=True)
class ColourGroup:
    """The open tasks of one colour."""

    colour: Colour
    tasks: tuple[Task, ...]


def board(user: object, today: date) -> list[ColourGroup]:
    """The open tasks by colour: red, yellow, blue."""
    own = rows(user, Task).exclude(state=State.VOID).select_related("lead")
    return [
        ColourGroup(colour, tuple(of_colour(own, colour, today).order_by("red_from", "code")))
        for colour in Colour
    ]


@dataclass(frozen=True)
class Promise:
    """One thing promised: by whom, until when, and whether it is kept, open or broken."""

    row: Record
    text: str
    who: str
    due_on: str
    status: str
    outcome: str


@dataclass(frozen=True)
class PromiseGroup:
    """The promises of one kind."""

    title: str
    promises: tuple[Promise, ...]


KEPT, OPEN, BROKEN = "kept", "open", "broken"


def promises(user: object, year: int, today: date) -> list[PromiseGroup]:
    """兑现清单: what was promised in a year. A task stands once, under what it came from."""
    plan = rows(user, PlanItem).select_related("lead")
    above = rows(user, Directive).select_related("issuer")
    tasks = rows(user, Task).select_related("lead").filter(plan_item=None, directive=None)
    waiting = rows(user, Resolution).select_related("lead").filter(chased=True, task=None)
    own = list(_of_year(tasks, year))
    groups = {
        _("年度计划"): [_of_plan(item, today) for item in _of_year(plan, year)],
        _("会议议定事项"): [_of_task(task, today) for task in own if task.resolution_id]
        + [_waiting(item, today) for item in _of_year(waiting, year)],
        _("上级任务"): [_of_directive(item, today) for item in _of_year(above, year)],
        _("其他督办任务"): [_of_task(task, today) for task in own if not task.resolution_id],
    }
    return [PromiseGroup(title, tuple(found)) for title, found in groups.items() if found]


def _of_year(found: QuerySet[Any], year: int) -> QuerySet[Any]:
    return found.filter(year=year, state=State.REVIEWED).order_by("code")


def _status(kept: bool, due_on: str, today: date) -> str:
    if kept:
        return KEPT
    period = Period.parse(due_on) if due_on else None
    return BROKEN if period and period.last_day() < today else OPEN


def _of_plan(item: PlanItem, today: date) -> Promise:
    status = _status(item.stage == PlanStage.KEPT, item.due_on, today)
    status = BROKEN if item.stage == PlanStage.NOT_KEPT else status
    return Promise(item, item.content, str(item.lead or ""), item.due_on, status, item.outcome)


def _of_task(task: Task, today: date) -> Promise:
    due_on = task.extended_to or task.due_on
    status = _status(task.stage in CLOSED, due_on, today)
    return Promise(task, task.content, str(task.lead or ""), due_on, status, task.result)


def _waiting(item: Resolution, today: date) -> Promise:
    status = _status(False, item.due_on, today)
    outcome = _("还没有转为督办任务")
    return Promise(item, item.content, str(item.lead or ""), item.due_on, status, outcome)


def _of_directive(item: Directive, today: date) -> Promise:
    status = _status(item.stage in REPORTED, item.due_on, today)
    return Promise(item, item.content, str(item.issuer or ""), item.due_on, status, item.outcome)
