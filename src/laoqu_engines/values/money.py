"""Money in integer fen: read from what offices write, and shown as they write it.

``parse_money("1449万元").fen == 1_449_000_000``. Displays are exact: ``wan_yuan`` never rounds.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from laoqu_engines.values.numbers import ABOUT, NUMBER_PATTERN, about, evaluate, plain_text

Unit = Literal["元", "万元", "亿元"]
FEN_PER: dict[Unit, int] = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}
MONEY_PATTERN = rf"(?:{ABOUT}*(?:人民币)?(?:{NUMBER_PATTERN}|[万亿](?=[余多]))\s*[多余]?[元圆块])"
"""Finds an amount with its 元 in running text (N万 without 元 is for the caller to decide)."""

_MONEY = re.compile(
    rf"(?P<sign>-)?(?:人民币|RMB|[¥￥])?(?P<about>{ABOUT}*)(?:人民币|RMB|[¥￥])?"
    r"(?P<number>[^元圆块人]+?)(?P<yuan>元|圆|块钱?|人民币)?(?:人民币)?(?P<after>多|余|左右|上下|以上)?[整正]?"
)


@dataclass(frozen=True)
class Amount:
    """``fen`` without 余/多/近 (then ``approximate``); ``doubt``: a Chinese sentence, or empty."""

    fen: int
    as_written: str
    approximate: bool = False
    doubt: str = ""


def parse_money(text: str, *, unit: Unit | None = None) -> Amount | None:
    """The amount that the whole of ``text`` writes, or ``None`` where it states none.

    ``unit`` is what a heading or column says (“单位：万元”) for texts that name no unit of their
    own; without it a bare number is no amount. “—”, “无”, “几十万元” and ranges give ``None``.
    """
    match = _MONEY.fullmatch(plain_text(text).replace("圓", "圆"))
    if match is None:
        return None
    number = match["number"]
    found = evaluate(number, about=about(match["about"]))
    if found is None:
        return None
    value, vague, doubt = found
    if match["yuan"] is None and not re.search("[万亿]", number):
        if unit is None:
            return None
        value *= FEN_PER[unit] // 100
    fen = (value * 100).quantize(Decimal(1), ROUND_HALF_UP)
    approximate = vague or bool(match["after"]) or about(match["about"]) or fen != value * 100
    return Amount(int(fen) * (-1 if match["sign"] else 1), text, approximate, doubt)


def yuan(fen: int) -> Decimal:
    """Yuan with two decimals, for cells and forms."""
    return Decimal(fen).scaleb(-2)


def from_yuan(amount: Decimal | int) -> int:
    """Fen of an amount in yuan; a part of a fen is an error, never rounded away."""
    fen = Decimal(amount) * 100
    if fen != fen.to_integral_value():
        raise ValueError(f"金额 {amount} 元不到分，请改成最多两位小数。")
    return int(fen)


def wan(fen: int) -> Decimal:
    """万元 without needless zeros, for columns headed “单位：万元”."""
    value = Decimal(fen).scaleb(-6).normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def wan_yuan(fen: int) -> str:
    """``1449万元``, ``0.5万元``: exact, no thousands separator, as prose writes it."""
    return f"{wan(fen):f}万元"
