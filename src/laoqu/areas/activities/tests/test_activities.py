"""Goods in and out, receipts before money, sessions and names, which villages were reached."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cast import World

from laoqu.access.rules import rows
from laoqu.areas.activities.models import (
    Attendee,
    GoodsLine,
    Performance,
    ReliefVisit,
    Training,
    TrainingSession,
)
from laoqu.areas.activities.services import Reached, coverage, goods_balance
from laoqu.areas.organisations.services import stated_numbers
from laoqu.areas.places.models import Succession
from laoqu.register.figures import FIGURES, Figure
from laoqu.register.filters import filterset_for
from laoqu.register.flows import move
from laoqu.register.registry import Register

RECEIPT = {"receipted_count": 3, "village_sealed": True, "supervisor_signed": True}


def visit(world: World, *villages: str, **changes: Any) -> ReliefVisit:
    given = {"name": "春节慰问", "year": 2024, "host": world.water, **changes}
    row = ReliefVisit.objects.create(association=world.yongji, **given)
    row.places.set([world.places[name] for name in villages])
    return row


def show(world: World, *villages: str, **changes: Any) -> Performance:
    given = {"name": "送戏下乡", "year": 2024, "count": 3, **changes}
    row = Performance.objects.create(association=world.yongji, **given)
    row.places.set([world.places[name] for name in villages])
    return row


def goods(of: ReliefVisit, **changes: Any) -> GoodsLine:
    given = {"name": "大米", "unit": "袋", **changes}
    return GoodsLine(association=of.association, code="x", year=2024, visit=of, **given)


def refused(row: Any) -> str:
    row.code = row.code or "x"
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    return "".join(error.value.messages)


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_goods_in_equal_goods_out_and_what_is_left(world: World) -> None:  # M9
    row = visit(world)
    assert "发放比筹集还多" in refused(goods(row, received=10, given=11))
    assert "发放加结存" in refused(goods(row, received=10, given=6, left=5))
    line = goods(row, received=Decimal(10), given=Decimal(6))
    line.full_clean()
    line.settle({})
    assert line.left == 4
    unknown = goods(row, given=Decimal(6))
    unknown.full_clean()
    unknown.settle({})
    assert unknown.left is None


def test_goods_carried_over_came_in_only_once(world: World) -> None:  # M9
    row = visit(world)
    for number, line in enumerate(
        [
            goods(row, received=10, given=6, left=4),
            goods(row, received=4, given=3, left=1, source="carried"),
            goods(row, given=1),
        ]
    ):
        line.code = f"物资{number}"
        line.save()
    [rice] = goods_balance(world.mei)
    assert (rice.received, rice.given, rice.stock, rice.unknown) == (10, 10, 0, 1)
    page = client_of(world.mei).get(reverse("goods_balance")).content.decode()
    assert "有 1 行没写数量" in page


def test_a_visit_is_signed_off_only_with_its_receipts(world: World) -> None:  # M9
    flow = Register.registers["visits"].flow
    assert flow is not None
    row = visit(world, roster_count=20)
    with pytest.raises(ValidationError, match="还没有签收户数"):
        move(flow, row, world.mei, "signed")
    row.signed_count = 21
    assert "比花名册还多" in refused(row)
    ReliefVisit.objects.filter(pk=row.pk).update(signed_count=20)
    move(flow, row, world.mei, "signed")


def test_what_was_only_planned_or_called_off_does_not_count(world: World) -> None:
    visit(world)
    visit(world, stage="planned")
    show(world, stage="cancelled")
    for key, value in (("visits.rows", 1), ("performances.rows", 0)):
        figure = FIGURES[key]
        assert isinstance(figure, Figure)
        assert figure.value(world.mei, 2024) == value


def test_a_hardship_heard_on_a_visit_becomes_a_need_with_one_tap(world: World) -> None:  # M9
    row = visit(world, "高市村", difficulties="村西巷道积水\n老人出行不便")
    answer = client_of(world.mei).get(reverse("visit_need", args=[row.pk]), follow=True)
    form = answer.context["form"]
    assert form["name"].value() == "村西巷道积水"
    assert form["places"].value() == "栲栳镇高市村"
    assert client_of(world.lin).get(reverse("visit_need", args=[row.pk])).status_code == 404


@pytest.mark.parametrize("lacking", sorted(RECEIPT))
def test_shows_are_paid_only_with_the_whole_receipt(lacking: str, world: World) -> None:  # M10
    part = {name: value for name, value in RECEIPT.items() if name != lacking}
    assert "没有完整的演出回执" in refused(show(world, **part, settled=Decimal(4400)))
    show(world, **RECEIPT, settled=Decimal(4400)).full_clean()


def test_receipts_bound_the_shows_and_the_money(world: World) -> None:  # M10
    assert "比上报场次还多" in refused(show(world, **{**RECEIPT, "receipted_count": 4}))
    show(world, **{**RECEIPT, "receipted_count": 4}, approximate=True).full_clean()
    paid = {"subsidy": Decimal(4400), "settled": Decimal(13201)}
    assert "超过了补助标准" in refused(show(world, **RECEIPT, **paid))


def test_shows_pass_acceptance_and_settlement_in_their_order(world: World) -> None:  # M10
    flow = Register.registers["performances"].flow
    assert flow is not None
    row = show(world)
    with pytest.raises(ValidationError, match="没有完整的演出回执"):
        move(flow, row, world.mei, "receipted")
    Performance.objects.filter(pk=row.pk).update(**RECEIPT)
    move(flow, row, world.mei, "receipted")
    move(flow, row, world.mei, "rated")
    with pytest.raises(ValidationError, match="结算金额"):
        move(flow, row, world.mei, "settled")


def test_reported_and_receipted_shows_are_two_figures(world: World) -> None:  # M10
    show(world, **RECEIPT)
    show(world, receipted_count=2)
    values = {}
    for key in ("performances.shows", "performances.receipted"):
        figure = FIGURES[key]
        assert isinstance(figure, Figure)
        values[key] = figure.value(world.mei, 2024)
    assert values == {"performances.shows": 6, "performances.receipted": 3}
    assert FIGURES["performances.receipt_share"].value(world.mei, 2024) == Decimal("50.0")


def test_nobody_is_on_the_roll_beyond_those_who_came(world: World) -> None:  # M11
    training = Training.objects.create(association=world.yongji, year=2024, name="果树修剪")
    session = TrainingSession.objects.create(
        association=world.yongji, year=2024, training=training, held_on="2024-04", present_count=1
    )
    made = [
        Attendee.objects.create(association=world.yongji, year=2024, session=session, name=name)
        for name in ("甲", "乙")
    ]
    with pytest.raises(ValidationError, match="实到 1 人，名册上有 2 人"):
        Attendee.check_written(made)
    assert "名册上的人比实到还多" in refused(session)
    made[0].visibility = "public"
    assert "个人信息不公开" in refused(made[0])


def test_numbers_of_a_training_agree_with_each_other(world: World) -> None:  # M11
    training = Training(association=world.yongji, year=2024, name="果树修剪", adopted_count=3)
    assert "不能多于回访人数" in refused(training)
    session = TrainingSession(
        association=world.yongji, year=2024, held_on="2024-04", present_count=3, women_count=4
    )
    assert "不能多于实到人数" in refused(session)


def test_the_matrix_says_which_old_area_villages_were_never_reached(world: World) -> None:  # M10
    for name in ("高市村", "韩村"):
        world.places[name].old_area = True
        world.places[name].save()
    visit(world, "高市村", "新源村", year=2023)
    show(world, "高市村")
    visit(world, "韩村", stage="planned")
    found = coverage(world.mei)
    assert found.years == (2024, 2023)
    reached = [(row.village.name, row.all_years) for row in found.villages]
    assert reached == [("高市村", Reached(1, 1, sole=Decimal(3))), ("韩村", Reached())]
    assert [row.village.name for row in found.never] == ["韩村"]
    assert [row.village.name for row in found.others] == ["新源村"]
    page = client_of(world.mei).get(reverse("village_coverage")).content.decode()
    assert "台账里没有慰问、也没有送戏记录的老区村" in page


def test_a_township_sees_the_matrix_of_its_own_villages(world: World) -> None:
    for name in ("高市村", "新源村"):
        world.places[name].old_area = True
        world.places[name].save()
    assert [row.village.name for row in coverage(world.lao).villages] == ["高市村"]
    assert [row.village.name for row in coverage(world.cheng).villages] == ["新源村", "高市村"]


def test_shows_of_several_villages_together_are_said_to_be_so_and_not_divided(
    world: World,
) -> None:  # M10
    for name in ("高市村", "韩村"):
        world.places[name].old_area = True
        world.places[name].save()
    row = show(world, "高市村", "韩村", count=21)
    assert str(row.attribution()) == "多村合计"
    assert {one.all_years.shared for one in coverage(world.mei).villages} == {Decimal(21)}
    assert (
        "几村合计 21 场" in client_of(world.mei).get(reverse("village_coverage")).content.decode()
    )


def test_what_was_done_in_a_village_that_merged_stands_at_its_successor(
    world: World,
) -> None:  # M1, M10
    for name in ("高市村", "韩村"):
        world.places[name].old_area = True
        world.places[name].save()
    show(world, "高市村", "韩村", count=5)
    Succession.objects.create(
        association=world.yongji,
        year=2024,
        place=world.places["韩村"],
        successor=world.places["高市村"],
        kind="merged",
    )
    world.yongji.stated_villages = 2
    world.yongji.save()
    found = coverage(world.mei)
    [gao] = found.villages
    assert (gao.village.name, gao.all_years.sole, gao.merged) == ("高市村", 5, True)
    assert found.stated == 2
    assert stated_numbers(world.yongji)[1].named == 1


def test_a_receipt_without_settlement_is_due_after_four_weeks(world: World) -> None:  # M10
    today = timezone.localdate()
    late = (today - timedelta(days=40)).isoformat()
    waiting = show(world, **RECEIPT, stage="receipted", receipted_on=late)
    show(world, **RECEIPT, stage="receipted", receipted_on=today.isoformat())
    show(world, **RECEIPT, stage="receipted", receipted_on=f"{today.year}")
    assert found_by(world, "performances", settlement="due") == [waiting]


def test_a_training_in_a_craft_is_to_be_revisited_after_three_months(world: World) -> None:  # M11
    def training(**fields: Any) -> Training:
        return Training.objects.create(association=world.yongji, year=2024, name="课", **fields)

    due = training(industry="苹果", held_on="2024-04")
    training(industry="苹果", held_on=timezone.localdate().isoformat())
    training(industry="苹果", held_on="2024-04", revisited_on="2024-08")
    training(held_on="2024-04")
    assert found_by(world, "trainings", revisit="due") == [due]


def found_by(world: World, slug: str, **parameters: str) -> list[Any]:
    register = Register.registers[slug]
    made = filterset_for(register, world.mei)(
        parameters, rows(world.mei, register.model), request=None
    )
    return list(made.qs)
