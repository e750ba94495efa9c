"""The hints of the registers of needs and projects: while typing, in a sheet, before approval."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from laoqu.access.models import Association
from laoqu.access.rules import is_office
from laoqu.areas.needs.models import Need
from laoqu.areas.needs.models import Stage as NeedStage
from laoqu.areas.projects.models import Project
from laoqu.areas.projects.stages import Stage as ProjectStage
from laoqu.coordination.overlaps.checking import (
    Found,
    check_ledger,
    check_rows,
    compare,
    drafts_beside_ledger,
    open_for,
)
from laoqu.coordination.overlaps.models import OPEN, OverlapPair, pairs_of
from laoqu.coordination.overlaps.works import Draft, rows_of, seen_codes
from laoqu.register.advice import ADVISORS
from laoqu.register.forms import RecordForm
from laoqu.register.models import Record
from laoqu.register.sheet_rows import ImportRow
from laoqu_engines.overlap import Index

APPROVALS: dict[type[Record], tuple[str, ...]] = {
    Need: (NeedStage.COUNTY, NeedStage.LISTED),
    Project: (ProjectStage.ADMITTED, ProjectStage.APPROVED, ProjectStage.FUNDED),
}
"""The moves before which open questions are shown: approval, and the yearly plan."""

NEAR = 20
"""How many works near a draft are looked at for each of its villages."""

TOLD = 3
"""How many records are named for one row of a sheet."""

MANY = 300
"""From so many saved rows on, comparing the whole ledger is quicker."""


@dataclass(frozen=True)
class Hint:
    """One record that a row being typed may repeat."""

    row: Record
    found: Found


@dataclass(frozen=True)
class Hints:
    """What is shown beside a form: the records, and how many more this person may not see."""

    shown: Sequence[Hint]
    hidden: int
    ready: bool = True
    """Whether enough is typed to compare anything."""

    @property
    def count(self) -> int:
        """How many records there are, those counted in that this person may not see."""
        return len(self.shown) + self.hidden


@dataclass(frozen=True)
class Question:
    """An open question about a row, and the other record where this person may see it."""

    pair: OverlapPair
    code: str
    other: Record | None


class OverlapAdvisor:
    """Points to what may be the same work. It asks and never blocks."""

    label = gettext_lazy("查一查有没有重复")
    template = "overlaps/hints.html"
    move_template = "overlaps/before_move.html"

    def on_typed(self, form: RecordForm) -> Hints:
        """The records of the ledger that the form as typed so far may repeat."""
        draft = _draft(form, form.instance.code or _("这一条"))
        if not draft.places or not (draft.row.title() or draft.row.works):  # type: ignore[attr-defined]
            return Hints((), 0, ready=False)
        found = _compare(form.association, [draft])
        codes = {_other(one, draft.key) for one in found}
        seen = seen_codes(form.user, form.association, codes)
        made = [(_other(one, draft.key), one) for one in found]
        rows = rows_of(form.association, [code for code, _one in made if code in seen])
        shown = [Hint(rows[code], one) for code, one in made if code in seen]
        return Hints(shown, len(made) - len(shown))

    def on_sheet(self, rows: Sequence[ImportRow], user: object) -> dict[int, list[str]]:
        """What the rows of a sheet repeat: rows of the ledger, or each other."""
        drafts = [
            _draft(row.form, f"{row.grid}:{row.number}") for row in rows if row.form is not None
        ]
        if not drafts:
            return {}
        association = drafts[0].row.association
        found = _compare(association, drafts)
        position = {draft.key: index for index, draft in enumerate(drafts)}
        outside = {code for one in found for code in one.key if code not in position}
        seen = seen_codes(user, association, outside)
        told: dict[int, dict[str, None]] = {}
        for one in found:
            for key in one.key & position.keys():
                sentence = _sentence(one, _other(one, key), rows, position, seen)
                told.setdefault(position[key], {})[sentence] = None
        return {index: _the_first(list(sentences)) for index, sentences in told.items()}

    def before_move(self, row: Record, target: str, user: object) -> list[Question]:
        """The open questions about a row that is to be approved, looked for anew."""
        if target not in APPROVALS[type(row)]:
            return []
        check_rows(row.association, [row])
        pairs = open_for(row.association, [row.code])
        other = {pair.pk: next(code for code in pair.codes if code != row.code) for pair in pairs}
        rows = rows_of(row.association, seen_codes(user, row.association, other.values()))
        return [Question(pair, other[pair.pk], rows.get(other[pair.pk])) for pair in pairs]

    def went_on(self, row: Record, target: str, user: object) -> str:
        """Each question keeps that it was seen before this move."""
        pairs = open_for(row.association, [row.code])
        label = dict(row._meta.get_field("stage").choices or ())[target]  # type: ignore[union-attr]
        for pair in pairs:
            pair.version += 1
            pair._change_reason = _("%(code)s 转为“%(stage)s”前已看过") % {
                "code": row.code,
                "stage": label,
            }
            pair.save()
        return _("已看过 %(codes)s") % {"codes": "、".join(pair.code for pair in pairs)}

    def after_saving(self, rows: Sequence[Record], user: object) -> str:
        """Saved rows are compared at once, so that the question is there to be decided."""
        association = rows[0].association
        if len(rows) > MANY:
            check_ledger(association)
        else:
            check_rows(association, rows)
        count = len(open_for(association, [row.code for row in rows]))
        if not count:
            return ""
        if is_office(user, association.pk):
            sentence = ngettext(
                "有 %(n)s 件可能是重复的，请到“疑似重复建设”里研判。",
                "有 %(n)s 件可能是重复的，请到“疑似重复建设”里研判。",
                count,
            )
        else:
            sentence = ngettext(
                "有 %(n)s 件可能是重复的，秘书处会研判，不影响您保存。",
                "有 %(n)s 件可能是重复的，秘书处会研判，不影响您保存。",
                count,
            )
        return sentence % {"n": count}


def connect() -> None:
    """Let the registers of needs and projects ask."""
    for slug in ("needs", "projects"):
        ADVISORS[slug] = OverlapAdvisor()


def _draft(form: RecordForm, key: str) -> Draft:
    row: Any = form.instance
    given = form.cleaned_data
    return Draft(key, row, given.get("places") or [], given.get("needs") or [])


def _compare(association: Association, drafts: Sequence[Draft]) -> list[Found]:
    """The pairs of drafts with what stands in the ledger and with each other, without those that
    were decided before."""
    made = drafts_beside_ledger(association, drafts)
    keys = {draft.key for draft in drafts}
    index = Index(made.works)
    own = [work for work in made.works if work.line in keys]
    found = compare(made, [pair for work in own for pair in index.near(work, NEAR)], keys)
    codes = {draft.row.code: draft.key for draft in drafts if draft.row.pk}
    decided = pairs_of(list(codes), OverlapPair.objects.filter(association=association))
    known = {
        frozenset(codes.get(code, code) for code in pair.codes)
        for pair in decided.exclude(stage__in=OPEN)
    }
    return [one for one in found if one.key not in known]


def _other(one: Found, key: str) -> str:
    return one.second if one.first == key else one.first


def _the_first(sentences: list[str]) -> list[str]:
    """The likeliest few; the others are counted."""
    more = len(sentences) - TOLD
    if more <= 0:
        return sentences
    return [*sentences[:TOLD], _("另外还有 %(n)s 条也可能重复。") % {"n": more}]


def _sentence(
    one: Found,
    other: str,
    rows: Sequence[ImportRow],
    position: dict[str, int],
    seen: set[str],
) -> str:
    if other in position:
        number = rows[position[other]].number
        return _("可能和表中第 %(n)s 行重复：%(reason)s") % {"n": number, "reason": one.reason}
    if other in seen:
        return _("可能和 %(code)s 重复：%(reason)s") % {"code": other, "reason": one.reason}
    return _("可能和一条您无权查看的记录重复，请联系秘书处。")
