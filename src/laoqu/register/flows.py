"""Chains of states that a record may only follow step by step, each step with its history entry."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.access.rules import CHANGE, is_office, may

BACK = "back"
"""As a move: to the state from which the row stepped aside."""


@dataclass(frozen=True)
class Flow:
    """The states of one choice field and the moves between them.

    `moves` maps a state to the states that may follow it. A move to a state in `reasons` asks why.
    `strip` names the states that the progress strip shows, in their order. Only the office moves a
    row to a state in `office`. When a row steps aside to a state in `side`,
    its field `before` remembers where it was, and a move `BACK` leads there again.
    """

    field: str
    moves: dict[str, tuple[str, ...]]
    reasons: tuple[str, ...] = ()
    strip: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    before: str = ""

    def state_of(self, row: models.Model) -> str:
        """The present state of a row."""
        return str(getattr(row, self.field))

    def targets(self, row: models.Model) -> tuple[str, ...]:
        """The states that may follow, whoever moves the row."""
        onward = self.moves.get(self.state_of(row), ())
        named = (getattr(row, self.before) if state == BACK else state for state in onward)
        return tuple(state for state in named if state)

    def next_states(self, row: models.Model, user: object) -> list[tuple[str, Any]]:
        """The states to which this person may move the row, with their labels."""
        labels = dict(row._meta.get_field(self.field).choices or ())  # type: ignore[union-attr]
        office = is_office(user, row.association_id)  # type: ignore[attr-defined]
        return [
            (state, labels[state])
            for state in self.targets(row)
            if office or state not in self.office
        ]

    def progress(self, row: models.Model) -> list[tuple[Any, bool, bool]]:
        """The progress strip: label, whether reached, whether it is the present state."""
        labels = dict(row._meta.get_field(self.field).choices or ())  # type: ignore[union-attr]
        present = self.state_of(row)
        reached = self.strip.index(present) if present in self.strip else -1
        return [
            (labels[state], index <= reached, state == present)
            for index, state in enumerate(self.strip)
        ]


class MoveForm(forms.Form):
    """Where to, and why."""

    target = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("说明"), required=False, max_length=100)


@transaction.atomic
def move(flow: Flow, row: Any, user: object, target: str, reason: str = "") -> None:
    """Move a row to its next state; version and history advance with it.

    Errors: `ValidationError` with a sentence where the chain has no such step or the reason is
    missing; `PermissionDenied` where the row is not the user's to change.
    """
    current = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if not may(user, CHANGE, current):
        raise PermissionDenied
    labels = dict(flow.next_states(current, user))
    if target not in labels:
        raise ValidationError(
            _("现在的状态不能由您直接转到这一步。请刷新页面，看看已经到了哪一步。")
        )
    if target in flow.reasons and not reason.strip():
        raise ValidationError(_("请写明原因。"))
    present = flow.state_of(current)
    if target in flow.side and present not in flow.side:
        setattr(current, flow.before, present)
    setattr(current, flow.field, target)
    current.version += 1
    current._change_reason = f"{labels[target]} {reason.strip()}".strip()[:100]
    current.full_clean(exclude=["association"])
    current.save()
