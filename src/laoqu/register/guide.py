"""The help page of a register, made from its declaration: what to fill in, in which order it moves,
who may do what, and which figures are counted from it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.access.anchors import (
    ANCHORS,
    ASSOCIATION,
    DEPARTMENT,
    PLACE,
    PUBLIC,
    SHOWN_AT_PLACE,
    SHOWN_TO_DEPARTMENT,
    UPPER,
)
from laoqu.access.models import Role
from laoqu.access.rules import ADD, CHANGE, DELETE, RULES, VIEW, anchor_of
from laoqu.register.cells import label_of
from laoqu.register.fields import MoneyField, PartialDateField
from laoqu.register.figures import FIGURES, Figure
from laoqu.register.models import Record
from laoqu.register.names import RESOLVERS
from laoqu.register.registry import FieldClass, Register, register_of
from laoqu.register.sealed import SealedField

ACTIONS = {
    VIEW: gettext_lazy("看"),
    ADD: gettext_lazy("新记"),
    CHANGE: gettext_lazy("修改"),
    DELETE: gettext_lazy("作废"),
}
ROWS = {
    ASSOCIATION: gettext_lazy("全部行"),
    DEPARTMENT: gettext_lazy("本单位的行"),
    PLACE: gettext_lazy("本地方的行"),
    UPPER: gettext_lazy("下级老促会的行"),
    SHOWN_TO_DEPARTMENT: gettext_lazy("涉及本单位的行"),
    SHOWN_AT_PLACE: gettext_lazy("涉及本地方的行"),
}


@dataclass(frozen=True)
class Entry:
    """One field of the form, in words."""

    label: str
    kind: str
    required: bool
    help: str
    care: str
    """The class of the data, where it needs more care than internal data."""


@dataclass(frozen=True)
class Step:
    """One state of the chain and the states that may follow it."""

    state: str
    following: tuple[str, ...]


@dataclass(frozen=True)
class Right:
    """What one role may do with which rows; `actions` is empty where it may do nothing."""

    role: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Guide:
    """All that the help page of a register says."""

    register: Register
    sections: tuple[tuple[str, tuple[Entry, ...]], ...]
    steps: tuple[Step, ...]
    rights: tuple[Right, ...]
    figures: tuple[tuple[str, str], ...]


def guide_of(register: Register) -> Guide:
    """What the help page of this register says, in the language of the moment."""
    return Guide(
        register=register,
        sections=tuple(
            (str(section.title), tuple(_entry(register, name) for name in section.fields))
            for section in register.form
        ),
        steps=tuple(_steps(register)),
        rights=(
            *(Right(str(Role(role).label), tuple(_rights(register, role))) for role in RULES),
            Right(_("公众"), _public(register)),
        ),
        figures=tuple(
            (str(figure.label), str(figure.definition))
            for figure in FIGURES.values()
            if isinstance(figure, Figure) and figure.register == register.slug
        ),
    )


def _entry(register: Register, name: str) -> Entry:
    field: Any = register.model._meta.get_field(name)
    care = register.class_of(name)
    return Entry(
        str(label_of(register.model, name)),
        str(_kind(field)),
        required=not field.blank and not isinstance(field, models.BooleanField),
        help=str(field.help_text),
        care=str(care.value) if care in (FieldClass.PERSONAL, FieldClass.SENSITIVE) else "",
    )


def _kind(field: Any) -> Any:
    """How the field is filled in."""
    if field.related_model is not None:
        return _kind_of_link(field)
    if field.choices:
        return _("选一个：") + "、".join(str(label) for value, label in field.choices if value)
    for kind, words in (
        (SealedField, _("号码，加密保存")),
        (MoneyField, _("金额，写“80万元”或“500元”；只写数字按万元算")),
        (PartialDateField, _("日期，只知道年月也可以")),
        (models.DateTimeField, _("日期和钟点")),
        (models.BooleanField, _("勾选")),
        ((models.DecimalField, models.IntegerField), _("数字")),
        (models.FileField, _("文件")),
        (models.TextField, _("文字，可以写几行")),
    ):
        if isinstance(field, kind):
            return words
    return _("文字")


def _kind_of_link(field: Any) -> str:
    """How a related row is written: by its code where it has no name to be found by."""
    model, register = field.related_model, register_of(field.related_model)
    words = {"register": register.label if register else model._meta.verbose_name}
    if issubclass(model, Record) and model not in RESOLVERS:
        words["code"] = f"{model.CODE_PREFIX}2024-001"
        return _("编号，例如“%(code)s”") % words
    if field.many_to_many:
        return _("名称，可以写几个；要先记在“%(register)s”里") % words
    return _("名称；要先记在“%(register)s”里") % words


def _steps(register: Register) -> Iterator[Step]:
    flow = register.flow
    if flow is None:
        return
    labels: dict[Any, Any] = dict(register.model._meta.get_field(flow.field).choices or ())  # type: ignore[union-attr]
    for state, following in flow.moves.items():
        yield Step(
            str(labels[state]),
            tuple(str(labels.get(one, _("回到原来的状态"))) for one in following)
            or (_("到这里为止"),),
        )


def _rights(register: Register, role: str) -> Iterable[str]:
    """“看、新记：全部行” and so on; nothing where the role reaches no row."""
    found: dict[Any, list[str]] = {}
    for action, words in ACTIONS.items():
        anchor = anchor_of(register.model, role, action)
        if anchor and (register.addable or action != ADD):
            whose = UPPER if role == Role.UPPER else anchor
            found.setdefault(ROWS[whose], []).append(str(words))
    return [f"{'、'.join(actions)}：{whose}" for whose, actions in found.items()]


def _public(register: Register) -> tuple[str, ...]:
    anchors = ANCHORS[register.model._meta.label]
    if PUBLIC not in anchors:
        return ()
    return (_("看：已公开的行") if anchors[PUBLIC] else _("看：全部行"),)
