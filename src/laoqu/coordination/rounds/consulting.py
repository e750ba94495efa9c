"""部门会商: what each department sees of a plan before the meeting decides, and what it says."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from laoqu.access.models import Role
from laoqu.access.rules import ADD, appointments, may, rows
from laoqu.areas.funds.models import Fund
from laoqu.areas.needs.models import Need
from laoqu.areas.organisations.models import Organisation
from laoqu.coordination.rounds.deciding import final
from laoqu.coordination.rounds.letters import Letter, letters
from laoqu.coordination.rounds.models import Opinion, Round, Stage
from laoqu.coordination.rounds.results import NeedRow
from laoqu.register.models import State


def shares(user: object, found: Round) -> list[Letter]:
    """What each department would pay, of the funds that this person may see.

    Nothing while the plan is a draft of the office, nor to townships and villages before the
    meeting has decided.
    """
    if not _may_look(user, found):
        return []
    result = final(found)
    if result is None:
        return []
    seen = set(rows(user, Fund).filter(chosen_in__round=found).values_list("pk", flat=True))
    narrowed = []
    for letter in letters(result):
        own = tuple(item for item in letter.items if item.channel.fund_id in seen)
        if own:
            narrowed.append(Letter(letter.department, own))
    return narrowed


def _may_look(user: object, found: Round) -> bool:
    held_here = [held for held in appointments(user) if held.association == found.association]
    roles = {held.role for held in held_here}
    if Role.OFFICE in roles or found.is_settled:
        return True
    return Role.DEPARTMENT in roles and found.stage != Stage.DRAFT


@dataclass(frozen=True)
class Outcome:
    """What became of the needs that a person may see, once the meeting has decided."""

    rows: tuple[NeedRow, ...]
    waits: bool
    """Whether it is still to be decided."""


def outcome(user: object, found: Round) -> Outcome:
    """The needs of a round that this person may see, with what they get."""
    own = set(rows(user, Need).filter(chosen_in__round=found).values_list("pk", flat=True))
    if not found.is_settled:
        return Outcome((), bool(own))
    result = final(found)
    assert result is not None
    return Outcome(tuple(row for row in result.needs if row.need.pk in own), False)


@transaction.atomic
def speak(
    found: Round, user: object, department: Organisation | None, told: dict[str, Any]
) -> Opinion:
    """Leave an opinion for a department.

    Errors: `ValidationError` with a sentence where the meeting has decided or words are missing;
    `PermissionDenied` where this person does not speak for the department.
    """
    if department is None:
        raise PermissionDenied
    current = Round.objects.select_for_update().get(pk=found.pk)
    opinion = Opinion(
        association=current.association,
        year=current.year,
        round=current,
        organisation=department,
        entered_by=user,
        **told,
    )
    opinion._change_reason = _("部门会商")  # type: ignore[attr-defined]
    opinion.full_clean(exclude=["association", "code"])
    opinion.save()
    if not may(user, ADD, opinion):
        raise PermissionDenied
    return opinion


@transaction.atomic
def handle(opinion: Opinion, told: str) -> None:
    """Note what was made of an opinion."""
    current = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if current.state == State.VOID:
        raise ValidationError(_("这条意见已经作废。"))
    current.handling = told.strip()
    current.version += 1
    current._change_reason = _("采纳情况")  # type: ignore[attr-defined]
    current.save()
