"""The least satisfied village first: leximin against every plan of small problems."""

import json
import random
from fractions import Fraction
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engines.allocation.brute import every, keeps
from tests.engines.allocation.problems import channel, drawn, need, problem

from laoqu_engines.allocation import Problem, violations
from laoqu_engines.allocation.claims import heads
from laoqu_engines.allocation.max_min import solve
from laoqu_engines.allocation.model import tier_benefit, tiers


def worth(found: Problem, amounts: dict[str, int]) -> tuple[list[Fraction], list[Fraction]]:
    """What two plans are compared by: tiers before the total, then satisfactions upwards."""
    people = heads(found)
    satisfied = dict.fromkeys(people, Fraction(0))
    for n in found.needs:
        satisfied[n.village] += n.benefit_of(amounts.get(n.id, 0)) / people[n.village]
    before = [tier_benefit(found, tier, amounts) for tier in tiers(found)[:-1]]
    return before, sorted(satisfied.values())


@settings(max_examples=60, deadline=None)
@given(drawn(most_needs=6))
def test_the_plan_is_the_fairest_of_all(found: Problem) -> None:
    assume(not any(n.divisible for n in found.needs))
    plan = solve(found, 0.0, "none")
    plans = [worth(found, amounts) for amounts in every(found) if keeps(found, amounts)]
    assert violations(found, plan) == []
    assert plan.status == ("optimal" if plans else "infeasible")
    if plans:
        assert worth(found, plan.paid()) == max(plans)


@settings(max_examples=40, deadline=None)
@given(drawn(most_needs=6))
def test_every_plan_keeps_every_rule_to_the_fen(found: Problem) -> None:
    assert violations(found, solve(found, 0.0, "none")) == []


@settings(max_examples=25, deadline=None)
@given(drawn(most_needs=6), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_makes_no_difference(found: Problem, luck: random.Random) -> None:
    needs, channels = list(found.needs), list(found.channels)
    luck.shuffle(needs)
    luck.shuffle(channels)
    other = Problem.checked(needs, channels, found.limits)
    assert solve(other, 0.0, "none").paid() == solve(found, 0.0, "none").paid()


def test_which_of_two_alike_villages_stays_behind_is_left_open_for_the_third() -> None:
    # Only one of v1 and v2 can be served; serving v1 leaves enough for the best need of v3.
    needs = [
        need("n1", 50, benefit=1, village="v1"),
        need("n2", 60, benefit=1, village="v2"),
        need("n3", 50, benefit=3, village="v3"),
        need("n4", 40, benefit=2, village="v3"),
    ]
    plan = solve(problem(needs, [channel(budget=100)]), 0.0, "none")
    assert set(plan.paid()) == {"n1", "n3"}


def test_of_plans_as_fair_the_one_that_takes_least_money_is_chosen() -> None:
    needs = [need("dear", 80, benefit=5, group="g"), need("cheap", 30, benefit=5, group="g")]
    assert solve(problem(needs, [channel(budget=100)]), 0.0, "none").paid() == {"cheap": 30}


def test_divisible_needs_are_evened_out() -> None:
    needs: list[Any] = [
        need(f"n{v}", 1000, benefit=10, village=f"v{v}", divisible=True, people=100)
        for v in range(4)
    ]
    plan = solve(problem(needs, [channel(budget=1000)]), 0.0, "none")
    assert plan.paid() == {f"n{v}": 250 for v in range(4)}


def test_the_same_input_gives_the_same_bytes() -> None:
    needs = [need(f"n{k}", 10 + k, benefit=7 + k % 3, village=f"v{k % 5}") for k in range(15)]
    found = problem(needs, [channel(budget=120), channel("c2", 40)])
    assert len({json.dumps(solve(found, 0.0, "none").to_json()) for _ in range(2)}) == 1
