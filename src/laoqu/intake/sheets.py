"""Money sheets (.xlsx .xls .ods .csv) of departments → their text and the lines in them.

Checklist X of the sheets: the header is found by its names and two-level heads are flattened (X1),
merged cells fill forward (X2), total lines are skipped and checked (X3), units come from cell,
head or title (X4), vague and empty words are kept as such (X5), full-width digits and line feeds
are read (X8), CSV may be UTF-8 or GB18030 (X13).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from laoqu_engines.reader.documents import DocumentError
from laoqu_engines.reader.grids import HEAD_ROWS, flat_heads, read_grids
from laoqu_engines.values.money import Unit, parse_money, wan_yuan
from laoqu_engines.values.numbers import parse_number
from laoqu_engines.values.period import Period

Grid = list[list[str]]
EMPTY_WORDS = {"", "—", "-", "--", "——", "无", "/", "\\", "暂无", "未定"}
LARGEST_WAN = 100_000
"""A line of more than 10 亿元 in a column headed 万元 was most likely written in 元 (X4)."""

COLUMNS = {
    "funder": r"(出资|投资|帮扶|责任|实施|捐赠|牵头|主管|建设)?(单位|部门)(名称)?|捐赠人",
    "township": r"(所在)?(乡镇|镇|乡|镇街|乡镇街道|镇街道)(名称)?",
    "places": r"(受益|帮扶|实施|所在|项目|老区|涉及|受助)*(行政)?村(庄|名|名称|组)?"
    r"|(实施|建设|项目)?(地点|地址)",
    "amount": r".*(金额|投资额|总投资|投资|资金|捐款|合计|款额).*",
    "works": r".*(建设内容|内容|项目名称|项目|工程|事项|用途).*",
    "date": r".*(日期|时间)",
    "year": r"年度|年份",
    "count": r"数量|规模|工程量",
    "unit": r"计量单位|数量单位",
}
SKIPPED = re.compile(r"^(合计|总计|小计|共计|累计|填表人|制表|审核|负责人|说明|备注|注[:：]|联系)")
TOTAL = re.compile(r"^(合计|总计|共计)")
TOTAL_HEAD = "总|合计|金额|投资额"
SUBTOTAL = re.compile(r"小计$")
UNIT = re.compile(r"(亿元|万元|元)")
UNIT_LINE = re.compile(r"单位[:：]?[（(]?(亿元|万元|元)")
COUNT = re.compile(r"(.*?\d[\d.]*[余多]?|[一二三四五六七八九十百千两]+[余多]?)(\D*)")
REPORTER = re.compile(r"(?:填报|报送|编报|填表|制表)(?:单位|部门)[:：](.+)")


@dataclass(frozen=True)
class SheetLine:
    """One money line of a sheet; `start` and `end` are characters of the sheet's text."""

    start: int
    end: int
    funder: str = ""
    places: str = ""
    works: str = ""
    fen: int | None = None
    amount_as_written: str = ""
    approximate: bool = False
    date: str = ""
    year: str = ""
    count: str = ""
    unit: str = ""
    count_approximate: bool = False
    note: str = ""
    doubts: tuple[str, ...] = ()


@dataclass
class SheetText:
    """The text of a workbook, a line a row, with the money lines found in it."""

    title: str = ""
    text: str = ""
    lines: list[SheetLine] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_sheets(data: bytes, filename: str) -> SheetText:
    """The money lines of a workbook. Errors: `DocumentError`, a sentence for the user."""
    found = SheetText()
    for name, grid in _grids(data, filename):
        if not any(any(row) for row in grid):
            continue
        starts = _write(found, name, grid)
        header = _header(grid)
        if header is not None:
            _Reader(found, grid, starts, header).read()
    if not found.text:
        raise DocumentError(f"“{filename}”里没有内容，请检查是不是选错了文件。")
    return found


def _grids(data: bytes, filename: str) -> Iterator[tuple[str, Grid]]:
    for grid in read_grids(data, filename):
        yield grid.name, [[_words(cell) for cell in row] for row in grid.rows]


