"""Recurring meetings are reminded of; what was decided is clear; the minutes are a Word file."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.meetings.models import Meeting, MeetingSeries, Resolution
from laoqu.areas.meetings.services import months_after, reminders


def series(world: World, **changes: Any) -> MeetingSeries:
    given = {"name": "季度座谈", "every": 3, "first_on": "2026-03", **changes}
    return MeetingSeries.objects.create(association=world.yongji, year=2026, **given)


def meeting(world: World, **changes: Any) -> Meeting:
    given = {"year": 2026, "name": "联席会议", "held_on": "2026-03-10", **changes}
    return Meeting.objects.create(association=world.yongji, **given)


@pytest.mark.parametrize(
    ("held", "today", "due"),
    [
        ((), date(2026, 3, 16), None),
        ((), date(2026, 3, 17), date(2026, 3, 31)),
        (("2026-03-10",), date(2026, 5, 26), None),
        (("2026-03-10",), date(2026, 5, 27), date(2026, 6, 10)),
        (("2026-03-10", "2026-06-02"), date(2026, 6, 10), None),
        (("2025-11-30",), date(2026, 2, 20), date(2026, 2, 28)),
    ],
)
def test_a_recurring_meeting_is_reminded_of_two_weeks_before(
    held: tuple[str, ...], today: date, due: date | None, world: World
) -> None:
    row = series(world)
    for held_on in held:
        meeting(world, series=row, held_on=held_on)
    assert [reminder.due_on for reminder in reminders(world.mei, today)] == ([due] if due else [])


def test_a_draft_of_a_meeting_does_not_count_as_held_and_an_ended_series_is_quiet(
    world: World,
) -> None:
    row = series(world)
    meeting(world, series=row, state="draft", held_on="2026-04-10")
    series(world, name="停办的", ended_on="2025")
    [reminder] = reminders(world.mei, date(2026, 4, 20))
    assert reminder.overdue
    assert reminders(world.lin, date(2026, 4, 20)) == []


def test_months_are_counted_to_the_last_day_of_short_months() -> None:
    assert months_after(date(2024, 8, 31), 6) == date(2025, 2, 28)
    assert months_after(date(2023, 2, 28), 12) == date(2024, 2, 28)


def test_a_reminder_leads_to_the_form_with_the_series_filled_in(world: World) -> None:
    row = series(world, first_on="2020-01")
    client = Client()
    client.force_login(world.mei)
    page = client.get(reverse("meeting_reminders")).content.decode()
    assert f"?series={row.pk}&amp;name=" in page


def test_more_cannot_come_than_were_called(world: World) -> None:
    row = meeting(world, expected=20, count=21)
    with pytest.raises(ValidationError, match="实到的比应到的多"):
        row.full_clean()


def test_a_resolution_with_a_demand_is_always_chased(world: World) -> None:
    row = Resolution(
        association=world.yongji,
        code="x",
        year=2026,
        meeting=meeting(world),
        content="修路",
        due_on="2026-06",
        chased=False,
    )
    with pytest.raises(ValidationError, match="需要督办"):
        row.full_clean()


def test_the_minutes_are_a_word_file_with_decisions_and_attendance(world: World) -> None:
    row = meeting(
        world,
        minutes_number=3,
        minutes_on="2026-03-12",
        location="市老促会会议室",
        chair="会长",
        expected=20,
        count=18,
        agenda="研究修路\n研究送戏",
        attendees="甲单位\n乙单位",
        absent="丙单位",
    )
    decision = Resolution.objects.create(
        association=world.yongji,
        year=2026,
        meeting=row,
        content="修好进村路。",
        lead=world.water,
        due_on="2026-06",
    )
    decision.partners.set([world.finance])
    client = Client()
    client.force_login(world.mei)
    answer = client.get(reverse("meeting_minutes", args=[row.pk]))
    text = "\n".join(p.text for p in docx.Document(BytesIO(answer.content)).paragraphs)
    assert "2026年3月10日，会长在市老促会会议室主持召开联席会议。应到20人，实到18人。" in text
    assert "1.修好进村路。（主办：永济市水利局；协办：永济市财政局；时限：2026年6月）" in text
    assert "甲单位、乙单位" in text
    again = client.get(reverse("meeting_minutes", args=[row.pk]))
    assert again.content == answer.content


def test_minutes_without_number_or_day_say_what_to_fill_in(world: World) -> None:
    row = meeting(world, held_on="2026-03", minutes_number=1)
    client = Client()
    client.force_login(world.mei)
    answer = client.get(reverse("meeting_minutes", args=[row.pk]), follow=True)
    assert "纪要期号" in answer.content.decode()
    client.force_login(world.lin)
    assert client.get(reverse("meeting_minutes", args=[row.pk])).status_code == 404
