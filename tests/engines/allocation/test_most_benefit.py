"""The plan of most benefit is the best there is, and keeps every rule to the fen."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.allocation import brute
from tests.engines.allocation.problems import channel, drawn, need, problem

from laoqu_engines.allocation import Problem, solve, violations


@settings(max_examples=60, deadline=None)
@given(drawn(most_needs=5))
def test_the_optimum_equals_brute_force(found: Problem) -> None:
    plan, best = solve(found, gap=0, reasons="none"), brute.best(found)
    assert violations(found, plan) == []
    if best is None:
        assert (plan.status, plan.payments) == ("infeasible", ())
        return
    assert plan.status == "optimal"
    assert brute.worth(found, plan.paid()) == best
    assert plan.bound == plan.benefit == best[-1]
    assert plan.gap == 0


@settings(max_examples=40, deadline=None)
@given(drawn(), st.integers(0, 2), st.integers(1, 10))
def test_more_budget_never_lowers_the_optimum(found: Problem, which: int, fen: int) -> None:
    rich = list(found.channels)
    spot = which % len(rich)
    rich[spot] = replace(rich[spot], budget_fen=rich[spot].budget_fen + fen)
    before = solve(found, gap=0, reasons="none")
    after = solve(replace(found, channels=tuple(rich)), gap=0, reasons="none")
    if before.status == "optimal":
        assert brute.worth(found, after.paid()) >= brute.worth(found, before.paid())


@settings(max_examples=20, deadline=None)
@given(drawn())
def test_the_same_problem_gives_the_same_bytes(found: Problem) -> None:
    first, second = (json.dumps(solve(found).to_json()) for _ in range(2))
    assert first == second


def test_continuing_needs_come_first_then_villages_long_unserved() -> None:
    rows = [
        need("new", 60, 90),
        need("old", 60, 5, continuing=True),
        need("waiting", 40, 3, years_unserved=3),
        need("rich", 40, 50),
    ]
    limits = [{"kind": "unserved_first", "years": 3}]
    plan = solve(problem(rows, [channel(budget=100)], *limits))
    assert set(plan.paid()) == {"old", "waiting"}
    assert set(solve(problem(rows, [channel(budget=100)])).paid()) == {"old", "rich"}


def test_of_needs_alike_the_earlier_in_the_list_is_funded() -> None:
    rows = [need("b"), need("a"), need("c")]
    assert set(solve(problem(rows, [channel(budget=200)])).paid()) == {"b", "a"}


def test_of_plans_of_equal_benefit_the_one_that_takes_less_money_is_chosen() -> None:
    rows = [need("dear", 90, 10, group="g"), need("cheap", 50, 10, group="g")]
    assert solve(problem(rows, [channel(budget=100)])).paid() == {"cheap": 50}


def test_a_sum_that_lacks_one_fen_in_ten_billion_yuan_is_not_paid() -> None:
    cost = 10**12 + 7
    rows = [need(f"n{i}", cost, 1) for i in range(3)]
    assert len(solve(problem(rows, [channel(budget=3 * cost)])).paid()) == 3
    assert len(solve(problem(rows, [channel(budget=3 * cost - 1)])).paid()) == 2
    cap = {"kind": "cap", "scope": {"village": "v1"}, "amount_fen": 2 * cost - 1}
    assert len(solve(problem(rows, [channel(budget=3 * cost)], cap)).paid()) == 1
    floor = {"kind": "floor", "amount_fen": 2 * cost + 1}
    assert (
        len(
            solve(
                problem([*rows[:2], need("n3", cost, 0)], [channel(budget=3 * cost)], floor)
            ).paid()
        )
        == 3
    )


def test_large_divisible_sums_fill_money_and_caps_to_the_fen() -> None:
    rows = [
        need("a", 7 * 10**10 + 1, 90, divisible=True, min_stage_fen=10**10 + 3),
        need("b", 6 * 10**10 + 5, 50, village="v2", divisible=True),
        need("c", 5 * 10**10 + 9, 60, village="v3"),
    ]
    money = [channel(budget=10**11 + 33, fee_share=0.03), channel("c2", 10**9 + 1, match_share=0.3)]
    cap = {"kind": "cap", "scope": {"village": "v1"}, "amount_fen": 4 * 10**10 + 11}
    plan = solve(problem(rows, money, cap), gap=0)
    assert plan.status == "optimal"
    assert plan.paid()["a"] == cap["amount_fen"]
    assert plan.channels[0].left_fen < 2


def test_no_needs_or_no_channels_give_an_empty_plan() -> None:
    assert solve(problem([], [])).status == "optimal"
    plan = solve(problem([need()], []))
    assert (plan.status, plan.benefit) == ("optimal", 0)
