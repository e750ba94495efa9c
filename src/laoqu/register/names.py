"""Form fields in which people write names the way they write them in documents."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.access.models import Association
from laoqu.access.rules import of_association, rows

SEPARATORS = re.compile(r"[、,，;；\s]+")
BLANK_INSIDE = re.compile(r"(?<=\w)[^\S\n]+(?=[^\W\d_](?:[\s、,，;；]|$))")
"""Blanks that only spread a name over its cell: 高 市 村."""
OPEN_ENDING = re.compile(r"等(?:[\d一二三四五六七八九十百两]+[余多]?个)?[^、，,；;\s]{0,6}$")


@dataclass(frozen=True)
class Answer:
    """What a written name stands for: one row, several candidates, or none, with a reason."""

    row: models.Model | None
    candidates: Sequence[models.Model] = ()
    sentence: str = ""
    note: str = ""
    """What the person should know about a row that was found, e.g. that the village was merged."""


Resolver = Callable[[Sequence[str], object, Association], list[Answer]]
RESOLVERS: dict[type[models.Model], Resolver] = {}
"""How names of a model are understood; without an entry, by the exact name or code."""


_kept: ContextVar[dict[Any, Any] | None] = ContextVar("kept", default=None)
T = TypeVar("T")


@contextmanager
def names_kept() -> Iterator[None]:
    """Within the block, what names are looked up in is read from the database only once."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def kept(key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """What `make` gives, or within `names_kept()` what it gave before."""
    known = _kept.get()
    if known is None:
        return make()
    if key not in known:
        known[key] = make()
    return known[key]  # type: ignore[no-any-return]


def resolve_names(
    model: type[models.Model], names: Sequence[str], user: object, association: Association
) -> list[Answer]:
    """Find the rows of the association that the user may see and that `names` stand for, in the
    same order: two associations give the same codes."""
    names = [name.replace("\x00", "") for name in names]  # PostgreSQL does not even look for it
    resolver = RESOLVERS.get(model)
    if resolver is not None:
        return resolver(names, user, association)
    key = "code" if any(f.name == "code" for f in model._meta.fields) else "name"
    own = of_association(rows(user, model), association)
    found = {getattr(row, key): row for row in own.filter(**{f"{key}__in": list(names)})}
    return [
        Answer(found[name])
        if name in found
        else Answer(None, (), str(_("没有找到“%(name)s”，请检查写法。") % {"name": name}))
        for name in names
    ]


def split_names(text: str) -> tuple[list[str], bool]:
    """Split “甲村、乙村等老区村” into its names, and say whether the list is open (等)."""
    stripped = BLANK_INSIDE.sub("", text.strip())
    ending = OPEN_ENDING.search(stripped)
    if ending:
        stripped = stripped[: ending.start()]
    return [name for name in SEPARATORS.split(stripped) if name], bool(ending)


class NameField(forms.CharField):
    """A relation to one row, written as a name."""

    many = False
    known: Mapping[str, Answer] = {}
    """Answers found beforehand, for many rows at once."""

    def __init__(
        self, *, model: type[models.Model], user: object, association: Association, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.model, self.user, self.association = model, user, association

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = rows(self.user, self.model).filter(pk=value).first()
        return name_of(value) if isinstance(value, models.Model) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, models.Model):
            return value
        text = super().to_python(value)
        if not text:
            return None
        answer = self.answers([text])[0]
        if answer.row is None:
            raise ValidationError(answer.sentence, code="unknown_name", params={"names": [text]})
        return answer.row

    def answers(self, names: Sequence[str]) -> list[Answer]:
        """What the names stand for, in their order."""
        if all(name in self.known for name in names):
            return [self.known[name] for name in names]
        return resolve_names(self.model, names, self.user, self.association)

    def notes(self, text: str) -> list[str]:
        """What there is to know about the rows that the typed names stand for."""
        names = split_names(text)[0] if self.many else [text.strip()]
        return [answer.note for answer in self.answers(names) if answer.note]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other rows are meant than before, however their names are written."""
        if (self.prepare_value(initial) or "") == (data or "").strip():
            return False
        try:
            meant = self.to_python(data)
        except ValidationError:
            return True
        return set(_as_list(meant)) != set(_as_list(initial))


class NamesField(NameField):
    """A relation to many rows, written as a list of names: “甲村、乙村、丙村”."""

    many = True
    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | models.QuerySet):
            return "、".join(name_of(row) for row in value)
        return super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        names, _open = split_names(forms.CharField.to_python(self, value) or "")
        answers = self.answers(names)
        unknown = [
            (name, answer) for name, answer in zip(names, answers, strict=True) if not answer.row
        ]
        if unknown:
            raise ValidationError(
                [
                    ValidationError(answer.sentence, code="unknown_name", params={"names": [name]})
                    for name, answer in unknown
                ]
            )
        return list(dict.fromkeys(answer.row for answer in answers))

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")


def _as_list(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, Iterable) else [value]


def name_of(row: models.Model) -> str:
    """The name under which a row is found again."""
    return str(getattr(row, "full_name", None) or row)
