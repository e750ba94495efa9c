"""How evenly the money reaches the villages, by hand and against the definition."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.allocation.problems import channel, need

from laoqu_engines.allocation import Problem
from laoqu_engines.allocation.fairness import fairness, gini

HOLDINGS = st.lists(st.tuples(st.fractions(0, 20), st.integers(1, 4)), min_size=1, max_size=6)


def county() -> Problem:
    villages = [
        {"id": "v1", "people": 100, "earlier_fen": 1000},
        {"id": "v2", "people": 300},
        {"id": "v3", "people": 100, "earlier_fen": 500},
        {"id": "v4"},
    ]
    needs = [need(), need("n2", village="v2"), need("n3", village="v4")]
    return Problem.from_json({"needs": needs, "channels": [channel()], "villages": villages})


def test_before_now_and_after_are_told_apart() -> None:
    found = fairness(county(), {"n2": 100})
    assert found.before is not None
    assert (found.before.coverage, found.plan.coverage, found.after.coverage) == (0.5, 0.25, 0.75)
    assert found.never_served == ("v4",)
    assert (found.plan.least_by_village, found.plan.most_by_village) == (0, 100)
    assert (found.after.least_by_head, found.after.most_by_head) == (pytest.approx(1 / 3), 10)
    # 300 of 500 heads hold everything alike, 200 nothing; the village without people has no heads
    assert found.plan.gini_by_head == pytest.approx(0.4)
    assert found.plan.gini_by_village == pytest.approx(0.75)


def test_without_a_list_people_come_from_the_needs_and_nothing_is_known_of_before() -> None:
    needs = [need(people=20), need("n2", people=30), need("n3", village="v2", people=50)]
    problem = Problem.from_json({"needs": needs, "channels": [channel()]})
    assert problem.people_by_village() == {"v1": 30, "v2": 50}
    assert fairness(problem, {"n1": 60, "n3": 100}).before is None
    assert fairness(problem, {"n1": 60, "n3": 100}).plan.gini_by_head == 0


@given(HOLDINGS)
def test_gini_is_the_mean_difference_over_twice_the_mean(
    shares: list[tuple[Fraction, int]],
) -> None:
    everyone = [value for value, count in shares for _ in range(count)]
    pairs = sum(abs(one - other) for one in everyone for other in everyone)
    total = sum(everyone)
    assert gini(shares) == (pairs / (2 * len(everyone) * total) if total else 0)
