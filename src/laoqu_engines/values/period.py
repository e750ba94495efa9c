"""Dates that are as precise as they were given: 2024, 2024-04 or 2024-01-30.

The ISO text of a period sorts as the period does, so a database may keep and order the text.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering
from typing import Literal, Self

from laoqu_engines.values.numbers import parse_number

Precision = Literal["year", "month", "day"]

_NUMBER = "[0-9〇零一二三四五六七八九十]{1,3}"
_CHINESE = re.compile(
    r"(?:(?P<year>[0-9]{4}|[一二三四五六七八九〇零]{4})年度?)?"
    rf"(?:(?P<month>{_NUMBER})月份?(?:(?P<day>{_NUMBER})[日号]?)?)?"
    r"(?P<part>[年月]?[底末初]|[上中下]旬|[上下]半年|第?[一二三四1-4]季度)?"
)
_PLAIN = re.compile(
    r"(?P<year>[0-9]{4})(?:[-./](?P<month>[0-9]{1,2})(?:[-./](?P<day>[0-9]{1,2}))?)?"
    r"(?:[T ]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)
_COMPACT = re.compile(r"(?P<year>[12][0-9]{3})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_EXCEL_ZERO = date(1899, 12, 30)  # serial 1 is 1900-01-01 and 60 the day that never was
_FIRST_SERIAL, _LAST_SERIAL = 61, 73050  # 1900-03-01 .. 2099-12-31


@total_ordering
@dataclass(frozen=True)
class Period:
    """A year, a month of a year, or a day. A coarser period sorts before the finer ones in it."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        date(self.year, self.month or 1, self.day or 1)
        if self.day is not None and self.month is None:
            raise ValueError("写了日就要写月。")

    @classmethod
    def parse(cls, text: str, *, year: int | None = None) -> Self | None:
        """The period that the whole of ``text`` writes, or ``None``.

        ``year`` completes texts without one (“4月”, “1月30日”, “年底”). 年底, 上旬 and the like
        leave the year or month they are part of: 2025年底 is 2025.
        """
        plain = unicodedata.normalize("NFKC", text).strip()
        squeezed = re.sub(r"\s", "", plain)
        match = _PLAIN.fullmatch(plain) or _COMPACT.fullmatch(plain) or _CHINESE.fullmatch(squeezed)
        if match is None:
            return None
        parts = match.groupdict()
        try:
            of_year = _whole(parts["year"]) or year
            month, day = _whole(parts["month"]), _whole(parts["day"])
            if of_year is None or not (parts["year"] or month or _of_a_year(parts.get("part"))):
                return None
            return cls(of_year, month, day)
        except ValueError:
            return None

    @classmethod
    def from_excel_serial(cls, serial: float) -> Self | None:
        """The day of an Excel date number (45730 is 2025-03-14); outside 1900..2099 ``None``."""
        if not _FIRST_SERIAL <= serial < _LAST_SERIAL + 1:
            return None
        return cls.from_date(_EXCEL_ZERO + timedelta(days=int(serial)))

    @classmethod
    def from_date(cls, day: date) -> Self:
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        return "day" if self.day else "month" if self.month else "year"

    def first_day(self) -> date:
        """The first day within the period."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The last day within the period."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def iso(self) -> str:
        """``2024``, ``2024-04`` or ``2024-01-30``."""
        tail = "".join(f"-{part:02}" for part in (self.month, self.day) if part)
        return f"{self.year:04}{tail}"

    def chinese(self) -> str:
        """``2024年``, ``2024年4月`` or ``2024年1月30日``, as GB/T 9704 writes dates."""
        month = f"{self.month}月" if self.month else ""
        return f"{self.year}年{month}" + (f"{self.day}日" if self.day else "")

    def contains(self, other: "Period") -> bool:
        """Whether ``other`` lies within this period."""
        return other.iso().startswith(self.iso())

    def __str__(self) -> str:
        return self.iso()

    def __lt__(self, other: "Period") -> bool:
        return self.iso() < other.iso()


def _of_a_year(part: str | None) -> bool:
    """Whether “年底”, “上半年” or “一季度” alone names a part of a year."""
    return part is not None and ("年" in part or "季度" in part)


def _whole(text: str | None) -> int | None:
    if not text:
        return None
    number = parse_number(text)
    if number is None or not isinstance(number.value, int) or number.value == 0:
        raise ValueError(text)
    return number.value
