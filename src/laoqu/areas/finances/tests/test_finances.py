"""The association's own money: nothing is spent beyond the budget, nor used beyond the gifts."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.finances.models import BudgetItem, FundDonation, FundUse, SpecialFund
from laoqu.register.figures import FIGURES
from laoqu.register.forms import form_class
from laoqu.register.money import reverse_line
from laoqu.register.registry import Register


def enter(world: World, slug: str, **typed: str) -> Any:
    make = form_class(Register.registers[slug], world.mei, world.yongji)
    form = make({"year": "2024", "visibility": "internal", **typed})
    if not form.is_valid():
        raise ValidationError(form.errors.as_text())
    return form.save_record()


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def survey(world: World) -> BudgetItem:
    return enter(world, "budget", subject="调研费", use="survey", planned="2万元")  # type: ignore[no-any-return]


@pytest.fixture
def fund(world: World) -> SpecialFund:
    return enter(world, "special-funds", name="老区助学基金")  # type: ignore[no-any-return]


def test_a_budget_line_is_spent_to_the_fen_and_not_beyond(world: World, survey: BudgetItem) -> None:
    enter(world, "expenses", item=survey.code, purpose="下乡", amount="19999.99元")
    enter(world, "expenses", item=survey.code, purpose="下乡", amount="0.01元")
    with pytest.raises(ValidationError, match=r"支出合计 2\.000001万元，超过预算 2万元"):
        enter(world, "expenses", item=survey.code, purpose="下乡", amount="0.01元")
    page = reverse("register_edit", args=["budget", survey.pk])
    typed = {"year": "2024", "subject": "调研费", "use": "survey", "planned": "1万元"}
    answer = client_of(world.mei).post(page, {**typed, "visibility": "internal", "version": "1"})
    assert "超过预算" in answer.content.decode()
    survey.refresh_from_db()
    assert survey.planned == 20000


def test_the_execution_table_adds_up_by_use(world: World, survey: BudgetItem) -> None:
    second = enter(world, "budget", subject="座谈", use="survey", planned="1万元")
    enter(world, "budget", subject="办公费", use="office", planned="1万元")
    enter(world, "expenses", item=survey.code, purpose="下乡", amount="5000元")
    wrong = enter(world, "expenses", item=second.code, purpose="座谈", amount="1000元")
    reverse_line(wrong, world.mei, "重复")
    page = client_of(world.mei).get(reverse("budget_execution"), {"year": "2024"})
    shown = [(str(use.label), use.planned, use.spent, use.rate) for use in page.context["uses"]]
    assert shown == [
        ("调研", Decimal(30000), Decimal(5000), Decimal("16.7")),
        ("办公", Decimal(10000), Decimal(0), Decimal("0.0")),
    ]
    total = page.context["total"]
    assert (total.planned, total.spent, total.left) == (40000, 5000, 35000)
    assert FIGURES["budget.planned"].value(world.mei, 2024) == total.planned
    assert FIGURES["budget.spent"].value(world.mei, 2024) == total.spent
    assert FIGURES["budget.execution_rate"].value(world.mei, 2024) == Decimal("12.5")


def test_the_budget_stays_with_the_office_and_the_level_above(
    world: World, survey: BudgetItem
) -> None:
    for person in (world.shui, world.lao, world.gao, world.lin):
        client = client_of(person)
        page = reverse("register_detail", args=["budget", survey.pk])
        assert client.get(page).status_code == 404
        assert list(client.get(reverse("budget_execution")).context["uses"]) == []
    for person in (world.shui, world.lao, world.gao, world.cheng):
        page = reverse("register_create", args=["budget"])
        assert client_of(person).get(page).status_code == 404
    detail = reverse("register_detail", args=["budget", survey.pk])
    assert client_of(world.cheng).get(detail).status_code == 200


def test_a_special_fund_uses_no_more_than_it_was_given(world: World, fund: SpecialFund) -> None:
    enter(world, "fund-donations", fund=fund.code, donor="某公司", amount="1万元")
    enter(world, "fund-uses", fund=fund.code, purpose="助学", amount="9999.99元")
    with pytest.raises(ValidationError, match="超过捐赠收入 1万元"):
        enter(world, "fund-uses", fund=fund.code, purpose="助学", amount="0.02元")
    assert fund.balance() == "捐赠 1万元，使用 0.999999万元，结余 0.000001万元"
    assert FIGURES["special_funds.used"].value(world.mei, 2024) == Decimal("9999.99")


def test_a_gift_is_followed_to_its_uses_and_not_used_twice(world: World, fund: SpecialFund) -> None:
    gift = enter(world, "fund-donations", fund=fund.code, donor="甲", wish="助学", amount="1万元")
    enter(world, "fund-donations", fund=fund.code, donor="乙", amount="5万元")
    enter(world, "fund-uses", fund=fund.code, donation=gift.code, purpose="助学", amount="8000元")
    with pytest.raises(ValidationError, match=r"这笔捐赠是 1万元，已使用 1\.1万元"):
        enter(
            world, "fund-uses", fund=fund.code, donation=gift.code, purpose="助学", amount="3000元"
        )
    page = client_of(world.mei).get(reverse("register_detail", args=["fund-donations", gift.pk]))
    assert FundUse.objects.get().code in page.content.decode()
    with pytest.raises(ValidationError, match=r"已使用 0\.8万元"):
        reverse_line(gift, world.mei, "退回")
    assert FundDonation.objects.count() == 2


def test_a_gift_that_was_not_used_can_be_given_back(world: World, fund: SpecialFund) -> None:
    gift = enter(world, "fund-donations", fund=fund.code, donor="甲", amount="1万元")
    reverse_line(gift, world.mei, "退回")
    assert fund.balance() == "捐赠 0万元，使用 0万元，结余 0万元"
    assert FIGURES["special_funds.donations"].value(world.mei, 2024) == 0


def test_a_use_names_a_gift_of_its_own_fund(world: World, fund: SpecialFund) -> None:
    other = enter(world, "special-funds", name="助老基金")
    gift = enter(world, "fund-donations", fund=other.code, donor="甲", amount="1万元")
    with pytest.raises(ValidationError, match="另一个基金"):
        enter(world, "fund-uses", fund=fund.code, donation=gift.code, purpose="助学", amount="1元")


def test_gifts_that_were_not_made_public_are_found(world: World, fund: SpecialFund) -> None:
    for published in ("", "2024年5月"):
        enter(
            world, "fund-donations", fund=fund.code, donor="某公司", amount="1万元",
            published_on=published,
        )  # fmt: skip
    client = client_of(world.mei)
    page = reverse("register_list", args=["fund-donations"])
    for answer in ("no", "yes"):
        assert client.get(page, {"published": answer}).context["row_count"] == 1


def test_donors_are_known_to_the_office_alone(world: World, fund: SpecialFund) -> None:
    gift = enter(
        world, "fund-donations", fund=fund.code, donor="某某", amount="1元", anonymous="on"
    )
    assert gift.title() == "匿名"
    page = reverse("register_detail", args=["fund-donations", gift.pk])
    for person in (world.shui, world.lao, world.gao, world.lin, world.cheng):
        assert client_of(person).get(page).status_code == 404
    assert Client().get(page).status_code == 404
