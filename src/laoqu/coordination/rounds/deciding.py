"""What the meeting decides: departures from the engine's plan with reasons, and the plan."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from laoqu.areas.meetings.models import Meeting
from laoqu.coordination.rounds.checking import Check, Fault
from laoqu.coordination.rounds.choosing import changing, keep, locked
from laoqu.coordination.rounds.models import (
    Departure,
    Progress,
    Round,
    Solution,
    Stage,
)
from laoqu.coordination.rounds.problem import Material
from laoqu.coordination.rounds.results import Result


def present(found: Round, user: object, version: int | None, solution: Solution) -> None:
    """Take one answer of the engine as the plan that is consulted on and decided."""
    with changing(
        found, user, version, _("采用“%s”的结果") % solution.get_rule_display()
    ) as current:
        if solution.progress != Progress.DONE or not Result(Material(current), solution).feasible:
            raise ValidationError(_("这个算法没有可行的方案，不能采用。请换一个，或放宽规矩。"))
        current.solution = solution


def final(found: Round) -> Result | None:
    """The plan as it stands: the answer taken, with the departures of the meeting."""
    if found.solution is None:
        return None
    return Result(Material(found), found.solution, decided=True)


def faults(result: Result) -> list[Fault]:
    """What the plan as it stands breaks."""
    return Check(result.material, result.payments).faults()


@transaction.atomic
def depart(
    found: Round, user: object, version: int | None, need: int, told: dict[str, Any]
) -> Departure | None:
    """Decide otherwise than the engine for one need. Returns: the departure, None where the
    amounts are the engine's own, so that none is left.

    Args:
        told: `payments` in fen by code of the fund, `reason`, and `overrule` where the meeting
            agrees to break limits.
    Errors: `ValidationError` that names every broken rule; money beyond a fund, an earmark or the
    cost of a need cannot be overruled.
    """
    with changing(found, user, version, _("会议调整：%s") % told["reason"]) as current:
        result = final(current)
        chosen = current.chosen.filter(need=need).select_related("need").first()
        if result is None or chosen is None:
            raise ValidationError(_("请先采用一个算法的结果，再作会议调整。"))
        code = chosen.need.code
        paid = {fund: fen for fund, fen in told["payments"].items() if fen}
        before = faults(result)
        result.departures[code] = departure = _departure(current, user, chosen.need, told, paid)
        departure.proposed = _rows(result.proposed.get(code, {}))
        after = Result(result.material, result.solution)
        after.departures = result.departures
        fresh = [fault for fault in faults(after) if fault not in before]
        departure.overruled = "\n".join(_overruled(fresh, told["overrule"]))
        _withdraw(current, need=need)
        if paid == result.proposed.get(code, {}):
            return None
        departure.save()
        return departure


def _departure(
    current: Round, user: object, need: Any, told: dict[str, Any], paid: dict[str, int]
) -> Departure:
    return Departure(
        round=current,
        need=need,
        payments=_rows(paid),
        reason=told["reason"].strip(),
        entered_by=user if getattr(user, "is_authenticated", False) else None,
    )


def _rows(paid: dict[str, int]) -> list[dict[str, Any]]:
    return [{"channel": code, "amount_fen": fen} for code, fen in sorted(paid.items())]


def _overruled(fresh: list[Fault], agreed: bool) -> list[str]:
    """The limits that the meeting breaks knowingly. Errors: as `depart`."""
    hard = [fault.words for fault in fresh if fault.hard]
    if hard:
        raise ValidationError([_("不能这样定：%s。") % words for words in hard])
    soft = [fault.words for fault in fresh]
    if soft and not agreed:
        raise ValidationError(
            [
                *(_("这样定会突破规矩：%s。") % words for words in soft),
                _("会议同意突破的，请勾选“会议同意突破”再存一次。"),
            ]
        )
    return soft


def withdraw(found: Round, user: object, version: int | None, key: int) -> None:
    """Take a departure back: the need is as the engine proposed it."""
    with changing(found, user, version, _("撤回会议调整")) as current:
        _withdraw(current, pk=key)


def _withdraw(current: Round, **which: int) -> None:
    for departure in current.departures.filter(withdrawn=False, **which):
        departure.withdrawn = True
        departure.save()


def standing_in_the_way(result: Result) -> list[str]:
    """Why the meeting cannot decide on the plan as it stands, each in a sentence."""
    found = result.material.round
    sentences = []
    if found.stage == Stage.DRAFT:
        sentences.append(_("还没有经过部门会商，请先转为“部门会商”。"))
    if result.material.to_json() != result.problem:
        sentences.append(
            _("采用这个结果以后，需求、资金、规矩或台账又有变化。请重新测算，再采用新的结果。")
        )
    agreed = {line for one in result.departures.values() for line in one.overruled_lines()}
    broken = [fault for fault in faults(result) if fault.hard or fault.words not in agreed]
    return sentences + [_("方案不合规矩：%s。") % fault.words for fault in broken]


def decide(found: Round, user: object, version: int | None, meeting: Meeting) -> None:
    """会议审定: the plan as it stands becomes the decision of a meeting.

    Errors: `ValidationError` with every sentence that stands in the way.
    """
    with transaction.atomic():
        current = locked(found, user, version)
        current.check_edit()
        result = final(current)
        if result is None:
            raise ValidationError(_("还没有采用任何算法的结果。请先测算、采用一个结果。"))
        sentences = standing_in_the_way(result)
        if sentences:
            raise ValidationError(sentences)
        current.meeting, current.stage, current.deciding = meeting, Stage.DECIDED, True
        keep(current, _("%s审定") % meeting.name)


def reopen(found: Round, user: object, version: int | None, reason: str) -> None:
    """Take the decision back while nothing was issued upon it."""
    with transaction.atomic():
        current = locked(found, user, version)
        if current.stage != Stage.DECIDED:
            raise ValidationError(_("只有“会议审定”以后、“下达”以前的方案可以撤回审定。"))
        if not reason.strip():
            raise ValidationError(_("请写明为什么撤回审定。"))
        current.meeting, current.stage = None, Stage.ADJUSTED
        keep(current, _("撤回审定：%s") % reason.strip())
