"""（四）宣传: media, boards, lectures, subscriptions."""

import re
from itertools import groupby
from typing import Any

from laoqu.areas.publicity.models import MediaKind
from laoqu.reporting.ledger import Ledger
from laoqu.reporting.wording import Part, activity, day, entries, sentence

HEADING = "聚焦红色，做好宣传工作"
MAKING = {
    MediaKind.BOARD: "制作",
    MediaKind.VIDEO: "拍摄",
    MediaKind.COLLECTION: "编印",
    MediaKind.CONTEST: "举办",
}
TELLING = re.compile(r"(宣传|报道|刊发|刊登|发表|发布|推介|介绍|推送|播放|播出|展示|收入)")


def paragraphs(ledger: Ledger) -> list[list[Part]]:
    """Media one sentence a row; then lectures; then subscriptions."""
    placed = ledger.rows("media.rows", "host")
    lectures = ledger.rows("lectures.rows", "host", several=["places__parent"])
    ordered = ledger.rows("subscriptions.rows", "subscriber")
    return [
        [part for row in placed for part in media(ledger, row)],
        [part for row in lectures for part in lecture(ledger, row)],
        subscriptions(ledger, ordered),
    ]


def media(ledger: Ledger, row: Any) -> list[Part]:
    """…在《甲》、乙网宣传报道老区建设10余次; …制作板面《丙》3块."""
    outlets = "、".join(entries(row.outlets))
    head = [day(row.held_on), ledger.by(row.host)]
    count = ledger.count(row)
    if row.kind in MAKING:
        shown = f"，在{outlets}展示" if outlets else ""
        named = row.name
        if row.kind == MediaKind.BOARD and not re.search("[板版]面|展板|展览", named):
            named = f"板面{named}" if named.startswith("《") else f"{named}板面"
        return sentence(*head, MAKING[row.kind], named, count, shown, "。")
    where = f"在{outlets}" if outlets else ""
    if row.name.startswith("《"):
        return sentence(*head, row.name, where, "刊发", count, "。")
    told = row.name if TELLING.match(row.name) else f"宣传报道{row.name}"
    return sentence(*head, where, told, count, "。")


def lecture(ledger: Ledger, row: Any) -> list[Part]:
    """…在甲村开展“六进”活动，采取宣讲会、党课等形式，宣讲12场。"""
    where = ledger.where(row)
    forms = entries(row.forms)
    named = activity(row.name) if forms or "宣讲" in row.name else f"{row.name}宣讲"
    count = ledger.count(row)
    return sentence(
        day(row.held_on),
        ledger.by(row.host),
        f"在{where}" if where else "",
        "" if row.name in forms else f"开展{named}",
        "，" if row.name not in forms and (forms or count) else "",
        f"采取{'、'.join(forms)}等形式" if forms else "",
        "宣讲" if forms or count else "",
        count,
        "。",
    )


def subscriptions(ledger: Ledger, ordered: list[Any]) -> list[Part]:
    """某局完成订阅2025年《甲》150份、《乙》100份。"""

    def unit(row: Any) -> tuple[Any, ...]:
        return (ledger.by(row.subscriber), row.issue_year)

    written: list[Part] = []
    for (body, year), rows in groupby(sorted(ordered, key=unit), key=unit):
        written.append(f"{body}完成订阅{year}年")
        for index, row in enumerate(rows):
            written.append(f"{'、' if index else ''}《{row.periodical.strip('《》')}》")
            written.append(ledger.number(row, "copies", f"{row.copies}份"))
        written.append("。")
    return written
