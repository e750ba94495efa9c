"""The letter that asks a department about a pair: both works and three boxes to tick, on paper."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from laoqu.areas.organisations.models import Organisation
from laoqu.coordination.overlaps.models import OverlapPair
from laoqu.coordination.overlaps.sides import FIELDS, fields_of
from laoqu.coordination.overlaps.works import kind_label, rows_of
from laoqu_engines.document import (
    AttachmentNote,
    Block,
    Column,
    Document,
    LetterHead,
    PageBreak,
    Paragraph,
    Salutation,
    Signature,
    Table,
    Title,
    date_text,
)
from laoqu_engines.values.period import Period

DAYS_TO_ANSWER = 10
BOXES = (
    "是同一件事，应由一家实施。",
    "不是同一件事，或者是先后几期、互相配套。",
    "现有材料说不清，需要到现场看。",
)
"""The three answers a department can tick; also offered where the office notes its answer."""


def compose_letter(pair: OverlapPair, department: Organisation) -> Document:
    """The letter to one department. Errors: `ValidationError` where nothing is asked yet."""
    asked = Period.parse(pair.asked_on) if pair.asked_on else None
    rows = rows_of(pair.association, pair.codes)
    if asked is None or not pair.letter_number or len(rows) < 2:
        raise ValidationError(_("请先点“请部门核对”，填好文号，再出函。"))
    name = pair.association.name
    first, second = (rows[code] for code in pair.codes)
    words = fields_of(first), fields_of(second)
    table = tuple(
        (str(label), words[0][field], words[1][field])
        for field, (label, _said) in FIELDS.items()
        if words[0][field] or words[1][field]
    )
    due = asked.last_day() + timedelta(days=DAYS_TO_ANSWER)
    blocks: list[Block] = [
        Title("关于核对疑似重复建设事项的函"),
        Salutation(f"{department.name}："),
        Paragraph.of(
            "为把有限的资金用好，避免同一件事重复安排，我会对需求、项目和帮扶资金台账作了比对，"
            "下列两项可能是同一件事。这只是提示，不是结论，请贵单位帮助核对。"
        ),
        Table(
            (
                Column("", width_mm=24),
                Column(f"甲：{kind_label(first)} {first.code}", width_mm=66),
                Column(f"乙：{kind_label(second)} {second.code}", width_mm=66),
            ),
            table,
        ),
        Paragraph.of(f"提示的原因：{pair.reason}"),
        Paragraph.of(
            f"请在后面的回执上打“√”，于{date_text(due)}前交回我会。"
            "纸质件、照片都可以，不用登录任何系统。"
        ),
        AttachmentNote(("核对回执",)),
        Signature(name, asked.last_day(), with_seal=True),
        *_slip(pair, name),
    ]
    return Document(
        title=f"关于核对疑似重复建设事项的函（{pair.code}）",
        author=name,
        created_at=pair.updated_at,
        blocks=tuple(blocks),
        head=LetterHead(name, pair.letter_number),
    )


def _slip(pair: OverlapPair, association: str) -> list[Block]:
    """回执: a page to tick, sign and send back."""
    return [
        PageBreak(),
        Title("核对回执"),
        Salutation(f"{association}："),
        Paragraph.of(f"{pair.letter_number}收悉。所列甲、乙两项，经核对（请在一项前打“√”）："),
        *(Paragraph.of(f"□ {box}") for box in BOXES),
        Paragraph.of("情况说明："),
        Paragraph.of("　"),
        Paragraph.of("　"),
        Paragraph.of("核对人（签字）："),
        Paragraph.of("单位（盖章）：　　　　　　　　年　　月　　日"),
    ]
