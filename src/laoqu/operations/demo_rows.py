"""What the demo's office typed into its registers beside its documents: facts, and marked examples.

The rows are in `demo_rows.toml`, typed as on the forms and saved by them. Rows without a year of
their own are of the report's year if they are facts, of the year after if they are examples.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from laoqu.access.models import Association
from laoqu.areas.assessment.services import add_common_schemes
from laoqu.areas.honours.models import Commendation
from laoqu.areas.honours.stages import COMMENDATION_FLOW
from laoqu.areas.meetings.models import Meeting
from laoqu.areas.rules.models import Rule
from laoqu.areas.tasks.services import chase_resolutions
from laoqu.coordination.rounds.demo import Entry
from laoqu.register.flows import move
from laoqu.register.models import State
from laoqu.register.registry import Register
from laoqu.reporting.figures import main_registers

FACTS_YEAR, EXAMPLES_YEAR = 2024, 2025
PUBLISHED = {"visibility": "public", "note": ""}


@transaction.atomic
def create_demo_rows(association: Association) -> None:
    """Enter the facts and the examples; doing it again changes nothing."""
    if Rule.objects.filter(association=association).exists():
        return
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    for row in told["facts"]:
        _enter(Entry(association, FACTS_YEAR), {**PUBLISHED, **row})
    for row in told["edits"]:
        _edit(association, dict(row))
    for row in told["examples"]:
        for entered in _enter(Entry(association, EXAMPLES_YEAR), row):
            _leave_uncounted(entered)
    add_common_schemes(association, association, EXAMPLES_YEAR)
    _finish(association)


def _enter(entry: Entry, told: dict[str, Any]) -> list[Any]:
    """The rows that one table of the file stands for, moved along their chain."""
    entered = []
    for typed in _each(told):
        slug, moves = typed.pop("register"), typed.pop("moves", ())
        row = entry.enter(slug, **typed)
        for stage in moves:
            flow = Register.registers[slug].flow
            assert flow is not None
            move(flow, row, entry.association, stage)
        entered.append(row)
    return entered


def _leave_uncounted(row: Any) -> None:
    """An invented row in a main figure stays a draft, so that the report's year is shown first."""
    if type(row) in {register.model for register in main_registers()}:
        row.refresh_from_db()
        row.state = State.DRAFT
        row.version += 1
        row._change_reason = "示例，不计入合计"
        row.save()


def _each(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One row for each entry of `each`, whose parts, parted by “|”, stand for {0}, {1} …"""
    entries = told.get("each", [""])
    typed = {name: value for name, value in told.items() if name != "each"}
    for entry in entries:
        parts = entry.split("|")
        yield {
            name: value.strip().format(*parts) if isinstance(value, str) else value
            for name, value in typed.items()
        }


def _edit(association: Association, told: dict[str, Any]) -> None:
    """Change fields of one row, with an entry in its history."""
    model: Any = Register.registers[told.pop("register")].model
    row = model.objects.get(association=association, code=told.pop("code"))
    for name, value in told.items():
        related = model._meta.get_field(name).related_model
        setattr(row, name, related.objects.get(code=value) if related else value)
    row.version += 1
    row._change_reason = "补充"
    row.full_clean(exclude=["association"])
    row.save()


def _finish(association: Association) -> None:
    """What a person does with a tap: resolutions chased, a commendation granted, assessments."""
    for meeting in Meeting.objects.filter(association=association, year=EXAMPLES_YEAR):
        chase_resolutions(meeting, association)
    [commendation] = Commendation.objects.filter(association=association)
    for stage in COMMENDATION_FLOW.strip[1:-1]:
        move(COMMENDATION_FLOW, commendation, association, stage)
    entry = Entry(association, FACTS_YEAR)
    entry.enter("assessments", scheme="六有四好", organisation="永济市老促会")
    entry.enter("assessments", scheme="五有", organisation="张营镇老促会分会")
