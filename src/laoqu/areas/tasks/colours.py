"""The three colours of a task: 蓝 near its day, 黄 behind, 红 overdue.

How many days before is each office's own rule; an urgent task may start at yellow or red.
"""

from dataclasses import dataclass
from datetime import date, timedelta

BLUE_DAYS = 7
YELLOW_DAYS = 3
ALWAYS = date(1921, 1, 1)


@dataclass(frozen=True)
class ColourDays:
    """From which day a task is blue, yellow and red; None where never."""

    blue: date | None
    yellow: date | None
    red: date | None


def colour_days(last_day: date | None, urgency: str, rule: tuple[int, int]) -> ColourDays:
    """The days on which the colours of a task begin.

    Args:
        last_day: the last day on which the task is in time, if it has one.
        urgency: "normal", "urgent" (yellow from the start) or "top" (red from the start).
        rule: days before the last day from which the task is blue, and yellow.
    """
    blue_days, yellow_days = rule
    blue = last_day and last_day - timedelta(days=blue_days)
    yellow = last_day and last_day - timedelta(days=yellow_days)
    red = last_day and last_day + timedelta(days=1)
    if urgency == "urgent":
        yellow = ALWAYS
    if urgency == "top":
        red = ALWAYS
    return ColourDays(blue, yellow, red)
