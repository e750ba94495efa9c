"""A sheet as rows of words by field: heads understood, units applied, totals and remarks set aside.

Nothing is judged here but what the sheet itself cannot say truly: failed formulas, and one amount
in a cell that is merged over several rows.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _

from laoqu.access.models import Association
from laoqu.register.cells import label_of
from laoqu.register.fields import MoneyFormField
from laoqu.register.forms import ABOUT_THE_CHANGE, RecordForm, form_class
from laoqu.register.registry import Register
from laoqu_engines.reader.documents import DocumentError
from laoqu_engines.reader.grids import (
    REMARK,
    TOTAL,
    Grid,
    Header,
    find_header,
    flat_heads,
    read_grids,
)

MOST_ROWS = 20_000
TOLD = 5
"""So many rows, heads and the like are named in one sentence."""
KEY = "code"
OTHER_NAMES = {
    "年份": "year",
    "乡镇": "township",
    "镇街": "township",
    "村": "places",
    "村名": "places",
    "行政村": "places",
    "地点": "places",
}
"""What offices call fields that every register has; the register's own labels come first."""
TOO_GENERAL = {"单位", "名称", "类别", "内容", "约数"}
"""Labels that, as parts of longer heads, say nothing (责任单位 is no unit of measure)."""
UNREAD = "要改的地方"
"""Heads the column that we add to a sheet with errors."""
WITHOUT_MEANING = {"序号", UNREAD}
HEAD_UNIT = re.compile(r"[（(:：](亿元|万元|元)(?:[）)]|$)")
TITLE_UNIT = re.compile(r"单位[:：]?\s*[（(]?(亿元|万元|元)|[（(](亿元|万元|元)[）)]")
WHOLE = re.compile(r"合计|总计|共计")
"""Begins a row with the totals of all rows."""
EMPTY_WORDS = {"—", "-", "--", "——", "无", "/", "暂无"}
FAILED = re.compile(r"#(REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)")


@dataclass
class ImportRow:
    """One row of a sheet: where it stands, what it says by field, and what is wrong with it."""

    grid: int
    number: int
    """The row's number in Excel."""
    values: dict[str, str]
    sheet: str = ""
    """Name of the sheet, where a workbook has several."""
    form: RecordForm | None = None
    errors: dict[str, list[str]] = field(default_factory=dict)
    """Sentences by field; those of the whole row under ""."""
    unchanged: bool = False

    @property
    def good(self) -> bool:
        """Whether the row can be saved and changes something."""
        return not self.errors and not self.unchanged

    @property
    def where(self) -> str:
        """The row as a person finds it: “5”, “5（下半年）”."""
        return f"{self.number}（{self.sheet}）" if self.sheet else str(self.number)

    @property
    def outcome(self) -> str:
        """What saving the row does: “新记一行”, “修改：金额、受益村”."""
        if self.form is None or self.form.instance.pk is None:
            return _("新记一行")
        changed = [str(self.form.fields[name].label) for name in self.form.changed_data]
        return _("修改：%(fields)s") % {"fields": "、".join(changed)}

    def sentences(self) -> list[str]:
        """What is wrong, each sentence with the name of its field in front."""
        return [sentence for name in self.errors for sentence in self.sentences_of(name)]

    def sentences_of(self, name: str) -> list[str]:
        """What is wrong with one field, each sentence with the field's name in front."""
        fields = self.form.fields if self.form is not None else {}
        label = f"{fields[name].label}：" if name in fields else ""
        return [f"{label}{sentence}" for sentence in self.errors[name]]


def numbers_of(rows: Sequence[ImportRow]) -> str:
    """“第 2、3、7 行”, at most a few of them."""
    return _("第 %(numbers)s 行") % {"numbers": few([row.where for row in rows])}


def few(words: Sequence[str]) -> str:
    """“甲、乙、丙”, at most a few of them."""
    return "、".join(words[:TOLD]) + ("等" if len(words) > TOLD else "")


