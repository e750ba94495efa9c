"""The papers of a decided plan: a letter to each department, and the table for the meeting."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from laoqu.areas.organisations.models import Organisation
from laoqu.areas.projects.models import Project
from laoqu.coordination.rounds.models import Round, RoundChannel
from laoqu.coordination.rounds.results import NeedRow, Result
from laoqu_engines.document import (
    Block,
    Column,
    Document,
    LetterHead,
    Paragraph,
    Salutation,
    Signature,
    Table,
    Title,
    date_text,
)
from laoqu_engines.document.sheet import Sheet, SheetColumn, write_workbook
from laoqu_engines.values.money import wan, wan_yuan
from laoqu_engines.values.period import Period


@dataclass(frozen=True)
class Item:
    """One payment that a department is asked to make."""

    row: NeedRow
    channel: RoundChannel
    fen: int

    def words(self) -> str:
        """The payment in 万元."""
        return wan_yuan(self.fen)

    @property
    def others_fen(self) -> int:
        """What the need gets from other funds."""
        return self.row.paid_fen - self.fen


@dataclass(frozen=True)
class Letter:
    """What one department pays, in the order of its funds and the needs' codes."""

    department: Organisation
    items: tuple[Item, ...]

    @property
    def total_fen(self) -> int:
        """All it pays."""
        return sum(item.fen for item in self.items)

    def total_words(self) -> str:
        """All it pays, in 万元."""
        return wan_yuan(self.total_fen)

    @property
    def channels(self) -> list[RoundChannel]:
        """Its funds, each once."""
        return list({item.channel.pk: item.channel for item in self.items}.values())


def letters(result: Result) -> list[Letter]:
    """One letter for each department whose funds pay something."""
    found: dict[Organisation, list[Item]] = defaultdict(list)
    rows = sorted(result.funded, key=lambda row: row.need.code)
    for channel in result.material.channels:
        for row in rows:
            for paid in row.paid:
                if paid.fund.pk == channel.fund.pk and channel.fund.manager is not None:
                    found[channel.fund.manager].append(Item(row, channel, paid.fen))
    return [Letter(department, tuple(items)) for department, items in found.items()]


def unaddressed(result: Result) -> list[str]:
    """Funds that pay something but name no department, so that no letter can be written."""
    return [row.fund.name for row in result.funds if row.paid_fen and row.fund.manager is None]


def decided_on(found: Round, today: date) -> date:
    """The day of the meeting where it is known to the day, else today."""
    held = Period.parse(found.meeting.held_on) if found.meeting and found.meeting.held_on else None
    return held.last_day() if held is not None and held.precision == "day" else today


@override(settings.LANGUAGE_CODE)
def compose_letter(found: Round, letter: Letter, number: str, today: date) -> Document:
    """The letter of allocation (安排函): what to pay, for which need, where, by when, and why.

    Errors: `DocumentError` where the number is not one of an office document.
    """
    name = found.association.name
    return Document(
        title=f"{found.name}资金安排函（{letter.department.name}）",
        author=name,
        created_at=found.updated_at,
        blocks=tuple(_letter_blocks(found, letter, today)),
        head=LetterHead(name, number) if number else None,
    )


def _letter_blocks(found: Round, letter: Letter, today: date) -> list[Block]:
    meeting = found.meeting.name if found.meeting else ""
    held = decided_on(found, today)
    opening = (
        f"{date_text(held)}，{meeting}审定了{found.name}（{found.code}）。"
        f"现将涉及你单位的资金安排函告如下，共{len(letter.items)}笔、"
        f"{letter.total_words()}，请按规定办理。"
    )
    return [
        Title(f"关于办理{found.name}\n资金安排的函"),
        Salutation(letter.department.name),
        Paragraph.of(opening),
        _letter_table(found, letter),
        *(Paragraph.of(_terms(letter, channel)) for channel in letter.channels),
        *(Paragraph.of(text) for text in _departed(letter)),
        Paragraph.of(
            "请按项目管理规定组织实施，按月反馈进度；有困难的，请及时函告我会。特此致函。"
        ),
        Signature(found.association.name, today, with_seal=True),
    ]


def _letter_table(found: Round, letter: Letter) -> Table:
    projects = _projects(found)
    rows = [
        (
            str(number),
            f"{item.row.need.name}（{projects.get(item.row.need.pk) or item.row.need.code}）",
            item.row.villages,
            item.channel.fund.name,
            f"{wan(item.fen):f}",
            f"{wan(item.others_fen):f}" if item.others_fen else "",
        )
        for number, item in enumerate(letter.items, 1)
    ]
    total = ("", "合计", "", "", f"{wan(letter.total_fen):f}", "")
    return Table(
        (
            Column("序号", "center", 10),
            Column("办什么事（编号）"),
            Column("在哪个村", "left", 28),
            Column("用哪笔资金", "left", 32),
            Column("金额", "right", 17),
            Column("其他资金", "right", 19),
        ),
        (*rows, total),
        caption="资金安排表",
        unit="万元",
        totals=True,
    )


