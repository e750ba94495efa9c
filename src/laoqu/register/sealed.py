"""Numbers that identify a person (身份证、电话、银行账号): sealed when stored, masked when shown.

A row holds them as `Sealed`, which shows itself masked wherever it is printed, so that a page,
sheet or interface that does not think of it shows nothing. Only `reveal()` gives the number.
"""

import hashlib
import hmac
import re
from enum import Enum
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.access.sealing import open_text, seal_text

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
CHECKS = "10X98765432"


class Number(Enum):
    """The kinds of numbers."""

    IDENTITY = "identity"
    TELEPHONE = "telephone"
    ACCOUNT = "account"

    def fault(self, plain: str) -> str:
        """What is wrong with a number, as a sentence; empty where nothing is."""
        if self is Number.IDENTITY and not _is_identity(plain):
            return _("身份证号应是 18 位，最后一位是校验码，请核对。")
        if self is Number.TELEPHONE and not re.fullmatch(r"\+?\d{7,15}", plain):
            return _("电话应是 7 到 15 位数字，请核对。")
        if self is Number.ACCOUNT and not re.fullmatch(r"\d{8,30}", plain):
            return _("银行账号应是 8 到 30 位数字，请核对。")
        return ""

    def masked(self, plain: str) -> str:
        """1427**********1234, 138****8000, ****1234."""
        first = {Number.IDENTITY: 4, Number.TELEPHONE: 3, Number.ACCOUNT: 0}[self]
        hidden = max(len(plain) - first - 4, 4)
        return plain[:first] + "*" * hidden + plain[-4:]


IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"(?![0-9A-Za-z])"
)
"""Area, day of birth, number of the day, check sign."""


def holds_identity(text: str) -> bool:
    """Whether somebody's identity number stands in a text, where it would lie open."""
    return any(
        _is_identity(found.upper()) for found in IDENTITY.findall(text.translate(FULL_WIDTH))
    )


def _is_identity(plain: str) -> bool:
    if not IDENTITY.fullmatch(plain):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(plain, WEIGHTS, strict=False))
    return CHECKS[total % 11] == plain[-1]


class Sealed(str):
    """An encrypted number. Its own characters are what the database holds."""

    kind: Number

    def __new__(cls, stored: str, kind: Number) -> "Sealed":
        made = super().__new__(cls, stored)
        made.kind = kind
        return made

    def __str__(self) -> str:
        return self.masked

    def __format__(self, spec: str) -> str:
        return format(self.masked, spec)

    def __repr__(self) -> str:
        return f"<Sealed {self.masked}>"

    @property
    def masked(self) -> str:
        """The number with its middle hidden."""
        plain = self.reveal()
        return self.kind.masked(plain) if plain else _("（钥匙不对，打不开）")

    def reveal(self) -> str:
        """The number itself; empty where this installation does not hold its key."""
        _index, _colon, box = self.stored.partition(":")
        return open_text(box, self.kind.value) or ""

    @property
    def stored(self) -> str:
        """The very characters of the database."""
        return self.encode().decode()


def seal(plain: str, kind: Number) -> Sealed:
    """Encrypt a number; in front stands its index, by which it is found again."""
    return Sealed(f"{index_of(plain, kind)}:{seal_text(plain, kind.value)}", kind)


def index_of(plain: str, kind: Number) -> str:
    """The same for the same number, and of no use to anybody without the key."""
    told = f"{kind.value}:{plain}".encode()
    return hmac.new(settings.PERSONAL_KEY, told, hashlib.sha256).hexdigest()[:32]


def tidy(text: str) -> str:
    """A number as people write it, without blanks and hyphens, in half-width."""
    return re.sub(r"[\s\-—－]", "", text).translate(FULL_WIDTH).upper()


FULL_WIDTH = {ord("０") + n: str(n) for n in range(10)} | {ord("Ｘ"): "X", ord("ｘ"): "X"}


class SealedField(models.TextField):  # type: ignore[type-arg]
    """A number of a person. Python: `Sealed`; database: index and ciphertext."""

    description = gettext_lazy("加密的号码")

    def __init__(self, *args: Any, kind: Number = Number.TELEPHONE, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **{"blank": True, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "kind": self.kind}

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return Sealed(value, self.kind) if value else ""

    def to_python(self, value: Any) -> Any:
        """A `Sealed`, from the words a person typed or from what the database holds."""
        if isinstance(value, Sealed) or not value:
            return value or ""
        return Sealed(value, self.kind) if ":" in value else seal(tidy(value), self.kind)

    def get_prep_value(self, value: Any) -> Any:
        made = self.to_python(value)
        return made.stored if isinstance(made, Sealed) else made

    def value_to_string(self, obj: models.Model) -> str:
        stored: str = self.get_prep_value(self.value_from_object(obj))
        return stored

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return models.Field.formfield(
            self, **{"form_class": SealedFormField, "kind": self.kind, **kwargs}
        )


@SealedField.register_lookup
class Same(Exact):
    """Rows with the same number, found by its index."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        plain = self.rhs.reveal() if isinstance(self.rhs, Sealed) else tidy(str(self.rhs))
        wanted = index_of(plain, self.lhs.output_field.kind) + ":%" if plain else ""
        return f"{column} LIKE %s", [*params, wanted]


class SealedFormField(forms.CharField):
    """Shows the masked number; left as it is, the number stays. `held` is what the row has now."""

    held: Any = ""

    def __init__(self, *, kind: Number, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind

    def prepare_value(self, value: Any) -> Any:
        return value.masked if isinstance(value, Sealed) else value

    def clean(self, value: Any) -> Any:
        plain = tidy(super().clean(value) or "")
        if not plain:
            return ""
        if isinstance(self.held, Sealed) and plain == self.held.masked:
            return self.held
        if fault := self.kind.fault(plain):
            raise ValidationError(fault)
        return seal(plain, self.kind)

    def has_changed(self, initial: Any, data: Any) -> bool:
        plain = tidy(data or "")
        if not isinstance(initial, Sealed):
            return bool(plain)
        return plain not in (initial.masked, initial.reveal())


def sealed_fields(model: type[models.Model]) -> list[SealedField]:
    """The numbers of persons that a model holds."""
    return [field for field in model._meta.fields if isinstance(field, SealedField)]


def opens_numbers() -> bool:
    """Whether the key here is the one that the numbers of the ledger were sealed with."""
    for model in apps.get_models():
        for field in sealed_fields(model):
            held = model._default_manager.exclude(**{field.name: ""}).order_by("pk")
            numbers: Any = held.values_list(field.name, flat=True)
            if any(number and not number.reveal() for number in (numbers.first(), numbers.last())):
                return False
    return True


def with_number(model: type[models.Model], word: str) -> models.Q:
    """Rows that hold this very number in a sealed field; an empty condition where none can."""
    found = models.Q()
    for field in sealed_fields(model) if re.search(r"\d{7}", word) else ():
        found |= models.Q(**{field.name: word})
    return found
