"""A commendation is opened with approval and decided after its notice; the wall shows the rest."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.honours.models import Award, Commendation, Nominee, working_days
from laoqu.areas.honours.stages import COMMENDATION_FLOW
from laoqu.areas.people.models import Member
from laoqu.register.flows import move

APPROVED = {"approval": "示例〔2024〕1号", "approved_by": "示例办公室"}
NOTICE = {"notice_from": "2024-06-03", "notice_to": "2024-06-07", "notice_result": "无异议"}
DECISION = {"decision": "示例〔2024〕9号", "decided_on": "2024-06"}


def commendation(world: World, **changes: Any) -> Commendation:
    row = Commendation(association=world.yongji, year=2024, name="老区工作表彰", **changes)
    row.full_clean()
    row.save()
    return row


def nominee(row: Commendation, **changes: Any) -> Nominee:
    given = {"name": "示例甲", "result": "chosen", "opinions": "纪检：无异议", **changes}
    made = Nominee(association=row.association, year=2024, commendation=row, **given)
    made.full_clean()
    made.save()
    return made


def walk(row: Commendation, world: World, *stages: str) -> None:
    for stage in stages:
        move(COMMENDATION_FLOW, row, world.mei, stage, "示例")
    row.refresh_from_db()


def test_no_commendation_is_opened_without_approval(world: World) -> None:  # M25
    row = commendation(world)
    with pytest.raises(ValidationError, match="没有批准不能开展表彰"):
        walk(row, world, "approved")
    row = commendation(world, **APPROVED)
    walk(row, world, "approved", "notified", "nominated", "examined")
    assert row.stage == "examined"


def test_a_decision_needs_five_working_days_of_notice_with_their_result(world: World) -> None:
    row = commendation(world, **APPROVED, **{**NOTICE, "notice_from": "2024-06-04"})
    nominee(row)
    walk(row, world, "approved", "notified", "nominated", "examined", "consulted", "announced")
    with pytest.raises(ValidationError, match="不少于 5 个工作日"):
        walk(row, world, "decided")
    row.notice_from = "2024-06-03"
    row.save()
    with pytest.raises(ValidationError, match="决定文号和决定日期"):
        walk(row, world, "decided")
    for name, value in DECISION.items():
        setattr(row, name, value)
    row.save()
    walk(row, world, "decided", "granted", "revoked")
    assert row.stage == "revoked"


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2024-06-03", "2024-06-07", 5),
        ("2024-06-07", "2024-06-10", 2),
        ("2024-06-08", "2024-06-09", 0),
        ("2024-06-07", "2024-06-03", 0),
        ("2024-06", "2024-07-31", 0),
        ("", "2024-06-07", 0),
    ],
)
def test_working_days_run_from_monday_to_friday(first: str, last: str, days: int) -> None:
    assert working_days(first, last) == days


def test_the_chosen_are_asked_about_and_are_no_more_than_the_quota(world: World) -> None:
    row = commendation(world, **APPROVED, quota=1)
    nominee(row, opinions="")
    walk(row, world, "approved", "notified", "nominated", "examined")
    with pytest.raises(ValidationError, match="还没有征求意见：示例甲"):
        walk(row, world, "consulted")
    nominee(row, name="示例乙")
    with pytest.raises(ValidationError, match="拟表彰的有 2 个，名额是 1"):
        row.full_clean()


def test_nobody_judges_an_own_case(world: World) -> None:
    row = commendation(world, judges="示例甲\n示例丙")
    with pytest.raises(ValidationError, match="不能推荐"):
        nominee(row)
    nominee(row, name="示例乙")
    row.judges = "示例乙"
    with pytest.raises(ValidationError, match="示例乙也在推荐名单里"):
        row.full_clean()


def test_a_retired_cadre_gets_a_prize_only_where_it_was_allowed(world: World) -> None:
    cadre = Member.objects.create(
        association=world.yongji, year=2024, name="示例甲", leading_cadre=True
    )
    row = commendation(world, **APPROVED)
    with pytest.raises(ValidationError, match="不取酬"):
        nominee(row, member=cadre, prize=1000)
    nominee(row, member=cadre)
    row.prize_approval = "示例〔2024〕3号"
    nominee(row, name="示例丁", member=cadre, prize=1000)


def test_nominees_are_the_offices_alone_and_are_never_public(world: World) -> None:
    row = commendation(world)
    with pytest.raises(ValidationError, match="个人信息不公开"):
        nominee(row, visibility="public")
    made = nominee(row)
    page = reverse("register_detail", args=["nominees", made.pk])
    for person, status in ((world.mei, 200), (world.cheng, 404), (world.lao, 404)):
        client = Client()
        client.force_login(person)
        assert client.get(page).status_code == status


def test_the_wall_shows_honours_by_year_and_only_what_was_granted(world: World) -> None:
    own = {"association": world.yongji, "visibility": "internal"}
    Award.objects.create(**own, year=2023, name="县级奖", level="county")
    Award.objects.create(**own, year=2024, name="市级奖", level="city")
    Award.objects.create(**own, year=2024, name="国家级奖", level="national")
    granted = commendation(world, **APPROVED, **NOTICE, **DECISION, stage="granted")
    nominee(granted)
    nominee(granted, name="示例乙", result="not_chosen")
    nominee(commendation(world), name="示例丙")
    client = Client()
    assert client.get(reverse("honour_wall")).status_code == 302
    client.force_login(world.mei)
    shown = client.get(reverse("honour_wall")).content.decode()
    order = [shown.index(name) for name in ("国家级奖", "市级奖", "示例甲", "县级奖")]
    assert order == sorted(order)
    assert "示例乙" not in shown
    assert "示例丙" not in shown
    client.force_login(world.lin)
    assert "国家级奖" not in client.get(reverse("honour_wall")).content.decode()
