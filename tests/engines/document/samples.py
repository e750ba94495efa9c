"""Sample documents: a report with every kind of block, a notice, a letter, minutes."""

from datetime import UTC, date, datetime
from io import BytesIO

import docx
import pytest

from laoqu_engines.document import (
    AttachmentNote,
    Attendance,
    Block,
    ByLine,
    Column,
    Document,
    FigureNote,
    FileHead,
    Head,
    Heading,
    Imprint,
    LetterHead,
    MinutesHead,
    PageBreak,
    Paragraph,
    Run,
    Salutation,
    Signature,
    Table,
    Title,
    write_document,
)

AT = datetime(2025, 1, 20, 8, tzinfo=UTC)
DAY = date(2025, 1, 20)
ASSOCIATION = "永济市革命老区建设促进会"
NOTE = FigureNote(
    "2024年帮扶资金：当年各理事单位帮扶资金的合计",
    12,
    tuple(f"C2024-{n:03}" for n in range(1, 13)),
    "http://127.0.0.1:8000/contributions/?year=2024",
)
SMALL_NOTE = FigureNote("2024年送戏场次", 2, ("P-1", "P-2"), "http://127.0.0.1:8000/performances/")
PARAGRAPH = Paragraph.of(
    "2024年，各理事单位帮扶资金",
    Run("1449万元", note=NOTE),
    "，送戏下乡",
    Run("21场", bold=True, note=SMALL_NOTE),
    "，惠及“老区村”群众。",
)
TABLE = Table(
    (Column("序号", "center", 15), Column("单位"), Column("老区村"), Column("金额", "right")),
    (
        *((str(n), "交通运输局", "张营村等", Run(str(n), note=SMALL_NOTE)) for n in range(1, 60)),
        ("", "合计", "", "1770"),
    ),
    caption="2024年帮扶资金一览表",
    unit="万元",
    totals=True,
)
REPORT_BLOCKS: tuple[Block, ...] = (
    Title("在永济市革命老区建设促进会年会上的\n工作报告"),
    ByLine("（2025年1月20日）"),
    ByLine("会长  某某某"),
    Salutation("各位领导、同志们:"),
    PARAGRAPH,
    Heading(1, "2024年工作"),
    Heading(2, "帮扶项目"),
    Heading(3, "修路。", PARAGRAPH.runs),
    Heading(4, "验收"),
    Heading(4, "移交"),
    Heading(3, "打井"),
    Heading(2, "送戏下乡"),
    Heading(1, "2025年打算"),
    PARAGRAPH,
    TABLE,
    PageBreak(),
    Paragraph.of("特此报告。"),
    AttachmentNote(("帮扶资金台账。", "送戏台账")),
    Signature(ASSOCIATION, DAY),
)


def document(*blocks: Block, head: Head | None = None, imprint: Imprint | None = None) -> Document:
    return Document("样本", ASSOCIATION, AT, blocks, head, imprint)


REPORT = document(*REPORT_BLOCKS)
NOTICE = document(
    Title("关于开展2025年度老区村需求调查的通知"),
    Salutation("各理事单位"),
    PARAGRAPH,
    AttachmentNote(("老区村需求调查表",)),
    Signature(ASSOCIATION, DAY, with_seal=True),
    head=FileHead(f"{ASSOCIATION}文件", "永老促发〔2025〕1号"),
    imprint=Imprint("市委办公室，市政府办公室", f"{ASSOCIATION}办公室", DAY),
)
LETTER = document(
    Title("关于商请支持村道维修的函"),
    Salutation("市交通运输局"),
    *(PARAGRAPH for _ in range(16)),
    Signature(ASSOCIATION, DAY, with_seal=True),
    head=LetterHead(ASSOCIATION, "永老促函〔2025〕3号"),
    imprint=Imprint("市农业农村局"),
)
MINUTES = document(
    Title("2025年第一次会长办公会会议纪要"),
    PARAGRAPH,
    Heading(1, "关于年度计划"),
    PARAGRAPH,
    Attendance("出席", "会长、副会长、秘书长，" + "各分会负责人，" * 8),
    Attendance("列席", "办公室工作人员"),
    head=MinutesHead("永济市老促会会议纪要", 1, "永济市老促会办公室", DAY),
    imprint=Imprint("各理事单位", "永济市老促会办公室", DAY),
)
SAMPLES = {"report": REPORT, "notice": NOTICE, "letter": LETTER, "minutes": MINUTES}
every_sample = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())


def reopened(sample: Document, comments: bool = False) -> docx.document.Document:
    """The document written and opened again with python-docx."""
    return docx.Document(BytesIO(write_document(sample, comments=comments)))
