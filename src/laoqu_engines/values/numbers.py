"""Numbers as offices write them: 21, ２１, 1,449, 二十, 两千四百多, 十余, 上百, 3.5万.

A number keeps its spelling and whether it was said to be approximate (余 多 近 约 …). The value is
the one named: 近百 and 百余 are both 100, approximate. 几十 and 数百 name no value and give
``None``, as do ranges (三四十, 20-30): nothing is made up.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_CHINESE = "零〇一二三四五六七八九两"
_MORE = "余多来几"
_ARABIC = r"[0-9０-９]+(?:[,，][0-9０-９]+)*(?:[.．点][0-9０-９]+)?"
ABOUT = "(?:大约|约为?|将近|接近|近|上|逾|超过?|达到?|不足|不到|至少|最多|累计|总计|共计?)"
NUMBER_PATTERN = rf"(?:{_ARABIC}|[{_CHINESE}十百千])(?:{_ARABIC}|[{_CHINESE}十百千万亿{_MORE}])*"
"""Finds a number in running text; what it finds may still be no number for ``parse_number``."""

_LONGEST = 24  # characters; longer figures are no amounts, and would exceed exact arithmetic
_TOO_LARGE = Decimal(10) ** 16
_EXACT = {"达", "达到", "累计", "总计", "共", "共计"}
_ABOUT = re.compile(rf"({ABOUT})*")
_TOKEN = re.compile(
    rf"[0-9]+(?:,[0-9]+)*(?:\.[0-9]+)?|[{_CHINESE}]+|[十百千万亿]|[{_MORE}]|(?P<bad>.)"
)


@dataclass(frozen=True)
class Number:
    """``value`` without 余/多/近 (then ``approximate``); ``doubt`` says what had to be guessed."""

    value: int | Decimal
    as_written: str
    approximate: bool = False
    doubt: str = ""


def parse_number(text: str) -> Number | None:
    """The number that the whole of ``text`` writes, or ``None`` where it names no value."""
    plain = plain_text(text)
    begin = _ABOUT.match(plain)
    words = begin.group() if begin else ""
    found = evaluate(plain[len(words) :], about=about(words))
    if found is None:
        return None
    value, vague, doubt = found
    whole = int(value) if value == value.to_integral_value() else value
    return Number(whole, text, vague or about(words), doubt)


def plain_text(text: str) -> str:
    """Half-width, without blanks; 3点5 becomes 3.5."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"(?<=[0-9])点(?=[0-9])", ".", plain)


def about(words: str) -> bool:
    """Whether the words before a number make it approximate (达 and 共 do not)."""
    return bool(words) and any(word not in _EXACT for word in re.findall(ABOUT, words))


def evaluate(plain: str, *, about: bool = False) -> tuple[Decimal, bool, str] | None:
    """Value, whether 余/多/几 was said, and doubt, of a number in ``plain_text`` spelling.

    ``about`` says that 约/近/上 stood before it, which lets 百, 千, 万 stand for one of themselves.
    """
    tokens = list(_TOKEN.finditer(plain))
    if not 0 < len(plain) <= _LONGEST or any(token["bad"] for token in tokens):
        return None
    words = [token.group() for token in tokens]
    vague = any(word in _MORE for word in words)
    if words[0] in _MORE or (words[0] in "百千万亿" and not (about or vague)):
        return None
    sums = _Sums()
    doubts = [doubt for word in words if (doubt := sums.take(word))]
    value = sums.total()
    if sums.broken or value >= _TOO_LARGE:
        return None
    return value, vague, "".join(doubts)


class _Sums:
    """Adds up a number written in digits and 十百千万亿, from the left."""

    def __init__(self) -> None:
        self.high = self.mid = self.low = Decimal(0)
        self.number: Decimal | None = None
        self.last = 0  # the unit before the number in hand; 0 at the beginning or after 零
        self.chinese = 0  # digits of the Chinese number in hand
        self.after_more = self.broken = False
        self.empty = True

    def take(self, word: str) -> str:
        if word in _MORE:
            self.broken |= self.after_more or self.empty
            self.after_more = True
            return ""
        doubt = ""
        if word in _SMALL or word in _LARGE:
            self._unit(word)
        else:
            self.broken |= self.after_more or self.number is not None
            doubt = self._digits(word)
        self.empty = False
        return doubt

    def _digits(self, word: str) -> str:
        if word[0] in _DIGITS:
            body = word.lstrip("零〇") if self.last else word
            if len(body) < len(word):
                self.last = 0
            self.chinese = len(body)
            self.number = Decimal("".join(str(_DIGITS[char]) for char in body) or "0")
            return ""
        self.chinese = 0
        self.number, doubt = _arabic(word)
        self.broken |= self.number is None
        return doubt

    def _unit(self, word: str) -> None:
        self.broken |= self.chinese > 1  # 三四十: a range
        if word in _LARGE:
            bare = self.empty and self.number is None  # 万余元
            self._large(_LARGE[word], Decimal(1) if bare else self.low + (self.number or 0))
        else:
            self.broken |= self.after_more or 0 < self.last <= _SMALL[word]
            self.low += (1 if self.number is None else self.number) * _SMALL[word]
            self.last = _SMALL[word]
        self.number, self.chinese, self.after_more = None, 0, False

    def _large(self, unit: int, amount: Decimal) -> None:
        if unit == _LARGE["亿"]:
            self.high, self.mid = self.high + (self.mid + amount) * unit, Decimal(0)
        else:
            self.broken |= self.mid > 0
            self.mid = amount * unit
        self.low, self.last = Decimal(0), unit

    def total(self) -> Decimal:
        rest = self.number or Decimal(0)
        if self.last > 10 and self.chinese == 1:
            rest *= self.last // 10  # 两千四 is 2400, 一万五 is 15000
        return self.high + self.mid + self.low + rest


def _arabic(word: str) -> tuple[Decimal | None, str]:
    """1,449 has a thousands comma; 3,5 and 0,125 have a comma where the point should be."""
    head, *groups = word.split(",")
    if not groups:
        return Decimal(word), ""
    last = groups[-1].split(".")[0]
    if all(len(group) == 3 for group in [*groups[:-1], last]) and 0 < len(head.lstrip("0")) <= 3:
        return Decimal(word.replace(",", "")), ""
    if len(groups) == 1 and "." not in word:
        return Decimal(f"{head}.{groups[0]}"), f"“{word}”里的逗号当作小数点来读，请核对。"
    return None, ""
