"""The clock of a request: working days, and time in words.

Defaults after a municipal 12345 rule: emergencies the same day, urgent matters three working days.
Working days are Monday to Friday; days off moved by the yearly notice are not known here.
"""

from datetime import date, timedelta

DAYS = {"top": 0, "urgent": 3}


def deadline(received: date, working_days: int) -> date:
    """The last day to finish: so many working days on; with none, the very day."""
    day = received
    while working_days:
        day += timedelta(days=1)
        working_days -= day.weekday() < 5
    return day


def spent(time: timedelta) -> str:
    """“2 天 3 小时”, “3 小时 5 分”, “40 分”."""
    minutes = int(time.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days} 天 {hours} 小时"
    return f"{hours} 小时 {rest} 分" if hours else f"{rest} 分"
