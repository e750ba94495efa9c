"""Equal shares: the published method on one budget, and what it promises under earmarks."""

import json
import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.allocation.problems import channel, drawn, need, problem

from laoqu_engines.allocation import Problem, violations
from laoqu_engines.allocation.equal_shares import share_out, solve


def published(found: Problem) -> set[str]:
    """The method as it is defined, for one unmarked channel: plain fractions, nothing clever."""
    weights: dict[str, Fraction] = {}
    for n in found.needs:
        for s in n.supporters or ():
            weights[s.id] = max(weights.get(s.id, Fraction(0)), s.weight)
    money = found.channels[0].budget_fen
    purses = {i: money * w / (sum(weights.values()) or 1) for i, w in weights.items()}
    chosen: set[str] = set()
    while True:
        rates = {n.id: _rate(n, purses) for n in found.needs if n.id not in chosen}
        payable = [(rate, id_) for id_, rate in rates.items() if rate is not None]
        if not payable:
            return chosen
        rate, id_ = min(payable)
        chosen.add(id_)
        for s in next(n for n in found.needs if n.id == id_).supporters or ():
            purses[s.id] -= min(purses[s.id], rate * s.weight * s.utility)


def _rate(n: Any, purses: dict[str, Fraction]) -> Fraction | None:
    """The ρ with Σ min(purse, ρ · utility) = cost: one of the breaks of this sum."""
    wants = [(purses[s.id], s.weight * s.utility) for s in n.supporters if s.weight * s.utility]
    if sum(purse for purse, _ in wants) < n.cost_fen:
        return None
    for reached in sorted(purse / utility for purse, utility in wants):
        if sum(min(purse, reached * utility) for purse, utility in wants) >= n.cost_fen:
            spent = sum(purse for purse, utility in wants if purse / utility < reached)
            rest = sum(utility for purse, utility in wants if purse / utility >= reached)
            return (n.cost_fen - spent) / Fraction(rest)
    raise AssertionError


@st.composite
def elections(draw: st.DrawFn) -> Problem:
    """One budget, a few needs with supporters; small numbers, so that ties are frequent."""
    voters = [f"w{place}" for place in range(draw(st.integers(1, 6)))]
    weights = {voter: draw(st.sampled_from((1, 1, 1, 2, 0.5))) for voter in voters}
    needs = []
    for place in range(draw(st.integers(1, 7))):
        chosen = draw(st.lists(st.sampled_from(voters), unique=True))
        utility = st.sampled_from((1, 1, 1, 2, 3, 0.25, 0))
        rows = [{"id": v, "weight": weights[v], "utility": draw(utility)} for v in chosen]
        needs.append(need(f"n{place}", draw(st.integers(1, 12)), supporters=rows))
    return problem(needs, [channel(budget=draw(st.integers(0, 40)))])


@settings(max_examples=150, deadline=None)
@given(elections())
def test_on_one_budget_the_outcome_is_that_of_the_published_method(found: Problem) -> None:
    assert set(share_out(found, rest=False).amounts) == published(found)


@settings(max_examples=60, deadline=None)
@given(drawn(most_needs=8))
def test_every_plan_keeps_every_rule_to_the_fen(found: Problem) -> None:
    plan = solve(found, 0.0, "none")
    assert violations(found, plan) == []
    assert plan.bound is plan.gap is None
    assert all(outcome.price is None for outcome in plan.channels)