@dataclass
class SheetRows:
    """A sheet before checking: its rows, those that state totals, and remarks for the user."""

    grids: list[Grid]
    headers: list[Header | None]
    rows: list[ImportRow] = field(default_factory=list)
    totals: list[ImportRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_rows(
    register: Register, data: bytes, filename: str, user: object, association: Association
) -> SheetRows:
    """The rows of a sheet. Errors: `DocumentError` with a sentence where there are none."""
    grids = read_grids(data, filename)
    fields = {
        name: form_field
        for name, form_field in form_class(register, user, association).base_fields.items()
        if name not in ABOUT_THE_CHANGE
    }
    labels = _labels(register, fields)
    found = SheetRows(
        grids,
        [
            find_header(grid, lambda head: labels.get(_plain(head)), lambda h: _guess(h, labels))
            for grid in grids
        ],
    )
    if not any(found.headers):
        needed = [str(one.label) for one in fields.values() if one.required and not one.initial]
        raise DocumentError(
            _("没有在表里找到表头。请下载本台账的模板，把内容贴进去再上传；至少要有：%(names)s。")
            % {"names": "、".join(needed or list(labels)[1:4])}
        )
    reader = _Reader(
        found, fields, {_plain(str(label_of(register.model, c))) for c in register.columns}
    )
    for index, header in enumerate(found.headers):
        if header is not None:
            reader.read(index, header)
    if not found.rows:
        raise DocumentError(_("表头下面没有内容，请填好以后再上传。"))
    if len(found.rows) > MOST_ROWS:
        raise DocumentError(
            _("表里有 %(n)s 行，一次最多 %(most)s 行，请分成几个文件上传。")
            % {"n": len(found.rows), "most": MOST_ROWS}
        )
    return found


def _labels(register: Register, fields: Mapping[str, forms.Field]) -> dict[str, str]:
    """What each head of the template means: label → field name."""
    labels = {_("编号"): KEY} if register.is_ledger else {}
    for name, form_field in fields.items():
        labels[_plain(str(form_field.label))] = name
    if "places" in fields:
        labels[_("镇（街道）")] = "township"
    known = set(labels.values())
    for label, name in OTHER_NAMES.items():
        if name in known:
            labels.setdefault(label, name)
    return labels


def _plain(head: str) -> str:
    """A head without its unit, stars and blanks, below its group."""
    plain = re.sub(r"[（(](单位[:：])?(亿元|万元|元|必填|可不填)[）)]|[\s*＊]", "", head)
    plain = re.sub(r"[:：](亿元|万元|元)$", "", plain).split("/")[-1]
    return plain.replace("(", "（").replace(")", "）")


def _guess(head: str, labels: Mapping[str, str]) -> str | None:
    """The field of the label that a longer head ends or begins with: 投资金额 → 金额."""
    plain = _plain(head).replace("部门", "单位")
    if len(plain) > 12 or re.search(r"[\d:：]", plain):
        return None
    parts = {
        label
        for label in labels
        if plain.endswith(label) or (len(label) > 2 and plain.startswith(label))
    }
    longest = max(parts, key=len, default="")
    return None if longest in TOO_GENERAL else labels.get(longest)


class _Reader:
    """Reads the rows below the headers."""

    def __init__(
        self, found: SheetRows, fields: Mapping[str, forms.Field], columns: set[str]
    ) -> None:
        self.found, self.fields, self.columns = found, fields, columns
        self.several = sum(header is not None for header in found.headers) > 1
        self.counted = {  # a value of theirs counts once
            name
            for name, form_field in fields.items()
            if isinstance(form_field, MoneyFormField | forms.IntegerField)
            and "年" not in str(form_field.label)
        }

    def read(self, index: int, header: Header) -> None:
        """Add every row below a header, and tell what was not read as one."""
        grid = self.found.grids[index]
        units = self._units(grid, header)
        skipped = []
        for number, words in enumerate(grid.rows[header.last + 1 :], header.last + 2):
            first = re.sub(r"\s", "", next((word for word in words if word), ""))
            if not first:
                continue
            values = _values(words, header, units)
            row = ImportRow(index, number, values, grid.name if self.several else "")
            if WHOLE.match(first) and TOTAL.fullmatch(first):
                self.found.totals.append(row)
            elif TOTAL.fullmatch(first) or REMARK.fullmatch(first):
                skipped.append(row)
            else:
                self.found.rows.append(row)
                self._check(row, grid, header)
        self._tell(header, skipped)

    def _units(self, grid: Grid, header: Header) -> dict[str, str]:
        """The unit of each column of money, of its head or else of the title."""
        above = "\n".join(word for words in grid.rows[: header.first] for word in words)
        title = TITLE_UNIT.search(above)
        heads = flat_heads(grid.rows[header.first : header.last + 1])
        units = {}
        for name, column in header.columns.items():
            stated = HEAD_UNIT.search(heads[column])
            if stated:
                units[name] = stated[1]
            elif title and isinstance(self.fields.get(name), MoneyFormField):
                units[name] = title[1] or title[2]
        return units

    def _check(self, row: ImportRow, grid: Grid, header: Header) -> None:
        at = row.number - 1
        for name, column in header.columns.items():
            failed = FAILED.fullmatch(row.values[name])
            if failed:
                row.errors[name] = [
                    _("这一格的公式出错了（%(value)s）。请改好公式，或直接填上内容。")
                    % {"value": failed[0]}
                ]
            merged = {(at, column), (at + 1, column)} & grid.repeated
            if name in self.counted and merged and row.values[name]:
                row.errors[name] = [
                    _(
                        "这个数写在几行合并的格子里，分行记会重复计算。请把这几行并成一行，村名用顿号隔开。"
                    )
                ]

    def _tell(self, header: Header, skipped: Sequence[ImportRow]) -> None:
        remarks = self.found.remarks
        if header.guessed:
            read_as = [
                f"{head} → {self.fields[name].label if name in self.fields else _('镇（街道）')}"
                for head, name in header.guessed.items()
            ]
            sentence = _("这些列照相近的意思读入，请核对：%(names)s。")
            remarks.append(sentence % {"names": "、".join(read_as)})
        heads = [head for head in header.unknown if _plain(head) not in WITHOUT_MEANING]
        computed = [head for head in heads if _plain(head) in self.columns]
        if computed:
            sentence = _("这些列不从表里改：%(names)s。要改请到那一行的页面上办。")
            remarks.append(sentence % {"names": few(computed)})
        unknown = [head for head in heads if head not in computed]
        if unknown:
            remarks.append(_("这些列没有用上：%(names)s。") % {"names": few(unknown)})
        if skipped:
            sentence = _("%(rows)s是小计、签字或说明，没有读入。")
            remarks.append(sentence % {"rows": numbers_of(skipped)})


def _values(words: Sequence[str], header: Header, units: Mapping[str, str]) -> dict[str, str]:
    values = {}
    for name, column in header.columns.items():
        word = words[column] if column < len(words) else ""
        if name in units and re.search(r"\d$", word):
            word += units[name]
        values[name] = "" if word in EMPTY_WORDS else word
    return values
