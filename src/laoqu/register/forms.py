"""The form of a register, the same for the page, the import and the intake of documents."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.forms.renderers import TemplatesSetting
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laoqu.access.models import Association
from laoqu.access.rules import ADD, CHANGE, is_office, may
from laoqu.register.fields import MoneyField, PartialDateFormField
from laoqu.register.links import links_of, note_links
from laoqu.register.models import Record, State
from laoqu.register.names import NameField, NamesField, split_names
from laoqu.register.sealed import Sealed, SealedFormField, holds_identity
from laoqu_engines.values.money import parse_money

if TYPE_CHECKING:
    from laoqu.register.registry import Register


CHANGED_SINCE = "changed_since"
"""Code of the error that somebody else changed the row since the form was opened."""

MOST_COUNTED = 100_000_000
"""No village, county or printing counts more households, people or copies."""

NOT_YOURS = _("写的不是您这里的单位或村，没有保存。请写上您的单位，或您这里的村，再存。")
"""What a person reads whose row would lie outside the rows that are theirs to change."""

ABOUT_THE_CHANGE = ("version", "change_note")
"""Fields of the form that are not fields of the row."""

PLAIN = {
    "required": _("这一项要填写。"),
    "max_length": _("最多 %(limit_value)d 个字，现在有 %(show_value)d 个字，请写短些。"),
}
PLAIN_OF_NUMBERS = {
    "invalid": _("请只写数字，例如 12。"),
    "min_value": _("不能小于 %(limit_value)s。"),
    "max_value": _("不能大于 %(limit_value)s。"),
}
NOT_OFFERED = _("“%%(value)s”不在可选的里面，请写其中一个：%(offered)s。")
"""What is said instead of Django's own sentences, by kind of error."""


class ReasonForm(forms.Form):
    """Asks why."""

    reason = forms.CharField(
        label=_("为什么"), max_length=100, help_text=_("说一句为什么，别人看得懂。")
    )


