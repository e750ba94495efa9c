"""What a register is: declared once as a class, found by its slug."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from laoqu.access.anchors import ANCHORS, NOBODY, PUBLIC, UPPER
from laoqu.register.filters import RowFilters
from laoqu.register.flows import Flow
from laoqu.register.models import Record, State
from laoqu.register.money import MoneyLine
from laoqu.register.sealed import sealed_fields

REMARKS = ("note", "entered_by")
"""Fields of every register that stay among those whom a row concerns, also where it is public."""


class FieldClass(Enum):
    """数据分类: how much care a field needs. Open data and public pages reach the first only."""

    PUBLIC = _("可公开")
    INTERNAL = _("内部")
    PERSONAL = _("个人信息")
    SENSITIVE = _("敏感个人信息")


class Line(Enum):
    """The association's own lines of work; the menu is grouped by them."""

    VISITS = _("双送活动")
    HELP = _("牵线搭桥")
    SURVEYS = _("调研建言")
    PUBLICITY = _("红色宣传")
    SELF_BUILDING = _("自身建设")
    BASICS = _("基础资料")


@dataclass(frozen=True)
class Section:
    """A titled group of fields on the form and on the detail page."""

    title: Any
    fields: tuple[str, ...]

    def __init__(self, title: Any, *fields: str) -> None:
        object.__setattr__(self, "title", title)
        object.__setattr__(self, "fields", fields)


@dataclass(frozen=True)
class Tab:
    """Rows of another register that belong to a record: `filter` is the parameter of its list."""

    register: str
    filter: str


@dataclass(frozen=True)
class Action:
    """A further thing one can do with a row: an address name taking its key, and a label."""

    label: Any
    url_name: str
    allowed: str = ""
    """Name of a no-argument method or attribute of the row that says whether it applies."""
    reading: bool = False
    """Whether it only shows something, so that it is for everybody who sees the row."""


class Register:
    """A register (台账). Subclasses declare; the framework does the rest.

    `columns`, `search`, `filters`, `totals` name model fields (with `__` for relations); a ledger
    row is found by its code too.
    `form` lists the sections of the form and of the detail page.
    """

    model: ClassVar[type[models.Model]]
    slug: ClassVar[str]
    line: ClassVar[Line]
    purpose: ClassVar[Any]
    """One sentence that tells a reader what the register holds."""
    detail: ClassVar[bool] = False
    """Whether its rows belong to those of another register, from which people come to them."""
    columns: ClassVar[Sequence[str]]
    search: ClassVar[Sequence[str]] = ()
    filters: ClassVar[Sequence[str]] = ()
    filterset: ClassVar[type[RowFilters]] = RowFilters
    form: ClassVar[Sequence[Section]] = ()
    shown: ClassVar[Sequence[str]] = ()
    """Fields that the detail page shows beside those of the form."""
    not_shown: ClassVar[Sequence[str]] = ()
    """Fields of the model that no page of the register shows, because the product fills them."""
    totals: ClassVar[Sequence[str]] = ()
    tabs: ClassVar[Sequence[Tab]] = ()
    actions: ClassVar[Sequence[Action]] = ()
    list_actions: ClassVar[Sequence[Action]] = ()
    order: ClassVar[dict[str, str]] = {}
    """What a column is sorted by, where not by its own field."""
    known_by: ClassVar[Sequence[str]] = ()
    """Fields by which a sheet's row is known again where rows have no code."""
    addable: ClassVar[bool] = True
    flow: ClassVar[Flow | None] = None
    page: ClassVar[str] = "register/detail.html"
    """The template of the detail page; another one extends it, with what `context` adds."""

    registers: ClassVar[dict[str, "Register"]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if not hasattr(cls, "slug"):
            raise ImproperlyConfigured(
                f'{cls.__module__}.{cls.__name__}: write slug = "plural-english-name".'
            )
        if cls.slug in Register.registers:
            other = type(Register.registers[cls.slug])
            raise ImproperlyConfigured(
                f"{cls.__module__}.{cls.__name__}: choose another slug, "
                f"{other.__module__}.{other.__name__} has {cls.slug} already."
            )
        Register.registers[cls.slug] = cls()

    @property
    def label(self) -> Any:
        """The register's Chinese name."""
        return self.model._meta.verbose_name_plural

    @property
    def is_ledger(self) -> bool:
        """Whether its rows are ledger records (with code, year, state and passages)."""
        return issubclass(self.model, Record)

    @property
    def is_personal(self) -> bool:
        """Whether its rows are about persons, so that they stay in the office."""
        return ANCHORS[self.model._meta.label].get(UPPER) == NOBODY

    @property
    def searched(self) -> Sequence[str]:
        """What the search box looks in: the declared fields, and the code of a ledger row."""
        return [*self.search, "code"] if self.is_ledger else self.search

    def class_of(self, name: str) -> FieldClass:
        """How much care a field of this register needs (P1)."""
        if name in {field.name for field in sealed_fields(self.model)}:
            return FieldClass.SENSITIVE
        if self.is_personal:
            return FieldClass.PERSONAL
        public = PUBLIC in ANCHORS[self.model._meta.label] and name not in REMARKS
        return FieldClass.PUBLIC if public else FieldClass.INTERNAL

    def shows(self, name: str, *, inside: bool) -> bool:
        """Whether a field may be shown to those whom the row concerns, or else to anybody."""
        return inside or self.class_of(name) is FieldClass.PUBLIC

    def url(self) -> str:
        """The address of the list."""
        return reverse("register_list", args=[self.slug])

    def context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What a detail page of its own shows beside the fields."""
        return {}

    def countable(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that may be added up: reviewed ones, none of them inside another.

        A reversed line and its reversal cancel each other, so both are left out.
        """
        if not self.is_ledger:
            return rows
        reviewed = rows.filter(state=State.REVIEWED)
        money = issubclass(self.model, MoneyLine)
        return reviewed.filter(reverses=None, reversed_by=None) if money else reviewed


def by_line(registers: Iterable[Register]) -> list[tuple[Any, list[Register], list[Register]]]:
    """Registers by line of work: those people look for, and the details that belong to them."""
    found = list(registers)
    grouped = [(line.value, [r for r in found if r.line is line]) for line in Line]
    return [
        (title, [r for r in those if not r.detail], [r for r in those if r.detail])
        for title, those in grouped
    ]


def register_of(model: type[models.Model]) -> Register | None:
    """The register of a model, or None where it has none."""
    return next((r for r in Register.registers.values() if r.model is model), None)


def record_url(row: models.Model) -> str:
    """The address of a row's detail page; empty where its model has no register."""
    register = register_of(type(row))
    return reverse("register_detail", args=[register.slug, row.pk]) if register else ""