def _words(cell: str) -> str:
    """A cell on one line: half-width, without the line feeds of narrow columns."""
    text = unicodedata.normalize("NFKC", cell)
    return re.sub(r"\s*\n\s*", "、" if "村" in text else "", text).strip()


def _write(found: SheetText, name: str, grid: Grid) -> list[int]:
    """Append a sheet to the text. Returns: where each row starts."""
    found.title = found.title or next((v for row in grid for v in row if v), name)
    starts = []
    for row in grid:
        starts.append(len(found.text))
        cells = [value for i, value in enumerate(row) if value and (i == 0 or value != row[i - 1])]
        found.text += "\t".join(cells) + "\n"
    return starts


@dataclass(frozen=True)
class _Header:
    first: int
    last: int
    columns: dict[str, int]
    parts: dict[int, str]
    """Further money columns beside the total: their index and what they are called."""
    heads: list[str]


def _header(grid: Grid) -> _Header | None:
    """The header of a money sheet by its names, over one or two rows (X1)."""
    for first in range(min(HEAD_ROWS, len(grid))):
        for depth in (2, 1):
            rows = grid[first : first + depth]
            if depth == 2 and not _is_second_level(rows):
                continue
            heads = flat_heads(rows)
            columns, parts = _columns(heads)
            if "amount" in columns and len(columns) >= 2 and _all_heads(rows):
                return _Header(first, first + len(rows) - 1, columns, parts, heads)
    return None


def _is_second_level(rows: Grid) -> bool:
    """Below a first level stand names under its groups, and blanks or repeats under the rest."""
    if len(rows) < 2 or any(re.search(r"\d", value) for value in rows[1]):
        return False
    upper, lower = rows
    repeats = any(not low or low == up for up, low in zip(upper, lower, strict=False))
    return repeats and any(re.search(r"[资金额款总]", low) for low in lower)


def _all_heads(rows: Grid) -> bool:
    """Heads hold words, no sums."""
    return all(not re.fullmatch(r"[\d.,]+", value) for row in rows for value in row)


def _columns(heads: Sequence[str]) -> tuple[dict[str, int], dict[int, str]]:
    columns: dict[str, int] = {}
    money: dict[int, str] = {}
    for index, head in enumerate(heads):
        plain = re.sub(r"[（(].*?[）)]|\s|[*＊]", "", head)
        for name, pattern in COLUMNS.items():
            if plain and any(re.fullmatch(pattern, part) for part in {plain, plain.split("/")[-1]}):
                if name == "amount":
                    money[index] = plain
                else:
                    columns.setdefault(name, index)
                break
    if money:
        total = next((i for i, name in money.items() if re.search(TOTAL_HEAD, name)), None)
        columns["amount"] = min(money) if total is None else total
    return columns, {i: name for i, name in money.items() if i != columns.get("amount")}


