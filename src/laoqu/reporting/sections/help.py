"""（二）牵线搭桥: one sentence per contribution."""

from typing import Any

from laoqu.areas.contributions.models import Kind, Stage
from laoqu.reporting.ledger import Ledger
from laoqu.reporting.wording import Part, counted, day, entries, money, sentence, works
from laoqu_engines.document import Run

HEADING = "牵线搭桥，助力老区发展"
GIVING = {
    Stage.ALLOCATED: "下达资金",
    Stage.PAID: "拨付资金",
    Stage.ARRIVED: "到位资金",
    Stage.SPENT: "支出资金",
}


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
        [*given(ledger, len(gifts)), *(part for row in gifts for part in donation(ledger, row))],
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


def given(ledger: Ledger, count: int) -> list[Part]:
    """社会各界共捐赠12万元; nothing where one sentence says it all."""
    if count < 2:
        return []
    return ["社会各界共捐赠", ledger.figure("donations.amount"), "。"]


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
    """某局为甲村铺设柏油路3公里; 某公司为甲村捐赠健身器材10套."""
    gift = row.kind == Kind.DONATION
    return sentence(
        day(row.given_on),
        _brokered(row),
        ledger.by(row.funder),
        *(_gift(ledger, row) if gift else _purpose(ledger, row)),
        "。",
    )


def donation(ledger: Ledger, row: Any) -> list[Part]:
    """某公司捐赠10万元，为甲村建设文化广场。"""
    return sentence(
        day(row.given_on),
        _brokered(row),
        ledger.by(row.funder),
        "捐赠",
        ledger.number(row, "amount", money(row)),
        *_purpose(ledger, row, "，"),
        "。",
    )


def _gift(ledger: Ledger, row: Any) -> list[Part]:
    items = "、".join(entries(row.works)) or "物资"
    number = [] if row.count is None else [_number(ledger, row)]
    return [f"为{ledger.where(row)}捐赠{items}", *number]


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
    number = _number(ledger, row)
    if any(number.text in item for item in items):
        return [works(items)]
    return [works(items) or "办实事", "共" if len(items) > 1 else "", number]


def _number(ledger: Ledger, row: Any) -> Run:
    return ledger.number(row, "count", counted(row.count, row.unit, row.count_approximate))
