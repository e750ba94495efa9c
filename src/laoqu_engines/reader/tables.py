"""A table of projects inside a document: every row a funding fact, by the names of its columns.

A table is a run of lines whose cells are set apart by tabs (as ``documents`` writes them), with a
header that names a sum and a place, a project or a body.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from laoqu_engines.reader.context import Actor, Context
from laoqu_engines.reader.draft import Draft
from laoqu_engines.reader.facts import Confidence
from laoqu_engines.reader.marks import within
from laoqu_engines.reader.mentions import Amount
from laoqu_engines.reader.works import leading
from laoqu_engines.values.money import parse_money

_COLUMNS = {
    "amount": re.compile(r"金额|资金|投资|投入|万元|补助|经费"),
    "place": re.compile(r"地点|地址|所在|受益村|村名|乡镇|村$|社区$|^受益"),
    "actor": re.compile(r"单位|部门|出资|帮扶方|责任"),
    "work": re.compile(r"项目|内容|工程|名称|用途"),
    "count": re.compile(r"规模|数量"),
}
_TOTAL_ROW = re.compile(r"合计|总计|小计|共计")


@dataclass(frozen=True)
class Table:
    """``[start, end)`` with the role of each column, None where it has none, and the cells."""

    start: int
    end: int
    roles: tuple[str | None, ...]
    wan: bool
    rows: tuple[tuple[tuple[int, int], ...], ...]


def tables(text: str) -> list[Table]:
    """The tables of a view's text that name a sum and something it was for."""
    found = []
    for lines in _runs(text):
        head = next((i for i, line in enumerate(lines[:3]) if _is_head(text, line)), None)
        if head is None:
            continue
        roles = _roles(text, lines[head])
        start, end = lines[0][0][0], lines[-1][-1][1]
        above = text[max(0, start - 60) : lines[head][-1][1]]
        found.append(Table(start, end, roles, "万元" in above, tuple(lines[head + 1 :])))
    return found


def _runs(text: str) -> Iterator[list[tuple[tuple[int, int], ...]]]:
    """Runs of lines with tabs, each line as the offsets of its cells."""
    run: list[tuple[tuple[int, int], ...]] = []
    begin = 0
    for line in text.split("\n"):
        if "\t" in line:
            cells, at = [], begin
            for cell in line.split("\t"):
                cells.append((at, at + len(cell)))
                at += len(cell) + 1
            run.append(tuple(cells))
        elif run:
            yield run
            run = []
        begin += len(line) + 1
    if run:
        yield run


def _roles(text: str, line: tuple[tuple[int, int], ...]) -> tuple[str | None, ...]:
    """The role of each column; a role is given once."""
    roles: list[str | None] = []
    for start, end in line:
        role = next((r for r, p in _COLUMNS.items() if p.search(text[start:end])), None)
        roles.append(None if role in roles else role)
    return tuple(roles)


def _is_head(text: str, line: tuple[tuple[int, int], ...]) -> bool:
    roles = set(_roles(text, line))
    return "amount" in roles and bool(roles & {"place", "work", "actor"})


def read(ctx: Context, table: Table) -> Iterator[Draft]:
    """One funding fact for each row with a sum; rows of totals are left out."""
    for row in table.rows:
        start, end = row[0][0], row[-1][1]
        cells = {
            role: cell for role, cell in zip(table.roles, row, strict=False) if role is not None
        }
        if _TOTAL_ROW.search(ctx.text, start, end) or "amount" not in cells:
            continue
        at, stop = cells["amount"]
        money = parse_money(ctx.text[at:stop], unit="万元" if table.wan else "元")
        if money is not None:
            amount = Amount(at, stop, ctx.text[at:stop], money.fen, money.approximate)
            yield _draft(ctx, (start, end), cells, amount)


def _draft(
    ctx: Context, span: tuple[int, int], cells: dict[str, tuple[int, int]], amount: Amount
) -> Draft:
    draft = Draft("funding", *span, "row of a table", amount=amount, approx=amount.approx)
    words = {role: ctx.text[start:end].strip() for role, (start, end) in cells.items()}
    if words.get("actor"):
        draft.actor = Actor(words["actor"], cells["actor"])
    if "place" in cells or "work" in cells:
        where = cells.get("place") or cells["work"]
        draft.places = ctx.finest(within(ctx.marks.places, *where))
    draft.confidence["places"] = Confidence("resolved" if draft.places else "open")
    if words.get("work"):
        draft.works = (words["work"],)
    counts = within(ctx.marks.counts, span[0], span[1])
    if lead := leading(counts):
        draft.count, draft.unit, draft.approx = lead.value, lead.unit, draft.approx or lead.approx
    draft.date = ctx.date(span[0], *span)
    return draft
