"""（二）牵线搭桥: one sentence per contribution."""

from typing import Any

from laoqu.areas.contributions.models import Kind, Stage
from laoqu.reporting.ledger import Ledger
from laoqu.reporting.wording import Part, counted, day, entries, money, sentence, works

HEADING = "牵线搭桥，助力老区发展"
GIVING = {Stage.ALLOCATED: "下达资金", Stage.ARRIVED: "到位资金", Stage.SPENT: "支出资金"}


def paragraphs(ledger: Ledger) -> list[list[Part]]:
    """The total, the lines with money, help without a stated sum, donations."""
    several = ["places__parent"]
    lines = ledger.rows("contributions.lines", "funder", "broker", several=several)
    in_kind = ledger.rows("contributions.in_kind", "funder", "broker", several=several)
    gifts = ledger.rows("donations.lines", "funder", "broker", several=several)
    return [
        total(ledger) if len(lines) > 1 else [],
        [part for row in lines for part in funding(ledger, row)],
        [part for row in in_kind for part in help_in_kind(ledger, row)],
        [part for row in gifts for part in donation(ledger, row)],
    ]


def total(ledger: Ledger) -> list[Part]:
    """2024年，11个单位共投资7815万元，惠及25个老区村。"""
    return [
        f"{ledger.year}年，",
        ledger.figure("contributions.funders"),
        "单位共投资",
        ledger.figure("contributions.amount"),
        "，惠及",
        ledger.figure("contributions.villages"),
        "老区村。",
    ]


def funding(ledger: Ledger, row: Any) -> list[Part]:
    """某局投资80万元，为甲村、乙村改造提升党群服务中心。"""
    return sentence(
        day(row.given_on),
        _brokered(row),
        ledger.by(row.funder),
        GIVING.get(row.stage, "投资"),
        ledger.number(row, "amount", money(row)),
        *_purpose(ledger, row, "，"),
        "。",
    )


def help_in_kind(ledger: Ledger, row: Any) -> list[Part]:
    """某局为甲村铺设柏油路3公里。"""
    given = row.kind == Kind.DONATION
    return sentence(
        day(row.given_on),
        _brokered(row),
        ledger.by(row.funder),
        *([f"向{ledger.where(row)}捐赠", *_works(ledger, row)] if given else _purpose(ledger, row)),
        "。",
    )


def donation(ledger: Ledger, row: Any) -> list[Part]:
    """某公司向甲村捐赠10万元，用于建设文化广场。"""
    where = ledger.where(row)
    done = _works(ledger, row)
    return sentence(
        day(row.given_on),
        _brokered(row),
        ledger.by(row.funder),
        f"向{where}" if where else "",
        "捐赠",
        ledger.number(row, "amount", money(row)),
        *(["，用于", *done] if done else []),
        "。",
    )


def _brokered(row: Any) -> str:
    return f"经{row.broker.name}协调，" if row.broker else ""


def _purpose(ledger: Ledger, row: Any, lead: str = "") -> list[Part]:
    """For whom and what; villages that the works name themselves are not named twice."""
    done = _works(ledger, row)
    named = all(place.name in row.works for place in row.places.all())
    where = "" if named and done else ledger.where(row)
    if not done:
        return [f"{lead}用于{where}"] if where else []
    return [f"{lead}为{where}" if where else lead, *done]


def _works(ledger: Ledger, row: Any) -> list[Part]:
    """The works with their count, unless they state it themselves."""
    items = entries(row.works)
    if row.count is None:
        return [works(items)] if items else []
    count = counted(row.count, row.unit, row.count_approximate)
    if any(count in item for item in items):
        return [works(items)]
    number = ledger.number(row, "count", count)
    return [works(items) or "办实事", "共" if len(items) > 1 else "", number]
