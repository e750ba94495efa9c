"""Plain official wording for what rows hold: money, counts, lists, dates, works."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from laoqu_engines.document import Run
from laoqu_engines.values.money import parse_money, wan_yuan
from laoqu_engines.values.period import Period

Part = str | Run
VERBS = re.compile(
    "建设|修建|[新改扩重]建|建[成立]|改造|提升|[硬绿亮美净]化|铺设|安装|加装|配[套备置]|购[置买]|增[设添]|添置|更换|"
    "改善|整治|治理|维修|修[缮复]|翻新|粉刷|拓宽|加固|架设|疏通|清[理淤]|实施|开展|发展|种植|栽植|养殖|推广|引进|"
    "开发|打[造井]|制作|设立|举办|完善|保护|布展|扩大|搬迁|支持|扶持|帮助|资助|救助|慰问|解决|[办修建购对为打]"
)
TEN_THOUSAND = 1_000_000
"""万元 in fen."""


def money(row: Any) -> str:
    """An amount as a report writes it: 万元 to four decimals, smaller or finer sums in 元."""
    fen = int(row.amount * 100)
    if row.approximate:
        written = parse_money(row.amount_as_written)
        if written is not None and written.fen == fen and written.approximate:
            return row.amount_as_written
        return f"约{_exact(fen)}"
    return _exact(fen)


def _exact(fen: int) -> str:
    if fen % 100 or fen < TEN_THOUSAND:
        return f"{_plain(Decimal(fen) / 100)}元"
    return wan_yuan(fen)


def counted(count: Decimal, unit: str, approximate: bool = False) -> str:
    """A count with its unit: 21场, 20余项."""
    number = _plain(count)
    if not approximate:
        return f"{number}{unit}"
    return f"{number}余{unit}" if "." not in number else f"约{number}{unit}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(text: str) -> str:
    """A date at the head of a sentence, “2024年1月30日，”; nothing for a mere year."""
    period = Period.parse(text) if text else None
    return f"{period.chinese()}，" if period and period.month else ""


def entries(text: str) -> list[str]:
    """The lines of a field with one entry a line, without closing punctuation."""
    found = (line.strip().rstrip("。；;，,、") for line in text.splitlines())
    return [line for line in found if line]


def activity(name: str) -> str:
    """The name of an activity with 活动 at its end."""
    return name if re.search(r"(活动|行动|工作|慰问)$", name) else f"{name}活动"


def begins_with_verb(work: str) -> bool:
    """Whether a work is written as an action (铺设柏油路) and not as a thing (柏油路)."""
    return VERBS.match(work) is not None


def works(items: Sequence[str]) -> str:
    """Works as one predicate: 建设康养小院、农贸市场; 铺设柏油路."""
    if not items:
        return ""
    listed = "、".join(items)
    if items[0].endswith("好事") and not begins_with_verb(items[0]):
        return f"办{listed}"
    return listed if begins_with_verb(items[0]) else f"建设{listed}"


def sentence(*parts: Part | None) -> list[Part]:
    """The parts that are there."""
    return [part for part in parts if part]
