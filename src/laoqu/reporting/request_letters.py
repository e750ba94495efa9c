"""The letter (函) that asks a department to see to an urgent matter, with a slip to answer on."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from laoqu.access.rules import CHANGE, rows
from laoqu.areas.requests.models import Request
from laoqu.reporting.word import word_file
from laoqu_engines.document import (
    AttachmentNote,
    Document,
    LetterHead,
    PageBreak,
    Paragraph,
    Salutation,
    Signature,
    Title,
    date_text,
)
from laoqu_engines.values.period import Period

BOXES = ("已办结。", "正在办理，预计　　月　　日办结。", "不属本单位职责。")
"""The three answers that a department can tick."""


@login_required
def request_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """派单函: a .docx to the department of a request; nobody has to log in to answer it."""
    row = get_object_or_404(rows(request.user, Request, CHANGE), pk=pk)
    return word_file(request, row, compose_letter, f"派单函-{row.code}.docx")


@override(settings.LANGUAGE_CODE)
def compose_letter(row: Request) -> Document:
    """The letter: what the matter is, where, how urgent, until when, and the slip.

    Errors: `ValidationError` with a sentence where the department or the number is missing.
    """
    sent = Period.parse(row.letter_on) if row.letter_on else None
    if row.addressee is None or not row.letter_number or sent is None or sent.precision != "day":
        raise ValidationError(_("请先在“修改”里填请求对象部门、派单函文号和派单日期，再出派单函。"))
    name = row.association.name
    received, due = timezone.localtime(row.received_at), timezone.localtime(row.due_at)
    where = f"，地点在{row.place.full_name}" if row.place else ""
    matter = row.matter.strip().rstrip("。")
    return Document(
        title=f"关于请办理紧急事项的函（{row.code}）",
        author=name,
        created_at=row.updated_at,
        blocks=(
            Title("关于请办理紧急事项的函"),
            Salutation(row.addressee.name),
            Paragraph.of(
                f"{date_text(received.date())}{received:%H时%M分}，我会收到"
                f"{row.get_origin_display()}反映的{row.get_urgency_display()}事项（{row.code}）"
                f"{where}：{matter}。"
            ),
            Paragraph.of(
                "请贵单位按照绿色通道特事特办、急事急办的要求，"
                f"于{date_text(due.date())}前办理，并把结果告诉我会。"
                "回执可以手写，也可以拍照发来，不用登录任何系统。特此致函。"
            ),
            AttachmentNote(("办理回执",)),
            Signature(name, sent.first_day(), with_seal=True),
            *_slip(row, name),
        ),
        head=LetterHead(name, row.letter_number),
    )


def _slip(row: Request, association: str) -> tuple[PageBreak | Title | Salutation | Paragraph, ...]:
    """回执: a page to write on, sign and send back."""
    return (
        PageBreak(),
        Title("办理回执"),
        Salutation(association),
        Paragraph.of(f"{row.letter_number}（{row.code}）收悉，办理情况如下："),
        *(Paragraph.of("　") for _line in range(4)),
        *(Paragraph.of(f"□ {box}") for box in BOXES),
        Paragraph.of("承办人（签字）："),
        Paragraph.of("单位（盖章）：　　　　　　　　年　　月　　日"),
    )
