"""Both records of a pair side by side: the same fields in one row, what is equal marked as such."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.access.rules import rows
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.needs.models import Need
from laoqu.areas.projects.models import Project
from laoqu.coordination.overlaps.models import OverlapPair
from laoqu.coordination.overlaps.works import (
    FUND,
    MONEY,
    amount_of,
    content_of,
    department_of,
    kind_label,
    name_of_work,
    place_line,
    rows_of,
    scale_of,
    seen_codes,
)
from laoqu.register.cells import text_of
from laoqu.register.models import Passage, Record, Source


@dataclass(frozen=True)
class Line:
    """One field of both records in words, and whether both say the same."""

    label: Any
    first: str
    second: str

    @property
    def same(self) -> bool:
        """Whether both say the same, and not nothing."""
        return bool(self.first) and self.first == self.second


@dataclass(frozen=True)
class Side:
    """One record as this person may see it: not at all where it is not theirs."""

    code: str
    row: Record | None
    kind: str
    passages: Sequence[Passage]


@dataclass(frozen=True)
class Sides:
    """甲 and 乙 with their fields aligned."""

    first: Side
    second: Side
    lines: Sequence[Line]

    @property
    def whole(self) -> bool:
        """Whether this person may see both."""
        return self.first.row is not None and self.second.row is not None


def sides_of(pair: OverlapPair, user: object) -> Sides:
    """Both records, each as far as this person may see it."""
    seen = seen_codes(user, pair.association, pair.codes)
    found = rows_of(pair.association, seen)
    sides = [_side(code, found.get(code), user) for code in pair.codes]
    words = [fields_of(side.row) if side.row is not None else {} for side in sides]
    lines = [
        Line(label, words[0].get(name, ""), words[1].get(name, ""))
        for name, (label, _said) in FIELDS.items()
        if words[0].get(name) or words[1].get(name)
    ]
    return Sides(sides[0], sides[1], lines)


def _side(code: str, row: Record | None, user: object) -> Side:
    if row is None:
        return Side(code, None, "", [])
    readable = rows(user, Source).order_by().values("pk")
    passages = list(row.passages.filter(source__in=readable).select_related("source"))
    return Side(code, row, kind_label(row), passages)


def fields_of(row: Record) -> dict[str, str]:
    """What a record says, field by field, in words; empty where it says nothing."""
    return {name: said(row) for name, (_label, said) in FIELDS.items()}


def _places(row: Any) -> str:
    named = "\n".join(place_line(place) for place in row.places.all())
    return named + _("（名单未列全）") if getattr(row, "open_list", False) else named


def _money(row: Any) -> str:
    if amount_of(row) is None:
        return ""
    several = len(row.places.all()) > 1 or getattr(row, "open_list", False)
    words = text_of(row, MONEY[type(row)])
    return words + (_("（几个村合计，没有分到村）") if several else "")


def _fund(row: Any) -> str:
    return str(getattr(row, FUND[type(row)])) if FUND[type(row)] else ""


def _content(row: Any) -> str:
    """The scale alone where the name says the works already."""
    return scale_of(row) if isinstance(row, Contribution) else content_of(row)


def _when(row: Any) -> str:
    names = {Need: "proposed_on", Project: "planned_start_on", Contribution: "given_on"}
    name = names[type(row)]
    return text_of(row, name) if getattr(row, name) else ""


FIELDS: dict[str, tuple[Any, Callable[[Any], str]]] = {
    "name": (gettext_lazy("要办的事"), name_of_work),
    "places": (gettext_lazy("地点"), _places),
    "content": (gettext_lazy("内容和规模"), _content),
    "money": (gettext_lazy("金额"), _money),
    "year": (gettext_lazy("年度"), lambda row: f"{row.year}"),
    "when": (gettext_lazy("日期"), _when),
    "department": (gettext_lazy("部门"), lambda row: str(department_of(row) or "")),
    "fund": (gettext_lazy("资金来源"), _fund),
    "stage": (gettext_lazy("办到哪一步"), lambda row: text_of(row, "stage")),
}
"""The fields that are compared: label, and what a record says there."""
