"""Payments balance to the fen, or the channels that fall short are named."""

from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.allocation.problems import channel, drawn, need, problem

from laoqu_engines.allocation import Problem
from laoqu_engines.allocation.payments import Shortage, pay


def amounts_of(found: Problem, chosen: list[bool]) -> dict[str, int]:
    return {n.id: n.cost_fen for n, yes in zip(found.needs, chosen, strict=False) if yes}


def can_be_paid(found: Problem, amounts: dict[str, int]) -> bool:
    """Hall's condition over every set of channels, written apart from the flow."""
    sets = product((False, True), repeat=len(found.channels))
    return all(_covers(found, amounts, chosen) for chosen in sets)


def _covers(found: Problem, amounts: dict[str, int], chosen: tuple[bool, ...]) -> bool:
    inside = [c for c, yes in zip(found.channels, chosen, strict=True) if yes]
    outside = [c for c in found.channels if c not in inside]
    must = 0
    for n in found.needs:
        fen = amounts.get(n.id, 0)
        elsewhere = sum(c.most_fen(fen) for c in outside if c.may_pay(n))
        within = sum(c.most_fen(fen) for c in inside if c.may_pay(n))
        if elsewhere + within < fen:
            return False
        must += max(0, fen - elsewhere)
    return must <= sum(c.payable_fen for c in inside)


@settings(max_examples=150, deadline=None)
@given(drawn(limits=False), st.lists(st.booleans(), min_size=6, max_size=6))
def test_needs_are_paid_exactly_or_provably_cannot_be(found: Problem, chosen: list[bool]) -> None:
    amounts = amounts_of(found, chosen)
    paid = pay(found, amounts)
    assert isinstance(paid, Shortage) != can_be_paid(found, amounts)
    if isinstance(paid, Shortage):
        return
    by_need, by_channel = Counter[str](), Counter[str]()
    for payment in paid:
        by_need[payment.need] += payment.amount_fen
        by_channel[payment.channel] += payment.amount_fen
    assert dict(by_need) == amounts
    assert all(by_channel[c.id] <= c.payable_fen for c in found.channels)


def test_narrow_money_goes_first() -> None:
    found = problem(
        [need(), need("n2", category="水利")],
        [channel(budget=150), channel("c2", 100, categories=["道路"])],
    )
    paid = pay(found, {"n1": 100, "n2": 100})
    assert not isinstance(paid, Shortage)
    assert [(p.need, p.channel) for p in paid] == [("n1", "c2"), ("n2", "c1")]


def test_payments_already_made_are_moved_when_a_later_need_asks_for_it() -> None:
    rows = [
        need("a", 10, village="x"),
        need("b", 10, village="y"),
        need("c", 10, village="z"),
    ]
    money = [
        channel("p", 10, places=["x", "y"]),
        channel("q", 10, places=["y", "z"]),
        channel("r", 10, places=["x", "z"]),
    ]
    assert not isinstance(pay(problem(rows, money), {"a": 10, "b": 10, "c": 10}), Shortage)


def test_the_channels_that_fall_short_are_named() -> None:
    found = problem([need()], [channel(budget=60), channel("c2", 999, categories=["水利"])])
    assert pay(found, {"n1": 100}) == Shortage(frozenset({"c1"}))