@settings(max_examples=60, deadline=None)
@given(drawn(most_needs=8), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_makes_no_difference(found: Problem, luck: random.Random) -> None:
    needs, channels = list(found.needs), list(found.channels)
    luck.shuffle(needs)
    luck.shuffle(channels)
    other = Problem.checked(needs, channels, found.limits)
    assert solve(other, 0.0, "none").paid() == solve(found, 0.0, "none").paid()


def test_the_same_input_gives_the_same_bytes() -> None:
    found = county()
    texts = {json.dumps(solve(found, 0.0, "none").to_json()) for _ in range(3)}
    assert len(texts) == 1


def county() -> Problem:
    """Two villages of equal size: the first wants roads only, the second roads and water."""
    needs = [
        need("road1", 50, people=100),
        need("road2", 40, benefit=20, village="v2", people=100),
        need("road3", 60, benefit=20, village="v2", people=100),
        need("water", 90, benefit=9, village="v2", category="水利", people=100),
    ]
    channels = [channel(budget=100, categories=["道路"]), channel("c2", 100, categories=["水利"])]
    return problem(needs, channels)


def test_a_village_keeps_its_share_of_the_only_money_that_may_pay_its_needs() -> None:
    # By benefit per yuan the second village would have all the money for roads.
    plan = solve(county(), 0.0, "none")
    assert plan.paid() == {"road1": 50, "road2": 40, "water": 90}


def test_the_most_special_money_is_spent_first() -> None:
    needs = [need("a", 50), need("b", 50, category="水利")]
    channels = [channel("c1", 50), channel("c2", 50, categories=["道路"])]
    assert share_out(problem(needs, channels), rest=False).amounts == {"a": 50, "b": 50}


def test_a_need_is_bought_together_with_what_it_requires() -> None:
    needs = [need("pave", 60, requires=["pipes"]), need("pipes", 40, benefit=0)]
    plan = solve(problem(needs, [channel(budget=100)]), 0.0, "none")
    assert plan.paid() == {"pave": 60, "pipes": 40}


def test_pipes_that_only_water_money_may_pay_are_not_bought_from_road_money() -> None:
    needs = [need("pave", 10, requires=["pipes"]), need("pipes", 40, benefit=0, category="水利")]
    channels = [channel(budget=100, categories=["道路"]), channel("c2", 30)]
    assert solve(problem(needs, channels), 0.0, "none").paid() == {}


def test_a_divisible_need_gets_the_stage_that_its_own_village_can_pay() -> None:
    needs = [
        need("canal", 90, divisible=True, min_stage_fen=30, people=100),
        need("road", 50, village="v2", people=100),
    ]
    found = share_out(problem(needs, [channel(budget=100)]), rest=False)
    assert found.amounts == {"canal": 50, "road": 50}
    assert [found.how[place] for place in (0, 1)] == ["stage", "shares"]


def test_money_that_no_village_can_spend_goes_by_benefit_per_yuan_and_the_plan_says_so() -> None:
    needs = [need("a", 60, benefit=30), need("b", 60, benefit=40, village="v2")]
    found = problem(needs, [channel(budget=100)])
    assert share_out(found, rest=False).amounts == {}
    plan = solve(found, 0.0, "none")
    assert plan.paid() == {"b": 60}
    assert "按每元效益从高到低" in plan.notes[0]
    assert "份额还有0.5元，不够造价0.6元" in plan.needs[0].reason.text


def test_continuing_needs_then_long_unserved_villages_come_first() -> None:
    needs = [
        need("new", 100, benefit=99),
        need("unserved", 100, benefit=5, years_unserved=3),
        need("continuing", 100, benefit=1, continuing=True),
    ]
    limit = {"kind": "unserved_first", "years": 3}
    for budget, funded in ((100, {"continuing"}), (200, {"continuing", "unserved"})):
        plan = solve(problem(needs, [channel(budget=budget)], limit), 0.0, "none")
        assert set(plan.paid()) == funded


@pytest.mark.parametrize(
    ("limit", "funded"),
    [
        ({"kind": "floor", "scope": {"village": "v2"}, "amount_fen": 30}, {"b"}),
        ({"kind": "share", "scope": {"category": "产业"}, "at_least": 0.6}, {"b", "c"}),
        ({"kind": "serve", "scope": {"village": "v3"}, "at_least": 1}, {"c"}),
    ],
)
def test_floors_shares_and_numbers_are_worked_towards(limit: Any, funded: set[str]) -> None:
    needs = [
        need("a", 100, benefit=90, people=900),
        need("b", 70, benefit=5, village="v2", category="产业", people=10),
        need("c", 30, benefit=1, village="v3", people=10),
    ]
    assert set(solve(problem(needs, [channel(budget=100)]), 0.0, "none").paid()) == {"a"}
    assert funded <= set(solve(problem(needs, [channel(budget=100)], limit), 0.0, "none").paid())


def test_a_limit_that_only_this_rule_misses_is_named() -> None:
    # The floor asks for both dear needs; the rule buys the cheap one first and cannot go back.
    needs = [need("cheap", 30, benefit=90), need("dear", 80, benefit=5)]
    limit = {"kind": "floor", "scope": {"village": "v1"}, "amount_fen": 80}
    plan = solve(problem(needs, [channel(budget=100)], limit), 0.0, "none")
    assert plan.status == "infeasible"
    assert plan.conflict == ("v1至少安排0.8元，按等额份额的办法做不到",)


def test_ties_go_by_id_or_by_the_rule_given() -> None:
    found = problem([need("a", 60), need("b", 60)], [channel(budget=60)])
    assert share_out(found, rest=False).amounts == {"a": 60}
    assert share_out(found, tie=lambda n: -ord(n.id), rest=False).amounts == {"b": 60}


def test_a_village_whose_people_are_not_known_counts_as_the_average() -> None:
    needs = [need("a", 60, people=30), need("b", 40, village="v2", people=20), need("c", 50,
             village="v3")]  # fmt: skip
    found = share_out(problem(needs, [channel(budget=150)]), rest=False)
    assert found.amounts == {"a": 60, "b": 40, "c": 50}


def test_huge_weights_and_fine_utilities_stay_exact() -> None:
    rows = [{"id": "x", "weight": 10**12, "utility": 0.001}, {"id": "y", "weight": 1}]
    needs = [need("n1", 10**15, supporters=rows), need("n2", 1, supporters=rows[1:])]
    found = problem(needs, [channel(budget=10**15)])
    assert set(share_out(found, rest=False).amounts) == published(found)
