"""Report generation beside a bare python-docx document of the same text, in one run.

    python benchmarks/document_speed.py

The bare document has python-docx's default look: add_heading, add_paragraph, add_run, and the
table cell by cell; for the check copy it calls add_comment for the same figures. Aim: at most 1.5
times the bare document. Each time is the median of several runs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import docx

from laoqu_engines.document import (
    Column,
    Document,
    FigureNote,
    Heading,
    Paragraph,
    Run,
    Table,
    Title,
    write_document,
)

AIM = 1.5
RUNS = 7
SIZES = {"年度报告，约10页": (8, 6, 30), "长报告，约100页": (40, 12, 600)}
NOTE = FigureNote("2024年帮扶资金", 10, tuple(f"C-{n}" for n in range(10)), "http://127.0.0.1/")
SENTENCE = "各理事单位深入老区村开展帮扶，修建道路，整治水利，改善学校条件，送医送药送戏下乡。"


def sample(sections: int, paragraphs: int, rows: int) -> Document:
    """A report of so many sections of so many paragraphs, one figure in each, and one table."""
    text = [Run(SENTENCE * 2), Run("1449万元", note=NOTE), Run("，" + SENTENCE)]
    section = (Heading(1, "帮扶工作"), *(Paragraph(tuple(text)) for _ in range(paragraphs)))
    columns = tuple(Column(name) for name in ("单位", "老区村", "项目", "金额"))
    table = Table(columns, (("交通运输局", "张营村", "道路硬化", "12.5"),) * rows, "一览表", "万元")
    blocks = (Title("工作报告"), *section * sections, table)
    return Document("报告", "促进会", datetime(2025, 1, 1, tzinfo=UTC), blocks)


def write_bare(document: Document, comments: bool) -> bytes:
    """The same text by python-docx's own calls."""
    word = docx.Document()
    for block in document.blocks:
        if isinstance(block, Title | Heading):
            word.add_heading(block.text, getattr(block, "level", 0))
        elif isinstance(block, Paragraph):
            paragraph = word.add_paragraph()
            for part in block.runs:
                run = paragraph.add_run(part.text)
                if comments and part.note:
                    word.add_comment([run], part.note.definition, "促进会")
        elif isinstance(block, Table):
            table = word.add_table(len(block.rows) + 1, len(block.columns))
            headings = tuple(column.heading for column in block.columns)
            for row, texts in zip(table.rows, (headings, *block.rows), strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = str(text)
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def time_of(write: Callable[[], bytes]) -> float:
    """Median seconds of several runs."""
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        write()
        times.append(perf_counter() - start)
    return median(times)


def main() -> int:
    """Print one line per size and copy; 1 when the aim is missed."""
    worst = 0.0
    for label, size in SIZES.items():
        document = sample(*size)
        for comments in (False, True):

            def ours(document: Document = document, comments: bool = comments) -> bytes:
                return write_document(document, comments=comments)

            def bare(document: Document = document, comments: bool = comments) -> bytes:
                return write_bare(document, comments)

            ours()  # both sides warm
            bare()
            mine, peer = time_of(ours), time_of(bare)
            worst = max(worst, mine / peer)
            copy = "核对稿" if comments else "正式稿"
            print(f"{label} {copy}: {mine:.3f} s, python-docx {peer:.3f} s, {mine / peer:.2f} 倍")
    print(f"最差 {worst:.2f} 倍，目标不超过 {AIM} 倍")
    return int(worst > AIM)


if __name__ == "__main__":
    sys.exit(main())
