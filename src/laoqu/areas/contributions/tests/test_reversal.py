"""A confirmed money line is never edited: it is cancelled by a negative one, and both stay."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.contributions.models import Attribution, Contribution
from laoqu.register.money import reverse_line
from laoqu.register.registry import Register


@pytest.fixture
def line(world: World) -> Contribution:
    row = Contribution(
        association=world.yongji, year=2024, funder=world.water, amount=Decimal("800000.50")
    )
    row.settle({"places": [world.places["高市村"], world.places["韩村"]]})
    row.save()
    row.places.set([world.places["高市村"], world.places["韩村"]])
    return row


def test_a_reversal_cancels_the_line_to_the_fen_and_keeps_its_villages(
    line: Contribution, world: World
) -> None:
    reversal = reverse_line(line, world.mei, "抄错")
    assert reversal.amount == Decimal("-800000.50")
    assert set(reversal.places.all()) == set(line.places.all())
    assert reversal.attribution == Attribution.JOINT
    assert Contribution.objects.aggregate(total=Sum("amount"))["total"] == 0
    counted = Register.registers["contributions"].countable(Contribution.objects.all())
    assert not counted.exists()


def test_a_line_is_reversed_once_and_a_reversal_never(line: Contribution, world: World) -> None:
    reversal = reverse_line(line, world.mei, "抄错")
    for row in (line, reversal):
        with pytest.raises(ValidationError, match="不能再冲"):
            reverse_line(row, world.mei, "再冲一次")
    assert Contribution.objects.count() == 2


def test_a_reversal_without_a_reason_is_refused(line: Contribution, world: World) -> None:
    with pytest.raises(ValidationError, match="请写明"):
        reverse_line(line, world.mei, "  ")
    assert Contribution.objects.count() == 1


def test_the_page_asks_why_and_leads_to_the_reversal(line: Contribution, world: World) -> None:
    client = Client()
    client.force_login(world.mei)
    page = reverse("register_reverse", args=["contributions", line.pk])
    assert client.get(page).status_code == 200
    answer = client.post(page, {"reason": "金额抄错"}, follow=True)
    assert "红字冲销" in answer.content.decode()
    assert Contribution.objects.get(reverses=line).note == "金额抄错"


def test_strangers_and_departments_elsewhere_cannot_reverse(
    line: Contribution, world: World
) -> None:
    for person in (world.lin, world.gao, world.cheng):
        client = Client()
        client.force_login(person)
        answer = client.post(
            reverse("register_reverse", args=["contributions", line.pk]), {"reason": "试"}
        )
        assert answer.status_code == 404
    assert Contribution.objects.count() == 1


def test_amounts_are_whole_fen_in_the_database(line: Contribution) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT amount FROM contributions_contribution")
        assert cursor.fetchone() == (80000050,)
    line.amount = Decimal("0.001")
    with pytest.raises(ValidationError, match="最小到分"):
        line.save()


def test_a_line_that_says_nothing_is_refused_in_a_sentence(world: World) -> None:
    client = Client()
    client.force_login(world.mei)
    typed = {"year": "2024", "kind": "funding", "stage": "stated", "visibility": "internal"}
    answer = client.post(reverse("register_create", args=["contributions"]), typed)
    assert answer.status_code == 400
    assert "至少写明" in answer.content.decode()
    assert not Contribution.objects.exists()