class _Reader:
    """Reads the rows below a header."""

    def __init__(self, found: SheetText, grid: Grid, starts: list[int], header: _Header) -> None:
        self.found, self.grid, self.starts, self.header = found, grid, starts, header
        above = "\n".join(value for row in grid[: header.first] for value in row)
        head = UNIT.search(self._amount_head())
        line = UNIT_LINE.search(above) or UNIT.search(above)
        stated = head or line
        self.unit: Unit | None = stated[1] if stated else None  # type: ignore[assignment]
        reporter = REPORTER.search("\n".join(value for row in grid for value in row))
        self.reporter = reporter[1].strip() if reporter else ""
        self.sum = 0
        self.township = ""

    def read(self) -> None:
        """Add every money line; check the total against their sum (X3)."""
        if self.unit is None:
            self.unit = "万元"
            self.found.remarks.append("表上没有写金额单位，按“万元”读入，请核对。")
        if self.header.parts and not re.search(TOTAL_HEAD, self._amount_head()):
            told = "、".join(self.header.parts.values())
            self.found.remarks.append(
                f"表上有几列金额，只记“{self._amount_head()}”一列，其余（{told}）写在备注里，请核对。"
            )
        for index in range(self.header.last + 1, len(self.grid)):
            row = self.grid[index]
            first = next((value for value in row if value), "")
            if TOTAL.match(first) or (TOTAL.match(self._of(row, "funder")) and first.isdigit()):
                self._check_total(row)
            elif first and not SKIPPED.match(first) and not SUBTOTAL.search(first):
                self._add(index, row)

    def _amount_head(self) -> str:
        return self.header.heads[self.header.columns["amount"]]

    def _of(self, row: Sequence[str], name: str) -> str:
        index = self.header.columns.get(name)
        value = row[index] if index is not None and index < len(row) else ""
        return "" if value in EMPTY_WORDS else value

    def _check_total(self, row: Sequence[str]) -> None:
        stated = parse_money(self._of(row, "amount") or "—", unit=self.unit)
        if stated is not None and stated.fen != self.sum:
            self.found.remarks.append(
                f"表上合计是 {wan_yuan(stated.fen)}，各行相加是 {wan_yuan(self.sum)}，"
                "两个数对不上，请核对。"
            )

    def _add(self, index: int, row: Sequence[str]) -> None:
        written = self._of(row, "amount")
        amount = parse_money(written, unit=self.unit) if written else None
        works, places = self._of(row, "works"), self._of(row, "places")
        if amount is None and not (works and places):
            return
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.found.text)
        line = SheetLine(
            start=self.starts[index],
            end=end - 1,
            funder=self._of(row, "funder") or self.reporter,
            places=self._placed(row, places),
            works="\n".join(re.split(r"[；;]", works)),
            date=_date(self._of(row, "date")),
            year=re.sub(r"\D", "", self._of(row, "year"))[:4],
            note=self._parts(row),
        )
        self.found.lines.append(self._counted(row, self._with_amount(line, amount, written)))

    def _placed(self, row: Sequence[str], places: str) -> str:
        """The villages, with their township in front where a column of its own names it."""
        township = self._of(row, "township")
        names = [name for name in re.split(r"[、,;/\s]+", places) if name]
        if township and names and not re.search(r"(镇|乡|街道)", names[0]):
            names = [f"{township}{name}" for name in names]
        return "、".join(names) or township

    def _with_amount(self, line: SheetLine, amount: Any, written: str) -> SheetLine:
        if amount is None:
            doubts = (f"看不懂金额“{written}”，请照原表填写。",) if written else ()
            return replace(line, amount_as_written=written, doubts=doubts)
        self.sum += amount.fen
        doubts = (amount.doubt,) if amount.doubt else ()
        own_unit = UNIT.search(written)
        if self.unit == "万元" and not own_unit and amount.fen >= LARGEST_WAN * 1_000_000:
            doubts += (f"“{written}”按万元算是 {wan_yuan(amount.fen)}，可能原表写的是元，请核对。",)
        return replace(
            line,
            fen=amount.fen,
            amount_as_written=written if own_unit else f"{written}{self.unit}",
            approximate=amount.approximate,
            doubts=doubts,
        )

    def _counted(self, row: Sequence[str], line: SheetLine) -> SheetLine:
        match = COUNT.fullmatch(self._of(row, "count"))
        number = parse_number(match[1]) if match else None
        if match is None or number is None:
            return line
        return replace(
            line,
            count=str(number.value),
            count_approximate=number.approximate,
            unit=self._of(row, "unit") or match[2],
        )

    def _parts(self, row: Sequence[str]) -> str:
        """Further money columns are told in the note, never added."""
        told = []
        for index, name in self.header.parts.items():
            value = row[index] if index < len(row) else ""
            part = parse_money(value, unit=self.unit) if value not in EMPTY_WORDS else None
            if part is not None:
                told.append(f"{name.split('/')[-1]} {wan_yuan(part.fen)}")
        return "其中：" + "，".join(told) + "。" if told else ""


def _date(written: str) -> str:
    """2025.3.1, 2025年3月 or an Excel day number → ISO; words that are no date are left out."""
    period = Period.parse(written) if written else None
    if period is None and re.fullmatch(r"\d{5}(\.\d+)?", written):
        period = Period.from_excel_serial(float(written))
    return period.iso() if period else ""
