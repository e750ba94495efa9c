"""The wording rules of official documents: dates, document numbers, heading marks, clean text.

Source: GB/T 9704-2012 (dates 7.3.5.4, numbers 7.2.5, levels 7.3.3), GB/T 15835-2011.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from itertools import takewhile
from unicodedata import east_asian_width


class DocumentError(ValueError):
    """Something in a document breaks a rule; the message is a Chinese sentence for the user."""


_DATE = re.compile(r"(\d{4})年([1-9]\d?)月([1-9]\d?)日")
_NUMBER = re.compile(r"\S+〔\d{4}〕[1-9]\d*号")
# What XML 1.0 cannot hold: control characters, half surrogates, two non-characters.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DIGITS = "零一二三四五六七八九"
_WIDE = frozenset("WFA")


def clean_text(text: str) -> str:
    """The text without characters that a file cannot hold; line ends become line feeds."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def utc_moment(moment: datetime) -> datetime:
    """A moment as file properties hold it, in UTC; one without a zone is taken as UTC."""
    in_utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return in_utc.replace(tzinfo=None, microsecond=0)


def width_in_characters(text: str) -> float:
    """The width of a line in full-width characters: digits and Latin letters count one half."""
    return sum(1.0 if east_asian_width(char) in _WIDE else 0.5 for char in text)


def date_text(day: date) -> str:
    """A date as official documents write it: 2024年1月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def parse_date(text: str) -> date:
    """The date that a text like 2024年1月30日 names; DocumentError for any other writing."""
    match = _DATE.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else _refuse_date(text)
    except ValueError:
        return _refuse_date(text)


def _refuse_date(text: str) -> date:
    raise DocumentError(f"日期“{text}”写法不对，请写成“2024年1月30日”这样，月和日前面不加0。")


def document_number(agency: str, year: int, serial: int) -> str:
    """发文字号 from the agency's short name, the year and the serial: 永老促发〔2025〕1号."""
    return check_document_number(f"{agency}〔{year}〕{serial}号")


def check_document_number(text: str) -> str:
    """The 发文字号 itself when it is well formed; DocumentError where it is not."""
    if not _NUMBER.fullmatch(text):
        raise DocumentError(
            f"发文字号“{text}”写法不对，请写成“永老促发〔2025〕1号”这样：年份用六角括号，"
            "序号不加“第”，前面不加0。"
        )
    return text


def chinese_number(value: int) -> str:
    """1 to 99 in Chinese numerals, as headings count."""
    if not 1 <= value <= 99:
        raise DocumentError(f"同一级标题有{value}个，超过99个，请合并一些标题。")
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def heading_mark(level: int, count: int) -> str:
    """The mark of the count-th heading of a level: 一、 （一） 1. （1）."""
    if level == 1:
        return f"{chinese_number(count)}、"
    if level == 2:
        return f"（{chinese_number(count)}）"
    return f"{count}." if level == 3 else f"（{count}）"


class HeadingCounter:
    """Counts headings by level; a deeper level starts again under each new heading."""

    def __init__(self) -> None:
        self._counts = [0, 0, 0, 0]

    def mark(self, level: int, text: str) -> str:
        """The mark of the next heading of this level; DocumentError where a level is left out."""
        if not 1 <= level <= 4:
            raise DocumentError(f"标题“{text}”的级别是{level}，公文标题只有1到4级，请改正。")
        reached = sum(1 for _ in takewhile(bool, self._counts))
        if level > reached + 1:
            raise DocumentError(
                f"标题“{text}”是第{level}级，前面没有第{level - 1}级标题，"
                f"请先写第{level - 1}级标题，或者把它改为第{reached + 1}级。"
            )
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        return heading_mark(level, self._counts[level - 1])
