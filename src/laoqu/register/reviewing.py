"""审核: what people outside the office wrote counts and is public only once the office agrees."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Value
from django.utils.translation import gettext as _

from laoqu.access.anchors import ANCHORS, DEPARTMENT, NOBODY, PLACE
from laoqu.access.rules import REVIEW, may_any, rows
from laoqu.register.models import Record, State
from laoqu.register.registry import Register

WAITING = (State.DRAFT, State.SUBMITTED, State.RETURNED)
"""The states from which a row may be agreed to."""


@transaction.atomic
def review_row(row: Any, *, agreed: bool, reason: str) -> None:
    """Agree to a row, or send it back to those who wrote it.

    Errors: `ValidationError` with a sentence where it does not wait, is sent back without a reason,
    or would break a balance.
    """
    current: Record = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if current.state not in (WAITING if agreed else (State.SUBMITTED,)):
        raise ValidationError(_("这一行现在不是待审核。请刷新页面，看看已经到了哪一步。"))
    if not agreed and not reason.strip():
        raise ValidationError(_("请写明为什么退回，填报的人好照着改。"))
    current.state = State.REVIEWED if agreed else State.RETURNED
    current.version += 1
    told = f"{current.get_state_display()} {reason.strip()}"
    current._change_reason = told.strip()[:100]  # type: ignore[attr-defined]
    current.save()
    type(current).check_written([current])


def waiting_for_review(user: object, registers: Iterable[Register]) -> list[tuple[Register, int]]:
    """The registers with rows that wait for this person's word, and how many. One query."""
    asked = {
        register.slug: rows(user, register.model, REVIEW)
        .filter(state=State.SUBMITTED)
        .order_by()
        .annotate(slug=Value(register.slug))
        .values_list("slug", flat=True)
        for register in registers
        if register.is_ledger and _is_shared(register) and may_any(user, register.model, REVIEW)
    }
    if not asked:
        return []
    first, *others = asked.values()
    found = list(first.union(*others, all=True)) if others else list(first)
    return [(Register.registers[slug], found.count(slug)) for slug in asked if slug in found]


def _is_shared(register: Register) -> bool:
    """Whether people outside the office may write rows of it."""
    anchors = ANCHORS[register.model._meta.label]
    return any(anchors.get(anchor, NOBODY) != NOBODY for anchor in (DEPARTMENT, PLACE))
