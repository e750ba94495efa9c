"""（一）“双送”: relief visits and performances."""

from typing import Any

from laoqu.reporting.ledger import Ledger
from laoqu.reporting.wording import Part, activity, counted, day, entries, sentence

HEADING = "心系群众，开展“双送”活动"


def paragraphs(ledger: Ledger) -> list[list[Part]]:
    """One paragraph for all visits, one for all performances."""
    visits = ledger.rows("visits.rows", "host", several=["places__parent"])
    shows = ledger.rows("performances.rows", "host", several=["places__parent"])
    return [
        [part for row in visits for part in visit(ledger, row)],
        [part for row in shows for part in performance(ledger, row)],
    ]


def visit(ledger: Ledger, row: Any) -> list[Part]:
    """…深入甲村、乙村开展春节送温暖活动，慰问困难群众20户，送去大米、食油。"""
    where = ledger.where(row)
    goods = "、".join(entries(row.goods))
    return sentence(
        day(row.held_on),
        ledger.by(row.host),
        f"深入{where}" if where else "",
        f"开展{activity(row.name)}",
        f"，慰问{row.recipients}" if row.recipients or row.count is not None else "",
        ledger.count(row),
        f"，送去{goods}" if goods else "",
        "。",
    )


def performance(ledger: Ledger, row: Any) -> list[Part]:
    """…组织某剧团深入甲村、乙村演出戏剧21场。"""
    where = ledger.where(row)
    plays = "、".join(entries(row.plays))
    return sentence(
        day(row.held_on),
        ledger.by(row.host),
        f"组织{row.troupe or '文艺工作者'}",
        f"深入{where}" if where else "",
        "演出戏剧" if row.count is not None else f"开展{activity(row.name)}",
        ledger.number(row, "count", counted(row.count, row.unit or "场", row.approximate))
        if row.count is not None
        else None,
        f"，剧目有{plays}" if plays else "",
        "。",
    )
