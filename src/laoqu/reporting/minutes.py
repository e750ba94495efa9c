"""The minutes (会议纪要) of a meeting as an office document."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import override

from laoqu.access.rules import CHANGE, rows
from laoqu.areas.meetings.models import Meeting, Resolution
from laoqu.register.models import State, lines
from laoqu.reporting.word import word_file
from laoqu_engines.document import (
    Attendance,
    Block,
    Document,
    Heading,
    Imprint,
    MinutesHead,
    Paragraph,
    Title,
)
from laoqu_engines.values.period import Period


@login_required
def meeting_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """会议纪要: a .docx of the meeting and its decisions, or a sentence saying what is missing."""
    meeting = get_object_or_404(rows(request.user, Meeting, CHANGE), pk=pk)
    return word_file(request, meeting, compose_minutes, f"{meeting.name}会议纪要.docx")


@override(settings.LANGUAGE_CODE)
def compose_minutes(meeting: Meeting) -> Document:
    """The minutes of a meeting: what it was about, what it decided, who was there.

    Errors: `ValidationError` with a sentence where the number or the date is missing.
    """
    issued = Period.parse(meeting.minutes_on or meeting.held_on)
    if meeting.minutes_number is None or issued is None or issued.precision != "day":
        raise ValidationError(
            _("请先在会议里填“纪要期号”，并把“纪要印发日期”写到年月日，再出纪要。")
        )
    name = meeting.association.name
    blocks: list[Block] = [Title(meeting.name), Paragraph.of(_opening(meeting))]
    agenda = lines(meeting.agenda)
    if agenda:
        blocks += [Heading(1, "会议议题"), *(Paragraph.of(line) for line in agenda)]
    decided = meeting.resolutions.exclude(state=State.VOID).order_by("code")
    if decided:
        blocks.append(Heading(1, "会议议定事项"))
        for number, resolution in enumerate(decided.select_related("lead"), 1):
            blocks.append(Paragraph.of(f"{number}.{_decision(resolution)}"))
    for label, names in _attendance(meeting):
        blocks.append(Attendance(label, names))
    return Document(
        title=f"{meeting.name}会议纪要",
        author=name,
        created_at=meeting.updated_at,
        blocks=tuple(blocks),
        head=MinutesHead(f"{name}会议纪要", meeting.minutes_number, name, issued.last_day()),
        imprint=Imprint(copies_to=meeting.copies_to, printed_by=name, printed_on=issued.last_day()),
    )


def _opening(meeting: Meeting) -> str:
    held = Period.parse(meeting.held_on) if meeting.held_on else None
    when = held.chinese() if held else ""
    chair = f"{meeting.chair}" if meeting.chair else str(meeting.host or meeting.association)
    where = f"在{meeting.location}" if meeting.location else ""
    opening = f"{when}，{chair}{where}主持召开{meeting.name}。" if when else ""
    opening = opening or f"{chair}{where}主持召开{meeting.name}。"
    if meeting.expected is not None and meeting.count is not None:
        opening += f"应到{meeting.expected}人，实到{int(meeting.count)}人。"
    return opening + "现将会议情况纪要如下。"


def _decision(resolution: Resolution) -> str:
    """One decision in a sentence, with who leads, who helps, by when and to which standard."""
    content = resolution.content.strip().rstrip("。；")
    partners = "、".join(str(partner) for partner in resolution.partners.all())
    due = Period.parse(resolution.due_on) if resolution.due_on else None
    parts = [
        f"主办：{resolution.lead}" if resolution.lead else "",
        f"协办：{partners}" if partners else "",
        f"时限：{due.chinese()}" if due else "",
        f"标准：{resolution.standard}" if resolution.standard else "",
    ]
    told = "；".join(part for part in parts if part)
    return f"{content}。（{told}）" if told else f"{content}。"


def _attendance(meeting: Meeting) -> list[tuple[str, str]]:
    named = (("出席", meeting.attendees), ("请假", meeting.absent), ("列席", meeting.observers))
    return [(label, "、".join(lines(names))) for label, names in named if lines(names)]
