"""测算比较: the rules side by side, one plan in full, one need with its reason, and pins."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from laoqu.coordination.overlaps.checking import open_for
from laoqu.coordination.rounds import choosing, deciding, solving
from laoqu.coordination.rounds.forms import TermsForm
from laoqu.coordination.rounds.models import RULE_HELP, Pin, Progress, Round, Rule, Solution
from laoqu.coordination.rounds.problem import Material, cost
from laoqu.coordination.rounds.reasons import exact_reason
from laoqu.coordination.rounds.results import Result, before, differences, latest
from laoqu.coordination.rounds.views.common import (
    back,
    carry_out,
    number_in,
    own_round,
    own_solution,
    show,
    version_in,
)
from laoqu.register.asked import whole_number

SOLVING = (Progress.WAITING, Progress.SOLVING)


@require_POST
@login_required
def solve(request: HttpRequest, pk: int) -> HttpResponse:
    """测算: all rules, or the one asked for again; the page waits a moment and then shows how far
    it has come."""
    found = own_round(request, pk)
    rule = request.POST.get("rule", "")
    rules = [Rule(rule)] if rule in Rule.values else list(Rule)
    asked: list[Solution] = []
    if not carry_out(
        request, lambda: asked.extend(solving.ask(found, request.user, rules)), _("已测算。")
    ):
        return back("round_compare", found)
    solving.start(asked)
    return redirect("round_plan", pk, asked[0].pk) if rule else back("round_compare", found)


@login_required
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """三种算法比较: numbers, bars, and who gains and loses between two of them."""
    found = own_round(request, pk)
    solving.resume(found)
    known = latest(found)
    material = Material(found)
    results = [
        {"rule": rule, "help": RULE_HELP[rule], "solution": one, "result": Result(material, one)}
        for rule, one in known.items()
    ]
    done = [one for one in results if one["solution"].progress == Progress.DONE]
    context = {
        "results": results,
        "solving": [one for one in results if one["solution"].progress in SOLVING],
        "done": len(done),
        "ready": bool(material.needs and material.channels),
        "material": material,
        "stale": any(one.problem != material.to_json() for one in known.values())
        if known
        else False,
        "measures": _measures(done),
        **_two(request, done),
    }
    return show(request, "compare", found, context)


def _two(request: HttpRequest, done: list[dict[str, Any]]) -> dict[str, Any]:
    """Two of the plans beside each other: `?a=RULE&b=RULE`."""
    feasible = {one["rule"]: one["result"] for one in done if one["result"].feasible}
    if len(feasible) < 2:
        return {}
    names = list(feasible)
    first = request.GET.get("a", "")
    second = request.GET.get("b", "")
    one = Rule(first) if first in feasible else names[0]
    others = [name for name in names if name != one]
    other = Rule(second) if second in others else others[0]
    return {
        "choices": [(rule.value, rule.label) for rule in names],
        "a": one,
        "b": other,
        "differences": differences(feasible[one], feasible[other]),
    }


def _measures(done: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The numbers by which plans are compared, each with bars in proportion to the largest."""
    rows: list[tuple[str, list[tuple[float, str]]]] = [
        (_("办成需求（条）"), [(len(r.funded), str(len(r.funded))) for r in _of(done)]),
        (_("惠及的村（个）"), [(r.served, str(r.served)) for r in _of(done)]),
        (_("总得分"), [(r.benefit, f"{r.benefit:.1f}") for r in _of(done)]),
        (_("安排资金"), [(r.paid_fen, r.money_words()) for r in _of(done)]),
        (
            _("村与村的不均程度（基尼系数，越小越均）"),
            [(r.gini, f"{r.gini:.2f}") for r in _of(done)],
        ),
        (
            _("以前和这次都没有的村（个）"),
            [(len(r.never_served), str(len(r.never_served))) for r in _of(done)],
        ),
    ]
    made = []
    for label, values in rows:
        most = max((value for value, _words in values), default=0)
        made.append(
            {
                "label": label,
                "cells": [
                    {
                        "rule": one["rule"],
                        "words": words,
                        "percent": round(value * 100 / most) if most else 0,
                    }
                    for one, (value, words) in zip(done, values, strict=True)
                ],
            }
        )
    return made


