"""Reasons are true: the least extra money, and the exact loss, both checked by trying all plans."""

from dataclasses import replace

from hypothesis import given, settings
from tests.engines.allocation import brute
from tests.engines.allocation.problems import channel, drawn, need, problem

from laoqu_engines.allocation import Channel, Need, Plan, Problem, solve
from laoqu_engines.allocation.plan import Reason


@settings(max_examples=40, deadline=None)
@given(drawn(most_needs=4))
def test_reasons_are_true(found: Problem) -> None:
    plan = solve(found, gap=0)
    if plan.status == "infeasible":
        return
    sums = list(brute.every(found))
    for wanted, outcome in zip(found.needs, plan.needs, strict=True):
        if outcome.reason.kind in ("funded", "pinned_out", "earmark"):
            assert (outcome.reason.kind == "funded") == bool(outcome.paid_fen)
            continue
        with_it = [amounts for amounts in sums if wanted.id in amounts]
        values = [brute.worth(found, amounts)
                  for amounts in with_it if brute.keeps(found, amounts)]  # fmt: skip
        loss = plan.benefit - max(values)[-1] if values else None
        assert outcome.reason.loss == loss
        unharmed = [amounts for amounts in with_it if costs_nobody(found, plan, wanted, amounts)]
        assert_least(found, wanted, outcome.reason, unharmed)


def costs_nobody(found: Problem, plan: Plan, wanted: Need, amounts: brute.Amounts) -> bool:
    """Whether the other needs have no less benefit than in the plan, tier by tier."""
    others = {name: fen for name, fen in amounts.items() if name != wanted.id}
    before = brute.worth(found, plan.paid())
    return all(now >= then for now, then in zip(brute.worth(found, others), before, strict=True))


def assert_least(
    found: Problem, wanted: Need, reason: Reason, unharmed: list[brute.Amounts]
) -> None:
    def works(money: Channel, fen: int) -> bool:
        more = replace(money, budget_fen=money.budget_fen + fen)
        rich = tuple(more if c.id == money.id else c for c in found.channels)
        return any(brute.keeps(replace(found, channels=rich), amounts) for amounts in unharmed)

    able = [c for c in found.channels if c.may_pay(wanted)]
    if reason.change is None:
        assert not any(works(money, 1000) for money in able)
        return
    (money,) = (c for c in able if c.id == reason.change.channel)
    assert works(money, reason.change.add_fen)
    assert not reason.change.add_fen or not works(money, reason.change.add_fen - 1)


def test_a_funded_need_says_who_pays_how_much_and_why() -> None:
    money = [channel(budget=60, categories=["道路"], funder="交通局"), channel("c2", 99)]
    reason = solve(problem([need(pinned="in")], money)).needs[0].reason
    assert reason.text == (
        "会议定了要做。由交通局（c1）付0.6元（专用于道路），c2付0.4元（不限用途）。"
    )


def test_names_given_in_the_problem_are_used_in_the_sentences() -> None:
    rows = [need(), need("n2", group="g"), need("n3", benefit=1, group="g")]
    data = {"needs": rows, "channels": [channel()], "names": {"n2": "高市村道路", "c1": "交通局"}}
    plan = solve(Problem.from_json(data))
    assert "与高市村道路只能做一项" in plan.needs[2].reason.text
    assert "由交通局付" in plan.needs[0].reason.text


def test_what_stands_in_the_way_is_named() -> None:
    rows = [
        need("nobody", category="养老"),
        need("out", pinned="out"),
        need("after", requires=["out"]),
        need("capped", village="v2"),
        need("poor", 700, 1),
        need("fine", 600, 60),
    ]
    cap = {"kind": "cap", "scope": {"village": "v2"}, "amount_fen": 99}
    plan = solve(problem(rows, [channel(categories=["道路"])], cap))
    kinds = {outcome.id: outcome.reason.kind for outcome in plan.needs}
    assert kinds == {
        "nobody": "earmark", "out": "pinned_out", "after": "requires",
        "capped": "cap", "poor": "budget", "fine": "funded",
    }  # fmt: skip
    texts = {outcome.id: outcome.reason.text for outcome in plan.needs}
    assert "c1只用于道路" in texts["nobody"]
    assert "要先有out" in texts["after"]
    assert "v2最多安排0.99元" in texts["capped"]
    assert "c1再增加3元就能做" in texts["poor"]
    assert "不加钱硬要做，就要放下fine，总效益少59" in texts["poor"]


def test_with_many_needs_left_out_figures_are_marked_as_estimates() -> None:
    rows = [need(f"n{i}", 100, 1 + i / 1000) for i in range(320)]
    plan = solve(problem(rows, [channel(budget=1000)]))
    left_out = [outcome.reason for outcome in plan.needs if not outcome.paid_fen]
    assert len(left_out) == 310
    assert all(reason.estimate for reason in left_out)
    assert not any(outcome.reason.estimate for outcome in plan.needs if outcome.paid_fen)
