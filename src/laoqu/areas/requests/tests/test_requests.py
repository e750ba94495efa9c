"""The clock of a request, who moves it, what closing it asks for, the median by department."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document as read_docx
from tests.cast import World

from laoqu.areas.requests.clock import deadline, spent
from laoqu.areas.requests.models import ClockRule, Request
from laoqu.areas.requests.services import response_by_department
from laoqu.register.flows import move
from laoqu.register.registry import Register

MONDAY = timezone.make_aware(datetime(2024, 5, 6, 9, 30))


def request_of(world: World, **changes: Any) -> Request:
    given = {
        "year": 2024,
        "matter": "水管爆裂",
        "place": world.places["高市村"],
        "addressee": world.water,
        "received_at": MONDAY,
        **changes,
    }
    row = Request(association=world.yongji, **given)
    row.full_clean(exclude=["code"])
    row.save()
    return row


def walk(row: Request, person: Any, *stages: str, reason: str = "") -> None:
    flow = Register.registers["requests"].flow
    assert flow is not None
    for stage in stages:
        move(flow, row, person, stage, reason)
    row.refresh_from_db()


@pytest.mark.parametrize(
    ("received", "days", "last"),
    [
        (date(2024, 5, 6), 0, date(2024, 5, 6)),
        (date(2024, 5, 6), 3, date(2024, 5, 9)),
        (date(2024, 5, 10), 1, date(2024, 5, 13)),
        (date(2024, 5, 11), 0, date(2024, 5, 11)),
        (date(2024, 5, 11), 1, date(2024, 5, 13)),
    ],
)
def test_working_days_leave_out_the_weekend(received: date, days: int, last: date) -> None:
    assert deadline(received, days) == last


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 分"), (59, "59 分"), (65, "1 小时 5 分"), (1500, "1 天 1 小时")]
)
def test_time_is_told_in_words(minutes: int, words: str) -> None:
    assert spent(timedelta(minutes=minutes)) == words


def test_an_emergency_ends_the_same_day_and_the_office_may_set_its_own_days(world: World) -> None:
    top = request_of(world, urgency="top")
    assert timezone.localtime(top.due_at).date() == date(2024, 5, 6)
    assert timezone.localtime(request_of(world).due_at).date() == date(2024, 5, 9)
    ClockRule.objects.create(association=world.yongji, year=2024, top_days=0, urgent_days=5)
    assert timezone.localtime(request_of(world).due_at).date() == date(2024, 5, 13)


def test_the_clock_stops_when_the_department_signs_and_when_the_matter_is_closed(
    world: World,
) -> None:
    row = request_of(world)
    walk(row, world.mei, "verified", "dispatched")
    assert row.responded_at is None
    walk(row, world.shui, "signed", "handled")
    assert row.responded_at is not None
    with pytest.raises(ValidationError, match="请先填结果"):
        walk(row, world.shui, "answered")
    Request.objects.filter(pk=row.pk).update(result="已修好")
    walk(row, world.shui, "answered")
    walk(row, world.mei, "called_back")
    with pytest.raises(ValidationError, match="满意度"):
        walk(row, world.mei, "closed")
    Request.objects.filter(pk=row.pk).update(satisfaction="satisfied")
    walk(row, world.mei, "closed")
    assert row.closed_at is not None
    assert "办结用时" in row.clock()
    assert "超时" in row.clock()
    walk(row, world.mei, "handled")
    assert row.closed_at is None


def test_a_department_neither_closes_nor_sends_its_own_request(world: World) -> None:
    row = request_of(world, stage="called_back", result="好", satisfaction="satisfied")
    with pytest.raises(ValidationError):
        walk(row, world.shui, "closed")
    with pytest.raises(ValidationError):
        walk(request_of(world), world.shui, "verified")


def test_a_request_is_sent_to_somebody_and_sent_back_with_a_reason(world: World) -> None:
    row = request_of(world, addressee=None, stage="verified")
    with pytest.raises(ValidationError, match="请求对象部门"):
        walk(row, world.mei, "dispatched")
    sent = request_of(world, stage="dispatched")
    with pytest.raises(ValidationError, match="原因"):
        walk(sent, world.shui, "refused")
    walk(sent, world.shui, "refused", reason="不归水利管")


def test_an_escalation_says_which_leader(world: World) -> None:
    row = request_of(world, stage="handled")
    with pytest.raises(ValidationError, match="升级记录"):
        walk(row, world.mei, "escalated", reason="协调不下")


def test_a_request_cannot_come_in_tomorrow_or_be_answered_before_it_came(world: World) -> None:
    with pytest.raises(ValidationError, match="在今后"):
        request_of(world, received_at=timezone.now() + timedelta(days=1))
    with pytest.raises(ValidationError, match="首接之后"):
        request_of(world, responded_at=MONDAY - timedelta(hours=1))


def test_a_request_is_seen_by_its_department_its_township_and_the_office(world: World) -> None:
    row = request_of(world, visibility="public")
    other = request_of(world, addressee=world.finance, place=world.places["新源村"])
    sees = {"mei": 2, "shui": 1, "lao": 1, "gao": 1, "cheng": 2, "lin": 0, "public": 0}
    for name, person in world.people().items():
        client = Client()
        if person.is_authenticated:
            client.force_login(person)
        page = client.get(reverse("register_list", args=["requests"])).content.decode()
        assert (row.code in page) + (other.code in page) == sees[name], name


def test_the_median_response_is_for_the_office_alone(world: World) -> None:
    for hours in (1, 2, 9):
        request_of(world, responded_at=MONDAY + timedelta(hours=hours), satisfaction="satisfied")
    request_of(world)
    request_of(world, addressee=world.finance, satisfaction="not")
    found = {row.organisation: row for row in response_by_department(Request.objects.all())}
    water, finance = found[world.water], found[world.finance]
    assert (water.requests, water.responded, water.median) == (4, 3, timedelta(hours=2))
    assert (finance.median, finance.rated, finance.satisfied) == (None, 1, 0)
    for person, status in ((world.mei, 200), (world.shui, 404), (world.cheng, 404)):
        client = Client()
        client.force_login(person)
        assert client.get(reverse("request_response")).status_code == status


def test_the_letter_to_a_department_is_a_word_file_that_names_the_matter(world: World) -> None:
    row = request_of(world)
    page = reverse("request_letter", args=[row.pk])
    client = Client()
    client.force_login(world.mei)
    refused = client.get(page, follow=True).content.decode()
    assert "请求对象部门、派单函文号和派单日期" in refused
    row.letter_number, row.letter_on = "永老促函〔2024〕3号", "2024-05-06"
    row.save()
    answer = client.get(page)
    written = "\n".join(one.text for one in read_docx(BytesIO(answer.content)).paragraphs)
    assert "2024年5月6日09时30分，我会收到村反映的加急事项" in written
    assert "地点在栲栳镇高市村：水管爆裂。" in written
    assert "于2024年5月9日前办理" in written
    assert client.get(page).content == answer.content
    row.letter_number = "没有文号"
    row.save()
    assert "文号" in client.get(page, follow=True).content.decode()
    for person in (world.lin, world.gao):
        client.force_login(person)
        assert client.get(page).status_code == 404
