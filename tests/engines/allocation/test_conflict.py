"""An infeasible problem names conditions that clash, from which none can be left out."""

from typing import Any

import pytest
from hypothesis import given, settings
from tests.engines.allocation.problems import channel, drawn, need, problem

from laoqu_engines.allocation import Problem, solve
from laoqu_engines.allocation.conflict import clashing, is_feasible, under


@settings(max_examples=60, deadline=None)
@given(drawn(most_needs=4))
def test_no_condition_named_can_be_left_out(found: Problem) -> None:
    if is_feasible(found):
        return
    named = clashing(found)
    assert not is_feasible(under(found, named))
    for one in named:
        assert is_feasible(under(found, [other for other in named if other is not one]))


@pytest.mark.parametrize(
    ("needs", "channels", "limits", "conflict"),
    [
        (
            [need(pinned="in", group="g"), need("n2", pinned="in", group="g")],
            [channel()],
            [],
            {"n1定了要做（造价1元）", "n2定了要做（造价1元）", "n1、n2只能做一项"},
        ),
        (
            [need(pinned="in", requires=["n2"]), need("n2", pinned="out")],
            [channel()],
            [],
            {"n1定了要做（造价1元）", "n2定了不做", "做n1要先有n2"},
        ),
        (
            [need(pinned="in")],
            [channel(categories=["水利"])],
            [],
            {"n1定了要做（造价1元）", "c1只用于水利"},
        ),
        (
            [need(pinned="in", cost=5000)],
            [channel(), channel("c2", 2000, fee_share=0.03)],
            [],
            {"n1定了要做（造价50元）", "c1只有10元", "c2只有20元，另提管理费3%"},
        ),
        (
            [need()],
            [channel()],
            [{"kind": "floor", "scope": {"township": "t1"}, "amount_fen": 101}],
            {"t1至少安排1.01元"},
        ),
        (
            [need(), need("n2", village="v2")],
            [channel()],
            [{"kind": "serve", "scope": {"village": "v9"}, "at_least": 1}],
            {"v9至少安排1项（清单里没有这样的需求）"},
        ),
        (
            [need(pinned="in")],
            [channel(match_share=0.2)],
            [],
            {"n1定了要做（造价1元）", "c1付款的需求至少20%要由别的资金配套"},
        ),
    ],
)
def test_the_clash_is_named(needs: Any, channels: Any, limits: Any, conflict: set[str]) -> None:
    plan = solve(problem(needs, channels, *limits))
    assert plan.status == "infeasible"
    assert plan.payments == ()
    assert set(plan.conflict) == conflict
