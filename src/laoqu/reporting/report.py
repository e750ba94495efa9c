"""The annual report as a document: sections from the ledger between the office's own words."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import override

from laoqu.access.models import Association
from laoqu.register.figures import Figure
from laoqu.reporting.figures import figures_by_line
from laoqu.reporting.ledger import Ledger
from laoqu.reporting.models import Part, ReportText
from laoqu.reporting.sections import help, publicity, self_building, surveys, visits
from laoqu.reporting.wording import Part as Words
from laoqu_engines.document import (
    Block,
    ByLine,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Salutation,
    Table,
    Title,
)

NOUGHT = re.compile(r"0(?![.\d])")
NUMBERED = re.compile(r"^\s*(?:（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\))\s*")


class Section(NamedTuple):
    """One of the five lines of work in the report."""

    part: Part
    heading: str
    paragraphs: Callable[[Ledger], list[list[Words]]]


SECTIONS = (
    Section(Part.VISITS, visits.HEADING, visits.paragraphs),
    Section(Part.HELP, help.HEADING, help.paragraphs),
    Section(Part.SURVEYS, surveys.HEADING, surveys.paragraphs),
    Section(Part.PUBLICITY, publicity.HEADING, publicity.paragraphs),
    Section(Part.SELF_BUILDING, self_building.HEADING, self_building.paragraphs),
)


def office_texts(association: Association, year: int) -> dict[str, str]:
    """What the office wrote, by part."""
    found = ReportText.objects.filter(association=association, year=year)
    return {text.part: text.text for text in found}


@override(settings.LANGUAGE_CODE)
def compose(association: Association, year: int, base: str = "") -> Document:
    """The report of one year; the same ledger and texts give the same document.

    A document is in Chinese whatever language the person reads the pages in.

    Args:
        base: what stands before the addresses in the notes of figures.
    """
    ledger = Ledger(association, year, base)
    texts = office_texts(association, year)
    title = f"{association.name}\n{year}年工作报告"
    blocks: list[Block] = [Title(title)]
    blocks += [ByLine(line) for line in _lines(texts.get(Part.BYLINE, ""))]
    blocks += [Salutation(line) for line in _lines(texts.get(Part.SALUTATION, ""))]
    blocks += _paragraphs(texts.get(Part.OPENING, ""))
    blocks.append(Heading(1, f"{year}年工作"))
    for section in SECTIONS:
        blocks += _section(section, ledger, texts.get(section.part, ""))
    if texts.get(Part.PLANS, "").strip():
        blocks.append(Heading(1, f"{year + 1}年工作安排"))
        blocks += _paragraphs(texts[Part.PLANS])
    blocks += _paragraphs(texts.get(Part.CLOSING, ""))
    blocks += [PageBreak(), figure_table(ledger)]
    return Document(
        title=title.replace("\n", ""),
        author=association.name,
        created_at=datetime(year, 12, 31, tzinfo=UTC),
        blocks=tuple(blocks),
    )


def figure_table(ledger: Ledger) -> Table:
    """Every count that is not nought, by line of work; sums of money stand in the text."""
    rows = []
    for line, found in figures_by_line():
        for figure in found:
            counts = isinstance(figure, Figure) and figure.unit != "元"
            if counts and figure.register in ledger.filled:
                run = ledger.figure(figure.key)
                if run.note and run.note.row_count and not NOUGHT.match(run.text):
                    rows.append((str(line.value), str(figure.label), run))
    columns = (Column("工作"), Column("数据项"), Column("数值", "right"))
    return Table(columns, tuple(rows), caption=f"{ledger.year}年主要工作数据")


def _section(section: Section, ledger: Ledger, addition: str) -> list[Block]:
    """A heading with its paragraphs; nothing where the ledger and the office have nothing."""
    written = [parts for parts in section.paragraphs(ledger) if parts]
    blocks: list[Block] = [Paragraph.of(*parts) for parts in written]
    blocks += [Paragraph.of(line) for line in _lines(addition)]
    return [Heading(2, section.heading), *blocks] if blocks else []


def _paragraphs(text: str) -> Iterable[Block]:
    """A paragraph a line; a line that begins with （一） is a heading, counted anew."""
    for line in _lines(text):
        mark = NUMBERED.match(line)
        if mark is None:
            yield Paragraph.of(line)
            continue
        heading, stop, rest = line[mark.end() :].partition("。")
        yield Heading(2, heading + stop if rest else heading, (Run(rest),) if rest else ())


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
