"""What people decide about a pair: each decision with person, day and ground, and its undo."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from laoqu.access.rules import CHANGE, may
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.needs.models import Need
from laoqu.areas.needs.models import Stage as NeedStage
from laoqu.areas.projects.models import Project
from laoqu.areas.projects.stages import Stage as ProjectStage
from laoqu.coordination.overlaps.models import STAGE_AFTER, Conclusion, OverlapPair, Stage
from laoqu.coordination.overlaps.works import MODELS, fingerprint, rows_of
from laoqu.register.flows import move
from laoqu.register.models import Record, State
from laoqu.register.registry import register_of

LEAVING: dict[type[Record], tuple[str, ...]] = {
    Need: (NeedStage.MERGED, NeedStage.WITHDRAWN),
    Project: (ProjectStage.REMOVED, ProjectStage.TERMINATED),
}
"""The states by which a record leaves in favour of another, the better one first."""


@dataclass(frozen=True)
class Decision:
    """What a person decided: the conclusion, its ground, and of a duplicate which one stays."""

    conclusion: str
    ground: str
    kept: str = ""


@transaction.atomic
def decide(pair: OverlapPair, user: object, decision: Decision) -> OverlapPair:
    """Keep a decision. Of a duplicate the other record is merged, withdrawn or, if money, noted.

    Errors: `ValidationError` with a sentence where something is missing or the other record has
    come too far to leave; `PermissionDenied` where the pair is not this person's to decide.
    """
    current = _locked(pair, user)
    if not current.is_open or current.state == State.VOID:
        raise ValidationError(_("这一件已经研判过。要改，请先撤销原来的研判。"))
    if decision.conclusion not in STAGE_AFTER:
        raise ValidationError(_("请先选一个结论。"))
    if not decision.ground.strip():
        raise ValidationError(_("请写明依据，例如问过谁、看过什么材料。"))
    rows = _locked_rows(current)
    if len(rows) < 2:
        raise ValidationError(_("两条记录有一条找不到了，请核对编号。"))
    current.kept_code = current.former_stage = ""
    if decision.conclusion == Conclusion.DUPLICATE:
        _keep_one(current, rows, decision.kept, user)
    current.stage = STAGE_AFTER[Conclusion(decision.conclusion)]
    current.conclusion, current.ground = decision.conclusion, decision.ground.strip()
    current.decided_by = user if getattr(user, "is_authenticated", False) else None  # type: ignore[assignment]
    current.decided_on = timezone.localdate().isoformat()
    prints = [fingerprint(rows[code]) for code in current.codes]
    current.first_fingerprint, current.second_fingerprint = prints
    return _save(current, f"{Conclusion(decision.conclusion).label}：{decision.ground.strip()}")


@transaction.atomic
def undo(pair: OverlapPair, user: object) -> OverlapPair:
    """Take a decision back: the question is open again, and what left by it stands again.

    Errors: `ValidationError` where there is nothing to undo or the record went on since.
    """
    current = _locked(pair, user)
    if not current.conclusion:
        raise ValidationError(_("这一件还没有研判，没有可以撤销的。"))
    if current.conclusion == Conclusion.DUPLICATE:
        _bring_back(current)
    current.stage = Stage.ASKED if current.letter_number else Stage.PENDING
    current.conclusion = current.kept_code = current.former_stage = current.decided_on = ""
    current.decided_by = None
    return _save(current, _("撤销研判"))


@transaction.atomic
def ask_departments(pair: OverlapPair, user: object, number: str) -> OverlapPair:
    """请部门核对: from now on the letter under this number can be fetched."""
    current = _locked(pair, user)
    if not current.is_open:
        raise ValidationError(_("这一件已经研判过。要改，请先撤销原来的研判。"))
    if not current.departments.exists():
        raise ValidationError(_("两条记录都没有写部门，不知道该问谁。请先在记录里补上部门。"))
    current.stage, current.letter_number = Stage.ASKED, number
    current.asked_on = timezone.localdate().isoformat()
    return _save(current, _("请部门核对 %(number)s") % {"number": number})


@transaction.atomic
def note_answer(pair: OverlapPair, user: object, answer: str) -> OverlapPair:
    """Keep what a department answered, with the day; the decision itself is the office's."""
    current = _locked(pair, user)
    line = f"{timezone.localdate().isoformat()} {' '.join(answer.split())}"
    current.answers = "\n".join(filter(None, [current.answers, line]))
    return _save(current, _("部门答复"))


