"""A faulty problem is refused in one sentence that names the thing and what to do."""

from fractions import Fraction
from typing import Any

import pytest
from tests.engines.allocation.problems import channel, need, problem

from laoqu_engines.allocation import Problem, ProblemError


@pytest.mark.parametrize(
    ("needs", "channels", "limits", "words"),
    [
        ([need(cost=0)], [], [], "“n1”的cost_fen是0"),
        ([need(cost=-5)], [], [], "“n1”的cost_fen是-5"),
        ([need(cost=1.5)], [], [], "“n1”的cost_fen不是整数"),
        ([need(cost=True)], [], [], "“n1”的cost_fen不是整数"),
        ([need(divisible=True, min_stage_fen=101)], [], [], "“n1”的最小一期"),
        ([need(requires=["n9"])], [], [], "“n1”的前提“n9”不在"),
        ([need(requires=["n2"]), need("n2", requires=["n1"])], [], [], "n1、n2互为前提"),
        ([need(requires=["n1"])], [], [], "n1互为前提"),
        ([need(), need()], [], [], "需求编号“n1”出现了两次"),
        ([need(village="")], [], [], "“n1”没有写“village”"),
        ([need(benefit=-1)], [], [], "“n1”的benefit应当是"),
        ([need(benefit=float("nan"))], [], [], "“n1”的benefit应当是"),
        ([need(pinned="maybe")], [], [], "“n1”的pinned不能是“maybe”"),
        ([need(colour="red")], [], [], "“n1”里有不认识的键“colour”"),
        ([need(supporters=[{"id": "a"}])], [], [], "没有写“weight”"),
        ([], [channel(), channel()], [], "资金渠道编号“c1”出现了两次"),
        ([], [channel(budget=1449.5)], [], "“c1”的budget_fen不是整数"),
        ([], [channel(budget="1449万元")], [], "“c1”的budget_fen不是整数"),
        ([], [channel(budget=10**16)], [], "“c1”的budget_fen超过"),
        ([], [channel(fee_share=1)], [], "“c1”的fee_share应当是"),
        ([], [channel(match_share=-0.1)], [], "“c1”的match_share应当是"),
        ([], [channel(categories="道路")], [], "“c1”的categories应当是一个列表"),
        ([], [], [{"kind": "limit"}], "第1条限制的kind不能是“limit”"),
        ([], [], [{}], "第1条限制没有kind"),
        ([], [], [{"kind": "cap"}], "第1条限制没有写“amount_fen”"),
        ([], [], [{"kind": "cap", "amount_fen": 1, "years": 2}], "不认识的键“years”"),
        ([], [], [{"kind": "share", "at_least": 1.2}], "第1条限制的at_least应当是"),
        ([], [], [{"kind": "serve", "at_least": 0}], "第1条限制的at_least应当是"),
        ([], [], [{"kind": "serve", "at_least": 1, "scope": {"county": "x"}}], "“county”"),
    ],
)
def test_a_fault_is_named(needs: Any, channels: Any, limits: Any, words: str) -> None:
    with pytest.raises(ProblemError) as error:
        problem(needs, channels, *limits)
    text = str(error.value)
    assert words in text
    assert text.endswith("。")
    assert text.count("。") == 1


@pytest.mark.parametrize("data", [None, [], {"needs": 3}, {"needs": []}, {"needs": [1]}])
def test_a_file_of_another_shape_is_refused(data: object) -> None:
    with pytest.raises(ProblemError, match=r"。$"):
        Problem.from_json(data)


def test_an_unknown_key_at_the_top_is_named() -> None:
    with pytest.raises(ProblemError, match="“budget”"):
        Problem.from_json({"needs": [], "channels": [], "budget": 1})


def test_a_long_chain_of_prerequisites_is_no_circle() -> None:
    chain = [need(f"n{i}", requires=[f"n{i - 1}"] if i else []) for i in range(3000)]
    assert len(problem(chain, [channel()]).needs) == 3000


def test_decimals_are_taken_as_they_were_written() -> None:
    found = problem([need(benefit=0.1)], [channel(fee_share=0.03, budget=103)])
    assert found.needs[0].benefit == Fraction(1, 10)
    assert found.channels[0].payable_fen == 100


def test_a_fee_is_rounded_up_against_the_budget() -> None:
    money = problem([], [channel(budget=10, fee_share=0.05)]).channels[0]
    assert money.payable_fen == 9
    assert money.fee_fen(9) == 1


def test_a_need_without_category_is_for_unmarked_money_only() -> None:
    found = problem(
        [need(category=None)],
        [channel(), channel("c2", categories=["道路"]), channel("c3", not_categories=["道路"])],
    )
    assert [c.id for c in found.channels if c.may_pay(found.needs[0])] == ["c1", "c3"]
