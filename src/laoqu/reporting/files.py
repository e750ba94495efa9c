"""The three files of the annual report: clean copy, check copy, annex of all rows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from laoqu.access.models import Association
from laoqu.register.figures import Figure, figures
from laoqu.register.registry import Register
from laoqu.register.sheets import register_sheet
from laoqu.register.tables import with_relations
from laoqu.reporting.report import compose
from laoqu_engines.document import write_document
from laoqu_engines.document.sheet import Sheet, SheetColumn, Value, write_workbook

Filters = tuple[tuple[str, str], ...]


class ReportFile(Enum):
    """The files: the middle of the name, the ending, and what a person sees."""

    CLEAN = ("工作报告", "docx", _("正式稿（Word）"))
    CHECK = ("工作报告核对稿", "docx", _("核对稿（每个数带批注）"))
    ANNEX = ("工作报告附表", "xlsx", _("附表（Excel，全部台账行）"))

    @property
    def label(self) -> Any:
        """What a person sees."""
        return self.value[2]

    def filename(self, association: Association, year: int) -> str:
        """e.g. 永济市革命老区建设促进会2024年工作报告.docx."""
        middle, ending, _label = self.value
        return f"{association.name}{year}年{middle}.{ending}"


@override(settings.LANGUAGE_CODE)
def content(kind: ReportFile, association: Association, year: int, base: str) -> bytes:
    """The bytes of one file; the same ledger and texts give the same bytes."""
    if kind is ReportFile.ANNEX:
        return annex(association, year)
    return write_document(compose(association, year, base), comments=kind is ReportFile.CHECK)


def annex(association: Association, year: int) -> bytes:
    """All figures on the first sheet, then the rows: figures over the same rows share a sheet."""
    groups: dict[tuple[str, Filters], list[Figure]] = {}
    for figure in figures():
        if isinstance(figure, Figure):
            key = (figure.register, tuple(sorted(figure.parameters(year).items())))
            groups.setdefault(key, []).append(figure)
    summary: list[Sequence[Value]] = []
    sheets: list[Sheet] = []
    for group in groups.values():
        found = group[0].rows(association, year, association)
        stays = Register.registers[group[0].register].is_personal
        name = str(group[0].label) if found.exists() and not stays else ""
        summary += [
            (
                str(figure.label),
                _number(figure.measure.of(found)),
                str(figure.unit),
                str(figure.definition),
                name,
            )
            for figure in group
        ]
        if name:
            sheets.append(_rows_sheet(group[0], found, name))
    return write_workbook(
        [_summary_sheet(association, year, summary), *sheets],
        author=association.name,
        created_at=datetime(year, 12, 31, tzinfo=UTC),
    )


def _summary_sheet(association: Association, year: int, summary: list[Sequence[Value]]) -> Sheet:
    return Sheet(
        name="数据项",
        title=f"{association.name}{year}年数据项",
        columns=(
            SheetColumn("数据项"),
            SheetColumn("数", "number"),
            SheetColumn("单位"),
            SheetColumn("怎么算的"),
            SheetColumn("台账行在哪张表"),
        ),
        rows=summary,
    )


def _rows_sheet(figure: Figure, found: Any, name: str) -> Sheet:
    """The rows behind a figure as the list shows them, each with the words it came from."""
    register = Register.registers[figure.register]
    rows = list(
        with_relations(register, found).prefetch_related("passages__source").order_by("code", "pk")
    )
    sheet = register_sheet(register, rows, {})
    words = ["\n".join(passage.text for passage in row.passages.all()) for row in rows]
    return replace(
        sheet,
        name=name,
        title=name,
        columns=(*sheet.columns, SheetColumn("原文")),
        rows=[[*values, text] for values, text in zip(sheet.rows, words, strict=True)],
    )


def _number(value: Decimal | int) -> int | float | Decimal:
    return int(value) if value == int(value) else value