def _of(done: list[dict[str, Any]]) -> list[Result]:
    return [one["result"] for one in done]


@login_required
def plan(request: HttpRequest, pk: int, solution: int) -> HttpResponse:
    """One plan in full, with what changed against the last one of its rule, and the pins."""
    found = own_round(request, pk)
    solving.resume(found)
    one = own_solution(found, solution)
    material = Material(found)
    result = Result(material, one)
    last = before(one)
    context = {
        "solution": one,
        "result": result,
        "waits": one.progress in SOLVING,
        "last": last,
        "changed": differences(Result(material, last), result)
        if last and one.progress == Progress.DONE and result.feasible
        else [],
        "stale": one.problem != material.to_json(),
        "pins": Pin,
        "alternatives": _alternatives(result),
    }
    return show(request, "plan", found, context)


def _alternatives(result: Result) -> list[dict[str, Any]]:
    """Other plans within 2 % of the best, and where they differ from this one."""
    found = []
    for number, other in enumerate(result.plan.get("alternatives", []), 1):
        stand_in = Solution(round=result.solution.round, problem=result.problem, plan=other)
        shown = Result(result.material, stand_in)
        found.append({"number": number, "result": shown, "differences": differences(result, shown)})
    return found


@require_POST
@login_required
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """一定要办、这次不办、由算法定: one tap."""
    found = own_round(request, pk)
    need, _colon, choice = request.POST.get("pin", "").partition(":")
    key = whole_number(need) or 0

    def change() -> None:
        version = version_in(request)
        with choosing.changing(found, request.user, version, _("定一条需求")) as current:
            choosing.pin(current, key, choice)

    carry_out(
        request, change, _("已定：%s。点“再算一次”看结果。") % dict(Pin.choices).get(choice, "")
    )
    response = redirect("round_plan", pk, number_in(request, "solution"))
    response["Location"] += f"#need{key}"
    return response


@require_POST
@login_required
def present(request: HttpRequest, pk: int, solution: int) -> HttpResponse:
    """就用这个方案: the answer that is consulted on and decided."""
    found = own_round(request, pk)
    one = own_solution(found, solution)
    done = carry_out(
        request,
        lambda: deciding.present(found, request.user, version_in(request), one),
        _("已采用这个结果。下一步请部门会商，再由会议审定。"),
    )
    return back("round_opinions", found) if done else redirect("round_plan", pk, solution)


@login_required
def need(request: HttpRequest, pk: int, need: int) -> HttpResponse:
    """One need: how its score comes about, who may pay for it, and why it is funded or not."""
    found = own_round(request, pk)
    material = Material(found)
    chosen = next((one for one in material.chosen if one.need_id == need), None)
    if chosen is None:
        raise Http404
    form = TermsForm(request.POST or None, instance=chosen, cost_fen=cost(chosen.need))
    if request.method == "POST" and form.is_valid():

        def change() -> None:
            version = version_in(request)
            with choosing.changing(found, request.user, version, _("改怎样办")) as current:
                choosing.set_terms(current, need, form.cleaned_data)

        if carry_out(request, change):
            return redirect("round_need", pk, need)
    context = {
        "chosen": chosen,
        "form": form,
        "score": material.scores[chosen.need.code],
        "helped": [material.background.help[place.pk] for place in chosen.need.places.all()],
        "earmarks": [
            (channel.fund, material.earmarks[chosen.need.code, channel.fund.code])
            for channel in material.channels
        ],
        "answers": _answers(found, material, chosen.need.code),
        "overlaps": open_for(found.association, [chosen.need.code]),
    }
    return show(request, "need", found, context, 400 if form.errors else 200)


def _answers(found: Round, material: Material, code: str) -> list[dict[str, Any]]:
    """What each rule makes of one need, with the exact reason."""
    answers = []
    for rule, solution in latest(found).items():
        if solution.progress != Progress.DONE:
            continue
        result = Result(material, solution)
        row = next(row for row in result.needs if row.need.code == code)
        answers.append(
            {
                "rule": rule,
                "solution": solution,
                "row": row,
                "reason": exact_reason(result, code),
            }
        )
    return answers
