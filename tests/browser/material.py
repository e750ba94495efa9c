"""What is handed in: a department's report with names that the ledger does not know yet."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from openpyxl import Workbook

REPORT = [
    "永济市水利局2024年帮扶老区村工作小结",
    "2024年，市水利局投资36万元，为栲栳镇高市村打机井一眼。",
    "2024年，市水利局在洗马村、石佛寺、任阳村、康蜀村、高市村、韩村、张营村等老区村"
    "改善人畜饮水、渠道防渗和巷道排水，投入资金1252万元。",
    "永济市引水管理站投资8万元，为新杏花村修建水塔一座。",
    "5月，市水利局到虞乡镇新源村慰问困难群众，送去大米20袋。",
]


def report(paragraphs: Sequence[str] = REPORT) -> bytes:
    """A report as a .docx file."""
    document: Any = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def sheet() -> bytes:
    """A sheet of money of which one row is right and one is not."""
    book = Workbook()
    page: Any = book.active
    page.append(["出资单位", "受益村", "建设内容", "金额（万元）", "年度", "款项性质"])
    page.append(["永济市水利局", "高市村", "机井", 36, 2024, "帮扶资金"])
    page.append(["没有的单位", "没有的村", "机井", "不少", 2024, "帮扶资金"])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
