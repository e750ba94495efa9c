"""Alternatives keep every rule, are nearly as good, and differ."""

from hypothesis import given, settings
from tests.engines.allocation import brute
from tests.engines.allocation.problems import channel, drawn, need, problem

from laoqu_engines.allocation import Problem, alternatives, explain, solve, violations


@settings(max_examples=25, deadline=None)
@given(drawn(most_needs=5))
def test_alternatives_keep_every_rule_and_lose_little(found: Problem) -> None:
    plan = solve(found, gap=0, reasons="none")
    others = alternatives(found, plan, within=0.1)
    funded = [frozenset(other.paid()) for other in (plan, *others)]
    assert len(set(funded)) == len(funded)
    for other in others:
        assert violations(found, other) == []
        pairs = zip(brute.worth(found, other.paid()), brute.worth(found, plan.paid()), strict=True)
        assert all(now >= then * 9 / 10 for now, then in pairs)


def test_the_first_alternative_differs_most() -> None:
    rows = [need(f"n{i}", 10, 100 + i) for i in range(4)]
    money = [channel(budget=20)]
    plan = solve(problem(rows, money))
    assert set(plan.paid()) == {"n2", "n3"}
    other = alternatives(problem(rows, money), plan, count=1, within=0.03)[0]
    assert set(other.paid()) == {"n0", "n1"}
    assert other.notes == ("与最优方案相比，多做n0、n1；不做n2、n3。",)
    assert alternatives(problem(rows, money), plan, within=0) == ()


def test_one_need_is_explained_exactly_where_there_are_many() -> None:
    rows = [need(f"n{i}", 100, 1 + i / 1000) for i in range(320)]
    found = problem(rows, [channel(budget=1050)])
    reason = explain(found, solve(found), "n7")
    assert not reason.estimate
    assert reason.change is not None
    assert reason.change.add_fen == 50
    assert reason.loss is not None
    assert float(reason.loss) == 0.303
