"""The flow of a fund balances to the fen, and no step hands on more than the one before."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import World

from laoqu.access.rules import rows
from laoqu.areas.funds.balance import Balance, total_of
from laoqu.areas.funds.models import Fund, FundFlow, FundPolicy, FundStep
from laoqu.areas.needs.models import Category
from laoqu.areas.projects.models import Project
from laoqu.register.figures import FIGURES
from laoqu.register.filters import filterset_for
from laoqu.register.forms import form_class
from laoqu.register.money import reverse_line
from laoqu.register.registry import Register
from laoqu.register.restoring import undo_rows, written
from laoqu.register.writing import write_rows


@pytest.fixture
def fund(world: World) -> Fund:
    return Fund.objects.create(
        association=world.yongji, year=2024, name="转移支付", level="central",
        quota=Decimal("1000000.01"), manager=world.finance,
    )  # fmt: skip


def form_of(world: World, fund: Fund, step: str, amount: str, **typed: str) -> Any:
    make = form_class(Register.registers["fund-flows"], world.mei, world.yongji)
    return make(
        {
            "year": "2024",
            "fund": fund.code,
            "step": step,
            "amount": amount,
            "visibility": "internal",
            **typed,
        }
    )


def enter(world: World, fund: Fund, step: str, amount: str, **typed: str) -> FundFlow:
    form = form_of(world, fund, step, amount, **typed)
    if not form.is_valid():
        raise ValidationError(form.errors.as_text())
    saved: FundFlow = form.save_record()
    return saved


def office(world: World) -> Client:
    client = Client()
    client.force_login(world.mei)
    return client


MONEY = st.integers(0, 10**12).map(lambda fen: Decimal(fen) / 100)


@given(st.lists(MONEY, min_size=7, max_size=7))
def test_quota_is_unissued_spent_returned_and_left_to_the_fen(amounts: list[Decimal]) -> None:
    one = Balance(None, *amounts)
    for balance in (one, total_of([one, one, one])):
        parts = balance.unissued + balance.spent + balance.returned + balance.left
        assert parts == balance.quota


def test_money_flows_from_quota_to_what_is_left(world: World, fund: Fund) -> None:
    enter(world, fund, FundStep.ISSUED, "1000000.01元")
    enter(world, fund, FundStep.PAID, "60万元")
    enter(world, fund, FundStep.SPENT, "333333.33元")
    enter(world, fund, FundStep.RETURNED, "0.02元")
    assert fund.balance() == (
        "指标 100.000001万元，下达 100.000001万元，拨付 60万元，支出 33.333333万元，"
        "收回 0.000002万元，结余 66.666666万元"
    )
    page = office(world).get(reverse("fund_balance"), {"year": "2024"})
    (shown,) = page.context["balances"]
    assert (shown.left, shown.spending_rate) == (Decimal("666666.66"), Decimal("33.3"))
    assert FIGURES["funds.spent"].value(world.mei, 2024) == Decimal("333333.33")
    assert FIGURES["funds.spending_rate"].value(world.mei, 2024) == Decimal("33.3")


@pytest.mark.parametrize(
    ("before", "step", "amount", "sentence"),
    [
        ([], FundStep.ISSUED, "1000000.02元", "下达的合计 100.000002万元 超过指标 100.000001万元"),
        ([("issued", "50万元")], FundStep.PAID, "500000.01元", "拨付的合计"),
        ([("issued", "50万元")], FundStep.ALLOCATED, "51万元", "分配的合计"),
        ([("issued", "50万元"), ("paid", "10万元")], FundStep.SPENT, "11万元", "支出的合计"),
        ([("issued", "50万元")], FundStep.RETURNED, "51万元", "收回的"),
    ],
)
def test_no_step_hands_on_more_than_it_has(
    world: World, fund: Fund, before: list[tuple[str, str]], step: str, amount: str, sentence: str
) -> None:
    for earlier, given_amount in before:
        enter(world, fund, earlier, given_amount)
    typed = form_of(world, fund, step, amount).data
    answer = office(world).post(reverse("register_create", args=["fund-flows"]), typed)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert FundFlow.objects.count() == len(before)


def test_a_sheet_whose_lines_together_exceed_the_fund_is_refused(world: World, fund: Fund) -> None:
    forms = [form_of(world, fund, FundStep.ISSUED, "40万元") for _line in range(3)]
    assert all(form.is_valid() for form in forms)
    with pytest.raises(ValidationError, match="超过指标"):
        write_rows(forms, reason="导入")
    assert FundFlow.objects.count() == 0


def test_an_import_on_which_payments_rest_is_not_undone(world: World, fund: Fund) -> None:
    form = form_of(world, fund, FundStep.ISSUED, "50万元")
    assert form.is_valid()
    rows = write_rows([form], reason="导入")
    enter(world, fund, FundStep.PAID, "10万元")
    with pytest.raises(ValidationError, match="拨付的合计"):
        undo_rows(FundFlow, written(FundFlow, rows, set()), world.mei, reason="撤销")
    assert FundFlow.objects.filter(state="void").count() == 0


def test_a_payment_is_reversed_only_after_what_was_spent_of_it(world: World, fund: Fund) -> None:
    enter(world, fund, FundStep.ISSUED, "50万元")
    paid = enter(world, fund, FundStep.PAID, "10万元")
    spent = enter(world, fund, FundStep.SPENT, "10万元")
    with pytest.raises(ValidationError, match="支出的合计"):
        reverse_line(paid, world.mei, "抄错")
    assert FundFlow.objects.count() == 3
    reverse_line(spent, world.mei, "抄错")
    reverse_line(paid, world.mei, "抄错")
    assert FIGURES["funds.paid"].value(world.mei, 2024) == 0


def test_the_quota_is_not_lowered_below_what_was_issued(world: World, fund: Fund) -> None:
    enter(world, fund, FundStep.ISSUED, "50万元")
    page = reverse("register_edit", args=["funds", fund.pk])
    typed = {"year": "2024", "name": "转移支付", "level": "central", "visibility": "internal"}
    answer = office(world).post(page, {**typed, "quota": "40万元", "version": "1"})
    assert "超过指标" in answer.content.decode()
    fund.refresh_from_db()
    assert fund.quota == Decimal("1000000.01")


def test_management_fees_stay_under_their_cap(world: World, fund: Fund) -> None:
    fund.policy = FundPolicy.objects.create(
        association=world.yongji, year=2024, name="衔接资金", level="central", fee_percent=1
    )
    fund.save()
    enter(world, fund, FundStep.ISSUED, "50万元")
    enter(world, fund, FundStep.PAID, "50万元")
    enter(world, fund, FundStep.SPENT, "1万元", fee="on")
    with pytest.raises(ValidationError, match=r"管理费 1\.000001万元 超过上限"):
        enter(world, fund, FundStep.SPENT, "0.01元", fee="on")
    enter(world, fund, FundStep.SPENT, "40万元")


def test_a_forbidden_use_is_refused_with_its_clause_unless_approved(
    world: World, fund: Fund
) -> None:
    policy = FundPolicy.objects.create(
        association=world.yongji, year=2024, name="公益金", level="central"
    )
    policy.clauses.create(
        association=world.yongji, year=2024, verdict="forbidden", content="不得用于形象工程",
        words="凉亭\n亮化", citation="财农〔2024〕23号",
    )  # fmt: skip
    fund.policy = policy
    fund.save()
    project = Project.objects.create(
        association=world.yongji, year=2024, name="村口凉亭", category=Category.OTHER
    )
    enter(world, fund, FundStep.ISSUED, "50万元", project=project.code)
    with pytest.raises(ValidationError, match=r"“凉亭”.*不得用于形象工程（财农〔2024〕23号）"):
        enter(world, fund, FundStep.PAID, "5万元", project=project.code)
    enter(world, fund, FundStep.PAID, "5万元", project=project.code, exception="永财〔2024〕3号")


def test_a_department_sees_the_flow_of_the_funds_that_it_manages(world: World, fund: Fund) -> None:
    flow = enter(world, fund, FundStep.ISSUED, "50万元")
    for person, expected in ((world.shui, 404), (world.gao, 404), (world.lin, 404)):
        client = Client()
        client.force_login(person)
        page = reverse("register_detail", args=["fund-flows", flow.pk])
        assert client.get(page).status_code == expected
        assert list(client.get(reverse("fund_balance")).context["balances"]) == []


def test_money_about_to_lapse_is_found_until_it_is_spent_or_returned(world: World) -> None:  # M6
    soon = (timezone.localdate() + timedelta(days=30)).isoformat()
    far = (timezone.localdate() + timedelta(days=300)).isoformat()

    def made(spend_by: str, **steps: int) -> Fund:
        row = Fund.objects.create(
            association=world.yongji, year=2024, name="资金", level="county", quota=100,
            spend_by=spend_by,
        )  # fmt: skip
        for step, amount in steps.items():
            FundFlow.objects.create(
                association=world.yongji, year=2024, fund=row, step=step, amount=amount
            )
        return row

    due = made(soon, spent=60)
    made(soon, spent=60, returned=40)
    made(far)
    made("")
    register = Register.registers["funds"]
    filters = filterset_for(register, world.mei)(
        {"spending": "due"}, rows(world.mei, Fund), request=None
    )
    assert list(filters.qs) == [due]
