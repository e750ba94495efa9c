"""（三）调研建议: surveys with their reports, and the proposals that came of them."""

import re
from typing import Any

from laoqu.reporting.ledger import Ledger
from laoqu.reporting.wording import Part, counted, day, entries, sentence
from laoqu_engines.document import chinese_number

HEADING = "深入调研，积极建言献策"


def paragraphs(ledger: Ledger) -> list[list[Part]]:
    """One paragraph a survey with its proposals, then the proposals that stand alone."""
    surveys = ledger.rows("surveys.rows", "host", several=["places__parent"])
    proposals = ledger.rows("recommendations.rows", "proposer")
    written = []
    for row in surveys:
        own = [p for p in proposals if p.survey_id == row.pk]
        found = [
            *survey(ledger, row),
            *(["。", *proposed(own)] if own else []),
        ]
        written.append([*found, "。"])
    known = {row.pk for row in surveys}
    alone = [p for p in proposals if p.survey_id not in known]
    bodies = dict.fromkeys(p.proposer for p in alone)
    for body in bodies:
        own = [p for p in alone if p.proposer == body]
        written.append([ledger.by(body), *proposed(own), "。"])
    return written


def survey(ledger: Ledger, row: Any) -> list[Part]:
    """…联合某局深入甲村，围绕职业教育发展情况开展调研，撰写《…》"""
    where = ledger.where(row)
    reports = "、".join(_titled(title) for title in entries(row.reports))
    return sentence(
        day(row.held_on),
        ledger.by(row.host),
        f"联合{row.partners}" if row.partners else "",
        f"深入{where}" if where else "",
        "，" if where or row.partners else "",
        f"围绕{re.sub(r'(进行|做|开展)了?$', '', row.topic)}开展调研",
        f"，撰写{reports}" if reports else "",
        ledger.number(row, "count", counted(row.count, row.unit, row.approximate))
        if row.count is not None
        else None,
    )


def _titled(title: str) -> str:
    return title if "《" in title else f"《{title}》"


def proposed(proposals: list[Any]) -> list[Part]:
    """提出了“甲，乙”2条建议; longer ones are numbered: 提出建议：一是…；二是…."""
    contents = [row.content.strip().rstrip("。；;") for row in proposals]
    if any(re.search(r"[，。；、“”]", text) for text in contents):
        marks = [chinese_number(number) for number in range(1, len(contents) + 1)]
        listed = [f"{mark}是{text}" for mark, text in zip(marks, contents, strict=True)]
        return [f"提出建议：{'；'.join(listed)}"]
    number = f"{len(contents)}条" if len(contents) > 1 else "的"
    return [f"提出了“{'，'.join(contents)}”{number}建议"]
