"""（五）自身建设: trainings, meetings, honours."""

import re
from itertools import groupby
from typing import Any

from laoqu.areas.organisations.models import Kind
from laoqu.reporting.ledger import Ledger
from laoqu.reporting.wording import Part, day, sentence

HEADING = "固本强基，加强自身建设"
TOUR = re.compile(r"(?:外出)?(瞻仰|参观|学习|考察|观摩|缅怀|祭扫)")


def paragraphs(ledger: Ledger) -> list[list[Part]]:
    """Trainings, meetings, honours, one paragraph each."""
    trainings = ledger.rows("trainings.rows", "host", several=["places__parent"])
    meetings = ledger.rows("meetings.rows", "host", several=["places__parent"])
    honours = ledger.rows("awards.rows", "receiver")
    return [
        [part for row in trainings for part in training(ledger, row)],
        [part for row in meetings for part in meeting(ledger, row)],
        awards(ledger, honours),
    ]


def training(ledger: Ledger, row: Any) -> list[Part]:
    """…组织人员赴某纪念馆参观学习; …在某镇举办果树修剪培训班，培训50人."""
    where = ledger.where(row)
    count = ledger.count(row)
    head = [day(row.held_on), ledger.by(row.host)]
    if TOUR.match(row.name):
        away = row.name.removeprefix("外出") if where else row.name
        told = [f"组织人员赴{where}" if where else "组织人员", away]
        return sentence(*head, *told, *(["，参加", count] if count else []), "。")
    course = row.name if re.search(r"(班|培训|讲座|会)$", row.name) else f"{row.name}培训班"
    told = [f"在{where}" if where else "", f"举办{course}"]
    return sentence(*head, *told, *(["，培训", count] if count else []), "。")


def meeting(ledger: Ledger, row: Any) -> list[Part]:
    """…召开…会议，31人参加; 出席…在…召开的…会议."""
    where = ledger.where(row)
    count = ledger.count(row)
    name = row.name if row.name.endswith("会") or "会议" in row.name else f"{row.name}会议"
    own = row.host is None or row.host.kind == Kind.ASSOCIATION
    held = [ledger.by(row.host), f"在{where}" if where else "", f"召开{'' if own else '的'}"]
    return sentence(
        day(row.held_on),
        "" if own else "出席",
        *held,
        name,
        *(["，", count, "参加"] if count else []),
        "。",
    )


def awards(ledger: Ledger, honours: list[Any]) -> list[Part]:
    """某会荣获甲奖、乙称号。"""

    def receiver(row: Any) -> str:
        return ledger.by(row.receiver)

    written: list[Part] = []
    for body, rows in groupby(sorted(honours, key=receiver), key=receiver):
        named = "、".join(_from(row) for row in rows)
        written.append(f"{body}荣获{named}。")
    return written


def _from(row: Any) -> str:
    return f"{row.giver}授予的{row.name}" if row.giver and row.giver not in row.name else row.name