def _projects(found: Round) -> dict[int, str]:
    """The code of the project made for each need, by the need's key."""
    made = [kept["key"] for kept in (found.issued or {}).get("projects", [])]
    pairs = Project.objects.filter(pk__in=made).values_list("needs", "code")
    return {need: code for need, code in pairs if need is not None}


def _terms(letter: Letter, channel: RoundChannel) -> str:
    """Document, deadline, match and fee of one fund, and how much of it goes here."""
    fund = channel.fund
    fen = sum(item.fen for item in letter.items if item.channel.pk == channel.pk)
    told = [f"“{fund.name}”安排{wan_yuan(fen)}"]
    if fund.document:
        told.append(f"文号{fund.document}")
    deadline = Period.parse(fund.spend_by) if fund.spend_by else None
    told.append(f"请在{_end_of(deadline)}前支出" if deadline else "没有写明支出期限")
    if channel.match_percent:
        told.append(f"按要求由其他资金配套至少{_number(channel.match_percent)}%，已在方案中配足")
    if channel.fee_percent:
        told.append(f"管理费不超过{_number(channel.fee_percent)}%")
    return "，".join(told) + "。"


def _end_of(deadline: Period) -> str:
    """The last day meant, in words: 2025年12月 ends with 12月底."""
    return deadline.chinese() + ("" if deadline.precision == "day" else "底")


def _number(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".")


def _departed(letter: Letter) -> list[str]:
    """Where the meeting changed the plan, with its reason."""
    changed = {item.row.need.pk: item.row for item in letter.items if item.row.departure}
    return [
        f"其中“{row.need.name}”由会议调整，理由：{row.departure.reason}。"
        for row in changed.values()
        if row.departure is not None
    ]


def explanation(row: NeedRow) -> str:
    """Why a need is treated so: the meeting's reason where it changed the plan."""
    if row.departure is None:
        return row.told
    told = _("会议调整：%s") % row.departure.reason
    broken = "；".join(row.departure.overruled_lines())
    return f"{told}（{_('会议同意突破')}：{broken}）" if broken else told


@override(settings.LANGUAGE_CODE)
def compose_table(found: Round, result: Result, today: date) -> Document:
    """The plan as a table for the meeting, .docx: the funded needs first."""
    rows = [*result.funded, *result.unfunded]
    lines = [
        (
            str(number),
            f"{row.need.name}（{row.need.code}）",
            row.villages,
            f"{wan(row.cost_fen):f}",
            f"{wan(row.paid_fen):f}" if row.paid else "不安排",
            _who_and_why(row),
        )
        for number, row in enumerate(rows, 1)
    ]
    cost = wan(sum(row.cost_fen for row in rows))
    total = ("", "合计", "", f"{cost:f}", f"{wan(result.paid_fen):f}", "")
    return Document(
        title=f"{found.name}安排表",
        author=found.association.name,
        created_at=found.updated_at,
        blocks=(
            Title(f"{found.name}\n资金安排表"),
            Paragraph.of(summary(result)),
            Table(PLAN_COLUMNS, (*lines, total), caption="资金安排表", unit="万元", totals=True),
            Signature(found.association.name, today),
        ),
    )


PLAN_COLUMNS = (
    Column("序号", "center", 9),
    Column("需求", "left", 32),
    Column("村", "left", 22),
    Column("要出", "right", 12),
    Column("安排", "right", 15),
    Column("由谁出；说明", "left", 66),
)


def _who_and_why(row: NeedRow) -> str:
    """Who pays; the reason where nobody does or the meeting changed the plan."""
    told = explanation(row) if row.departure or not row.paid else ""
    return "；".join(part for part in (row.paid_words(), told) if part)


def summary(result: Result) -> str:
    """The plan in one sentence."""
    return (
        f"共有需求{len(result.needs)}条，安排{len(result.funded)}条，惠及{result.served}个村，"
        f"安排资金{result.money_words()}。"
    )


SHEET_COLUMNS = (
    SheetColumn("序号", "number"),
    SheetColumn("编号"),
    SheetColumn("需求"),
    SheetColumn("村"),
    SheetColumn("类别"),
    SheetColumn("得分", "number"),
    SheetColumn("要出资金", "money", total=True),
    SheetColumn("安排资金", "money", total=True),
    SheetColumn("由谁出"),
    SheetColumn("说明"),
)


@override(settings.LANGUAGE_CODE)
def table_workbook(found: Round, result: Result) -> bytes:
    """The plan as a table for the meeting, .xlsx: the funded needs first."""
    rows = [
        (
            number,
            row.need.code,
            row.need.name,
            row.villages,
            str(row.need.get_category_display()),
            row.points,
            wan(row.cost_fen),
            wan(row.paid_fen),
            row.paid_words(),
            explanation(row),
        )
        for number, row in enumerate([*result.funded, *result.unfunded], 1)
    ]
    sheet = Sheet("资金安排表", SHEET_COLUMNS, rows, title=f"{found.name}资金安排表", unit="万元")
    return write_workbook([sheet], author=found.association.name, created_at=found.updated_at)