class NumberField(forms.DecimalField):
    """A number, without the zeros that the database writes behind its point."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class Renderer(TemplatesSetting):
    """Draws every form field with its label, help and error beside it."""

    field_template_name = "register/field.html"


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]
    """A register's form, bound to the person who fills it in."""

    user: Any
    association: Association

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    change_note = forms.CharField(
        label=_("修改说明"),
        required=False,
        max_length=100,
        help_text=_("说一句为什么改，别人看得懂。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and hasattr(self.instance, "association_id"):
            self.instance.association = self.association
        if self.instance.pk is None:
            for name in ABOUT_THE_CHANGE:
                del self.fields[name]
        else:
            self.initial["version"] = getattr(self.instance, "version", None)
            for name, field in self.fields.items():
                if isinstance(field, NameField) and not field.many:
                    self.initial[name] = getattr(self.instance, name)
                if isinstance(field, SealedFormField):
                    field.held = getattr(self.instance, name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk is not None and isinstance(self.instance, Record):
            self.instance.check_edit()
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and not isinstance(value, Sealed) and holds_identity(value):
                self.add_error(name, _("这里不能写身份证号，会被别人看到。请删去。"))
        self._keep_as_written(cleaned)
        self._keep_vague(cleaned)
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Rows found by name exist; the model need not ask the database for each again."""
        named = {name for name, field in self.fields.items() if isinstance(field, NameField)}
        return super()._get_validation_exclusions() | named  # type: ignore[misc, no-any-return]

    def _keep_as_written(self, cleaned: dict[str, Any]) -> None:
        """Where the form asks for places by name, the words typed are kept, and their 等."""
        if "places" not in self.fields or "location" in self.fields or "places" in self.errors:
            return
        typed = self.data.get(self.add_prefix("places"), "").strip()
        if self._differs("places"):
            self.instance.location = typed
        if split_names(typed)[1]:
            cleaned["open_list"] = self.instance.open_list = True

    def _differs(self, name: str) -> bool:
        """Whether a field was typed anew; `changed_data` would ask every field of every row."""
        bound = self[name]
        return bound.field.has_changed(bound.initial, bound.data)

    def _keep_vague(self, cleaned: dict[str, Any]) -> None:
        """“约20万元” in the amount is kept as words, and ticks 约数."""
        typed = str(self.data.get(self.add_prefix("amount"), "")).strip()
        if "approximate" not in self.fields or not typed or not self._differs("amount"):
            return
        amount = parse_money(typed, unit="万元")
        if amount is not None and amount.approximate:
            cleaned["approximate"] = True

    def remarks(self) -> list[str]:
        """What looks doubtful in what was typed, though it could be saved, in sentences."""
        found = []
        for name, field in self.fields.items():
            if not self._differs(name):
                continue
            if isinstance(field, NameField):
                found += field.notes(self.data.get(self.add_prefix(name), ""))
            elif isinstance(field, PartialDateFormField) and field.lies_ahead(
                self.cleaned_data[name]
            ):
                found.append(str(_("“%(label)s”还没有到，请核对。") % {"label": field.label}))
        return found

    @transaction.atomic
    def save_record(self) -> models.Model:
        """Save row, links and one history entry together; raises when the row is not the user's.

        Errors: `ValidationError` when somebody else changed the row since the form was opened,
        `PermissionDenied` when the saved row would lie outside the user's rows.
        """
        row: models.Model = self.instance
        action = ADD if row.pk is None else CHANGE
        if action == CHANGE and isinstance(row, Record):
            stored = type(row)._default_manager.select_for_update().values_list("version")
            self.check_version(stored.get(pk=row.pk)[0])
        before = links_of(type(row), [row.pk] if row.pk else [])
        self.prepare()
        self.save()
        if not may(self.user, action, row):
            raise PermissionDenied
        if isinstance(row, Record):
            note_links([row], before, links_of(type(row), [row.pk]))
            row.check_written([row])
        return row

    def check_version(self, stored: int) -> None:
        """Raise where the stored row is not the one that the form was opened with."""
        if self.cleaned_data.get("version") != stored:
            raise ValidationError(
                _("您打开这一页以后，别人已经改过这一行。您填的还没有保存，请看过新内容再存。"),
                code=CHANGED_SINCE,
            )

    def prepare(self) -> None:
        """Fill what follows from the entered fields, just before the row is written.

        What somebody outside the office writes, new or changed, waits for review.
        """
        row: models.Model = self.instance
        row._change_reason = self.cleaned_data.get("change_note") or ""  # type: ignore[attr-defined]
        if not isinstance(row, Record):
            return
        if not is_office(self.user, row.association_id):
            row.state = State.SUBMITTED
        if row.pk is None:
            known = getattr(self.user, "is_authenticated", False)
            row.entered_by = self.user if known else None
        else:
            row.version += 1
            row.updated_at = timezone.now()
        row.settle(self.cleaned_data)


def _own_field(field: Any, kwargs: dict[str, Any]) -> forms.Field | None:
    """The form field of a field that is no link: nothing impossible is taken."""
    if isinstance(field, models.DecimalField):
        kwargs |= {"min_value": 0, "form_class": NumberField}
    elif isinstance(field, models.IntegerField) and not isinstance(field, MoneyField):
        kwargs["max_value"] = MOST_COUNTED
    own: Any = field.formfield(**kwargs)
    if isinstance(own, forms.ChoiceField):
        nothing = _("请选择") if own.required else _("不填")
        choices: Any = own.choices
        own.choices = [(value, label if value else nothing) for value, label in choices]
    return cast(forms.Field | None, own)


def form_class(register: "Register", user: object, association: Association) -> type[RecordForm]:
    """The form class of a register for one person."""
    names = [name for section in register.form for name in section.fields]
    if register.is_ledger:
        names += ["visibility", "note"]

    def field_for(field: Any, **kwargs: Any) -> forms.Field | None:
        related = field.related_model
        if related is not None:
            kind = NamesField if field.many_to_many else NameField
            return kind(
                model=related,
                user=user,
                association=association,
                label=field.verbose_name,
                help_text=field.help_text or (_("用顿号隔开。") if field.many_to_many else ""),
                required=not field.blank,
            )
        return _own_field(field, kwargs)

    made: Any = forms.modelform_factory(
        register.model, form=RecordForm, fields=names, formfield_callback=field_for
    )
    made.user, made.association = user, association
    for field in made.base_fields.values():
        numbers = PLAIN_OF_NUMBERS if isinstance(field, forms.IntegerField) else {}
        field.error_messages |= PLAIN | numbers
        if isinstance(field, forms.ChoiceField):
            choices: Any = field.choices
            offered = "、".join(str(label) for key, label in choices if key != "")
            field.error_messages["invalid_choice"] = NOT_OFFERED % {"offered": offered}
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 3
    return cast(type[RecordForm], made)
