"""Lines of money: a confirmed one is never edited, a negative line cancels it (红字冲销)."""

from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.register.fields import MoneyField
from laoqu.register.models import Record, State

NOT_COPIED = {"id", "code", "state", "note", "entered_by", "updated_at", "version", "reverses"}


class MoneyLine(Record):
    """The base of records that state one amount, which totals add up."""

    SIGNED = ("amount",)

    amount = MoneyField(gettext_lazy("金额"))
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="reversed_by",
        verbose_name=gettext_lazy("冲销哪一笔"),
    )

    class Meta(Record.Meta):
        abstract = True

    def clean(self) -> None:
        if self.amount is not None and self.amount < 0 and not self.reverses_id:  # type: ignore[attr-defined]
            raise ValidationError({"amount": _("金额不能是负数。要更正请用“红字冲销”。")})

    def may_be_edited(self) -> bool:
        return self.state in (State.DRAFT, State.SUBMITTED, State.RETURNED) or (
            self.state == State.REVIEWED and self.amount is None
        )

    def check_edit(self) -> None:
        if self.state == State.REVIEWED and self.amount is not None:
            raise ValidationError(
                _("这笔钱已经审核入账，不能直接改。请用“红字冲销”冲掉它，再记正确的一笔。")
            )
        super().check_edit()

    def may_be_reversed(self) -> bool:
        """Whether the line is confirmed money that no reversal cancels yet."""
        return (
            self.state == State.REVIEWED
            and self.amount is not None
            and self.reverses_id is None  # type: ignore[attr-defined]
            and not hasattr(self, "reversed_by")
        )

    def reversal(self) -> Self:
        """The unsaved line that cancels this one: the same fields, the negative amount."""
        copied = {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.name not in NOT_COPIED
        }
        return type(self)(**{**copied, "amount": -self.amount, "reverses": self})


class ReversalForm(forms.Form):
    """Asks why."""

    reason = forms.CharField(
        label=gettext_lazy("为什么冲销"),
        max_length=100,
        help_text=gettext_lazy("例如：金额抄错，应为 80 万元。"),
    )


@transaction.atomic
def reverse_line(line: MoneyLine, user: object, reason: str) -> MoneyLine:
    """红字冲销: enter a line with the negative amount that cancels `line`; both stay.

    Errors: `ValidationError` with a sentence where the line is cancelled already, is a reversal
    itself, other lines rest on it, or no reason is given.
    """
    current: Any = type(line)._default_manager.select_for_update().get(pk=line.pk)
    if not current.may_be_reversed():
        raise ValidationError(_("这一笔已经冲销过，或本身就是冲销，不能再冲。"))
    if not reason.strip():
        raise ValidationError(_("请写明为什么冲销。"))
    reversal: Any = current.reversal()
    reversal.note = reason.strip()
    reversal.entered_by = user if getattr(user, "is_authenticated", False) else None
    reversal._change_reason = reason.strip()[:100]
    reversal.save()
    for field in current._meta.many_to_many:
        getattr(reversal, field.name).set(getattr(current, field.name).all())
    reversal.check_written([reversal])
    return reversal  # type: ignore[no-any-return]