def consequence(leaves: Record, stays: Record) -> str:
    """What happens to a record when the other is kept, in a sentence."""
    words = {"left": leaves.code, "kept": stays.code}
    if isinstance(leaves, Contribution):
        return _("%(left)s 是记下的钱，不会改动，只在这里记明与 %(kept)s 重复。") % words
    if isinstance(leaves, Need) and isinstance(stays, Project):
        return _("%(left)s 关联到 %(kept)s，由这个项目解决。") % words
    if isinstance(leaves, Need) and isinstance(stays, Need):
        return _("%(left)s 合并到 %(kept)s，去向两边都查得到。") % words
    return _("%(left)s 撤销，原因记在它的变更记录里；%(kept)s 照办。") % words


def _locked(pair: OverlapPair, user: object) -> OverlapPair:
    current = OverlapPair.objects.select_for_update().get(pk=pair.pk)
    if not may(user, CHANGE, current):
        raise PermissionDenied
    return current


def _locked_rows(pair: OverlapPair) -> dict[str, Record]:
    """Both records by code, so that nobody else changes them meanwhile."""
    for model in MODELS:
        named = model._default_manager.filter(association=pair.association, code__in=pair.codes)
        list(named.select_for_update().values_list("pk"))
    return rows_of(pair.association, pair.codes)


def _save(pair: OverlapPair, reason: str) -> OverlapPair:
    pair.version += 1
    pair._change_reason = reason[:100]
    pair.save()
    return pair


def _keep_one(pair: OverlapPair, rows: dict[str, Record], kept: str, user: object) -> None:
    """One of the two stays; the other leaves by its own chain of states, traceable in both."""
    if kept not in pair.codes:
        raise ValidationError(_("请选定保留哪一条。"))
    [left] = [code for code in pair.codes if code != kept]
    stays: Any = rows[kept]
    leaves: Any = rows[left]
    pair.kept_code = kept
    if isinstance(leaves, Contribution):  # confirmed money is never edited, only noted here
        return
    if isinstance(leaves, Need) and isinstance(stays, Project):
        stays.needs.add(leaves)  # the project solves the need, which goes on with it
        _note(leaves, _("由 %(code)s 解决（%(pair)s）") % {"code": kept, "pair": pair.code})
    else:
        pair.former_stage = leaves.stage
        _leave(pair, leaves, stays, user)
    if isinstance(leaves, Project) and isinstance(stays, Project):
        stays.needs.add(*leaves.needs.all())
    if not isinstance(stays, Contribution):
        _note(stays, _("并入了 %(code)s（%(pair)s）") % {"code": left, "pair": pair.code})


def _leave(pair: OverlapPair, leaves: Any, stays: Record, user: object) -> None:
    register = register_of(type(leaves))
    assert register is not None
    assert register.flow is not None
    possible = register.flow.targets(leaves)
    wanted = [state for state in LEAVING[type(leaves)] if state in possible]
    if not isinstance(stays, Need):
        wanted = [state for state in wanted if state != NeedStage.MERGED]
    if not wanted:
        raise ValidationError(
            _("%(code)s 已经到了“%(stage)s”，不能再撤销。请保留它，或者选“分期实施”“互补”。")
            % {"code": leaves.code, "stage": leaves.get_stage_display()}
        )
    if wanted[0] == NeedStage.MERGED:
        leaves.merged_into = stays
        _note(leaves, _("写明合并到 %(code)s") % {"code": stays.code})
    words = _("与 %(code)s 重复（%(pair)s）") % {"code": stays.code, "pair": pair.code}
    move(register.flow, leaves, user, wanted[0], words)


def _note(row: Record, words: str) -> None:
    """One more entry in the history of a record, with what belongs to it."""
    row.version += 1
    row._change_reason = words[:100]  # type: ignore[attr-defined]
    row.save()


def _bring_back(pair: OverlapPair) -> None:
    """The record that left stands again where it was."""
    rows = _locked_rows(pair)
    [left] = [code for code in pair.codes if code != pair.kept_code]
    leaves: Any = rows[left]
    stays: Any = rows[pair.kept_code]
    if isinstance(leaves, Contribution):
        return
    words = _("撤销研判 %(pair)s") % {"pair": pair.code}
    if not pair.former_stage:  # a need that the project was to solve
        stays.needs.remove(leaves)
    elif leaves.stage not in LEAVING[type(leaves)]:
        raise ValidationError(
            _("%(code)s 在研判以后又改过状态，不能一起撤销。请先在它的页面上看清楚。")
            % {"code": left}
        )
    else:
        leaves.stage = pair.former_stage
        if isinstance(leaves, Need):
            leaves.merged_into = None
    _note(leaves, words)
    if not isinstance(stays, Contribution):
        _note(stays, words)
