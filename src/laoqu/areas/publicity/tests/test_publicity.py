"""Review before release, copies printed and given, boards shown, targets against orders."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.organisations.models import Organisation
from laoqu.areas.publicity.models import (
    Book,
    BookIssue,
    MediaPlacement,
    PeriodicalGift,
    Showing,
    Subscription,
    SubscriptionTarget,
)
from laoqu.areas.publicity.services import never_reported, target_lines
from laoqu.register.figures import FIGURES, Figure
from laoqu.register.flows import move
from laoqu.register.registry import Register


def made(world: World, model: Any, **given: Any) -> Any:
    return model.objects.create(association=world.yongji, **{"year": 2024, **given})


def ordered(world: World, model: Any, unit: Any, copies: int, name: str = "中国老区建设") -> Any:
    whose = {"subscriber" if model is Subscription else "unit": unit}
    return made(world, model, periodical=name, issue_year=2025, copies=copies, **whose)


def test_nothing_is_sent_out_before_the_three_reviews(world: World) -> None:  # M14
    flow = Register.registers["media"].flow
    assert flow is not None
    row = made(world, MediaPlacement, name="老区新貌", stage="reviewed", edited_by="甲")
    with pytest.raises(ValidationError, match="先审后发"):
        move(flow, row, world.mei, "sent")
    MediaPlacement.objects.filter(pk=row.pk).update(checked_by="乙", approved_by="丙")
    move(flow, row, world.mei, "sent")
    figure = FIGURES["media.rows"]
    assert isinstance(figure, Figure)
    assert figure.value(world.mei, 2024) == 0


def test_no_more_copies_are_given_out_than_were_printed(world: World) -> None:  # M14
    book = made(world, Book, name="老区故事", printed_count=10)
    first = made(world, BookIssue, book=book, receiver="某中学", copies=8)
    BookIssue.check_written([first])
    second = made(world, BookIssue, book=book, receiver="某小学", copies=3)
    with pytest.raises(ValidationError, match="印了 10 册，发放合计 11 册"):
        BookIssue.check_written([second])
    with pytest.raises(ValidationError, match="比印数多"):
        book.full_clean()
    assert book.given_count() == 11


def test_only_boards_are_shown_and_not_before_they_begin(world: World) -> None:  # M14
    article = made(world, MediaPlacement, name="老区新貌")
    row = Showing(association=world.yongji, year=2024, board=article, starts_on="2024-05")
    with pytest.raises(ValidationError, match="不是板面展览"):
        row.clean()
    row.board = made(world, MediaPlacement, name="工作综览", kind="board")
    row.ends_on = "2024-04"
    with pytest.raises(ValidationError, match="不能早于开始"):
        row.clean()


def test_target_and_done_of_a_unit_stand_on_one_line(world: World) -> None:  # M15
    ordered(world, SubscriptionTarget, world.water, 20)
    ordered(world, Subscription, world.water, 12)
    ordered(world, Subscription, world.water, 3, name="《中国老区建设》")
    ordered(world, SubscriptionTarget, world.finance, 5)
    ordered(world, Subscription, None, 4)
    lines = target_lines(world.mei, 2025)
    assert [(x.unit and x.unit.name, x.target, x.done, x.missing, x.percent) for x in lines] == [
        ("永济市水利局", 20, 15, 5, 75),
        ("永济市财政局", 5, 0, 5, 0),
        (None, None, 4, 0, None),
    ]


def test_the_page_of_targets_shows_strangers_nothing_of_ours(world: World) -> None:  # M15
    ordered(world, SubscriptionTarget, world.water, 20)
    for person, shown in ((world.mei, True), (world.lin, False)):
        client = Client()
        client.force_login(person)
        page = client.get(reverse("subscription_targets")).content.decode()
        assert ("永济市水利局" in page) is shown


def test_a_subscription_is_delivered_only_when_paid(world: World) -> None:  # M15
    flow = Register.registers["subscriptions"].flow
    assert flow is not None
    row = ordered(world, Subscription, world.water, 20)
    with pytest.raises(ValidationError, match="付款日期"):
        move(flow, row, world.mei, "paid")
    row.given_copies = 21
    with pytest.raises(ValidationError, match="赠阅份数不能多于"):
        row.clean()


def test_villages_are_never_asked_to_subscribe(world: World) -> None:  # M15
    village = Organisation.objects.create(
        association=world.yongji, name="高市村村委会", kind="village"
    )
    row = SubscriptionTarget(
        association=world.yongji, year=2024, periodical="两刊", issue_year=2025, copies=5
    )
    row.unit = village
    with pytest.raises(ValidationError, match="不向村里摊派"):
        row.clean()
    row.unit = world.water
    row.clean()


def test_no_more_copies_are_given_away_than_were_ordered(world: World) -> None:  # M15
    order = ordered(world, Subscription, world.water, 20)
    gift = made(world, PeriodicalGift, subscription=order, receiver="示例小学", copies=15)
    PeriodicalGift.check_written([gift])
    gift = made(world, PeriodicalGift, subscription=order, receiver="示例阅览室", copies=6)
    with pytest.raises(ValidationError, match="订了 20 份，赠阅合计 21 份"):
        PeriodicalGift.check_written([gift])
    gift.state = "void"
    gift.save()
    PeriodicalGift.check_written([gift])
    order.copies = 14
    with pytest.raises(ValidationError, match="赠阅明细已经比份数多"):
        order.clean()


def test_the_arrival_rate_is_known_where_the_copies_were_counted(world: World) -> None:  # M15
    order = ordered(world, Subscription, world.water, 150)
    assert order.arrival_rate() == ""
    order.arrived_copies = 148
    assert order.arrival_rate() == "99%"
    order.arrived_copies = 151
    with pytest.raises(ValidationError, match="到刊份数不能多于"):
        order.clean()


def test_villages_that_no_placement_names_are_listed(world: World) -> None:  # M14
    for name in ("高市村", "韩村"):
        world.places[name].old_area = True
        world.places[name].save()
    told = made(world, MediaPlacement, name="老区新貌")
    told.places.set([world.places["高市村"]])
    planned = made(world, MediaPlacement, name="选题", stage="topic")
    planned.places.set([world.places["韩村"]])
    villages, count = never_reported(world.mei)
    assert ([village.name for village in villages], count) == (["韩村"], 2)
    client = Client()
    client.force_login(world.lin)
    assert "韩村" not in client.get(reverse("never_reported")).content.decode()
