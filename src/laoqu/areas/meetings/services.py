"""What is seen over the recurring meetings: which is due when."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q

from laoqu.access.rules import rows
from laoqu.areas.meetings.models import MeetingSeries
from laoqu.register.models import State
from laoqu_engines.values.period import Period


@dataclass(frozen=True)
class Reminder:
    """A recurring meeting that is due by a day, or over it; `last` is in words."""

    series: MeetingSeries
    due_on: date
    last: str
    overdue: bool


def reminders(user: object, today: date) -> list[Reminder]:
    """The recurring meetings to prepare now, the most urgent first."""
    going = rows(user, MeetingSeries).filter(ended_on="").exclude(state=State.VOID)
    held = Q(meetings__state=State.REVIEWED)
    found = []
    for series in going.annotate(last_on=Max("meetings__held_on", filter=held)):
        last = Period.parse(series.last_on) if series.last_on else None
        due_on = next_due(series, last)
        if due_on - timedelta(days=series.remind_days) <= today:
            words = last.chinese() if last else ""
            found.append(Reminder(series, due_on, words, overdue=due_on < today))
    return sorted(found, key=lambda reminder: (reminder.due_on, reminder.series.code))


def next_due(series: MeetingSeries, last: Period | None) -> date:
    """The day by which the next meeting is to be held: the first day set, or one period on."""
    if last is None:
        first = Period.parse(series.first_on)
        assert first is not None
        return first.last_day()
    return months_after(last.last_day(), series.every)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
