"""Sheets that offices send (.xlsx .xls .ods .csv) → grids of words, and the header found in them.

Digits and letters of a cell become half-width (X8); merged cells say the same in every row they
span (X2); the header is found by its names, over one or two rows (X1); hidden sheets are left out
(X10); CSV may be UTF-8 or GB18030 (X13). `workbooks` refuses what cannot be read truly.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import python_calamine

from laoqu_engines.reader.documents import DocumentError, decode
from laoqu_engines.reader.workbooks import MOST_CELLS, Failed, broken, look_into
from laoqu_engines.values.period import Period

HALF_WIDTH: dict[int, str | int] = {
    **{0xFF01 + i: 0x21 + i for i in range(94) if chr(0x21 + i).isalnum()},
    ord("．"): ".",
    ord("\u3000"): " ",
    ord("\xa0"): " ",
    **dict.fromkeys((0x200B, 0x2060, 0xFEFF), ""),
}
"""Full-width digits and letters become half-width; signs of no width vanish; Chinese punctuation
stays as it is."""
HEAD_ROWS = 15
"""The header is looked for in so many rows from the top."""
TOTAL = re.compile(r".{0,6}(合计|总计|共计|小计|累计)([:：（(\d].*)?")
"""The whole of a cell that begins a row of totals, once blanks are left out: 合 计, 张营镇小计."""
REMARK = re.compile(
    r"(填表|制表|填报|审核|复核|负责|联系|经办)(人|单位|部门)?([:：].*)?"
    r"|.{0,8}(签字|签章|盖章|电话|日期|说明|备注|注)[:：].*"
)
"""The whole of a cell that begins a row below the table: 填表人：某某, 说明：…"""


@dataclass(frozen=True)
class Grid:
    """One visible sheet: its name and its rows of words."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    repeated: frozenset[tuple[int, int]] = frozenset()
    """Row and column of the cells that belong to the cell above them, as merged cells do."""


@dataclass(frozen=True)
class Header:
    """Where the header is, and which name stands over which column (indices from 0)."""

    first: int
    last: int
    columns: dict[str, int]
    unknown: tuple[str, ...]
    """Heads that mean nothing to the caller."""
    guessed: dict[str, str]
    """Heads whose meaning was guessed: head → name."""


def read_grids(data: bytes, filename: str) -> list[Grid]:
    """The visible sheets of a workbook. Errors: `DocumentError`, a sentence for the user."""
    if not data:
        raise DocumentError(f"“{filename}”是空文件，请检查后重新选择。")
    if filename.lower().endswith(".csv"):
        try:
            return [Grid("", tuple(_csv_rows(decode(data))))]
        except (csv.Error, DocumentError) as error:
            raise broken(filename) from error
    failed = look_into(data, filename)
    try:
        return list(_visible(data, failed))
    except python_calamine.PasswordError as error:
        raise DocumentError(f"“{filename}”加了密码，请取消密码后再上传。") from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise broken(filename) from error
    except BaseException as error:  # where its own code fails, the library raises no Exception
        if type(error).__name__ == "PanicException":
            raise broken(filename) from error
        raise


def _csv_rows(text: str) -> Iterator[tuple[str, ...]]:
    """Cells between commas, or what the first line has more of."""
    between = max(",\t;", key=text.split("\n", 1)[0].count)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=between):
        yield tuple(cell_text(value) for value in row)


def _visible(data: bytes, failed: Mapping[str, Failed]) -> Iterator[Grid]:
    book = python_calamine.load_workbook(io.BytesIO(data))
    for about in book.sheets_metadata:
        table = about.typ == python_calamine.SheetTypeEnum.WorkSheet
        if table and about.visible == python_calamine.SheetVisibleEnum.Visible:
            sheet = book.get_sheet_by_name(about.name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise DocumentError(f"“{about.name}”表太大，请删去用不着的行和列，另存以后再上传。")
            yield _filled(sheet, failed.get(about.name, {}))


def _filled(sheet: Any, failed: Failed) -> Grid:
    grid = [[cell_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), value in failed.items():
        if row < len(grid) and column < len(grid[row]):
            grid[row][column] = value
    repeated = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if top >= len(grid) or left >= len(grid[top]) or _is_title(grid[top], left, right):
            continue
        for row in range(top, min(bottom, len(grid) - 1) + 1):
            for column in range(left, min(right, len(grid[row]) - 1) + 1):
                grid[row][column] = grid[top][left]
                if row > top:
                    repeated.add((row, column))
    return Grid(sheet.name, tuple(tuple(row) for row in grid), frozenset(repeated))


def _is_title(row: Sequence[str], left: int, right: int) -> bool:
    """A merged cell across the whole width is a title and is not repeated."""
    return left == 0 and right >= max((i for i, v in enumerate(row) if v), default=0) and right > 1


def cell_text(value: Any) -> str:
    """A cell as plain words: digits half-width; whole numbers without “.0”; dates as 2024-01-30."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return Period.from_date(value.date() if isinstance(value, datetime) else value).iso()
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value).translate(HALF_WIDTH).strip()


def find_header(
    grid: Grid,
    meaning: Callable[[str], str | None],
    guess: Callable[[str], str | None] = lambda head: None,
    *,
    least: int = 2,
) -> Header | None:
    """The first one or two rows in which at least `least` heads mean something.

    Args:
        meaning: what a head (“项目名称”, “资金/财政”) stands for, or None; a name is used once.
        guess: what a head that has no meaning may stand for, where no other head does.
    """
    for first in range(min(HEAD_ROWS, len(grid.rows))):
        for depth in (2, 1):
            rows = grid.rows[first : first + depth]
            if depth == 2 and not _continues(rows):
                continue
            header = _header(first, rows, meaning, guess)
            if len(header.columns) >= least:
                return header
    return None


def _continues(rows: Sequence[Sequence[str]]) -> bool:
    """A second head row repeats merged heads of the first (groups above parts, names beside)."""
    if len(rows) < 2:
        return False
    pairs = list(zip(rows[0], rows[1], strict=False))
    return any(above and above == below for above, below in pairs) and not any(
        re.fullmatch(r"[\d.,]+", below) for _, below in pairs
    )


def flat_heads(rows: Sequence[Sequence[str]]) -> list[str]:
    """“资金” above “财政” and “其他” → 资金/财政, 资金/其他."""
    width = max((len(row) for row in rows), default=0)
    heads = []
    for column in range(width):
        parts = [row[column] if column < len(row) else "" for row in rows]
        heads.append("/".join(dict.fromkeys(part for part in parts if part)))
    return heads


def _header(
    first: int,
    rows: Sequence[Sequence[str]],
    meaning: Callable[[str], str | None],
    guess: Callable[[str], str | None],
) -> Header:
    columns: dict[str, int] = {}
    others: dict[int, str] = {}
    for index, head in enumerate(flat_heads(rows)):
        name = meaning(head) if head else None
        if name is not None and name not in columns:
            columns[name] = index
        elif head:
            others[index] = head
    guessed: dict[str, str] = {}
    for index, head in list(others.items()):
        name = guess(head)
        if name is not None and name not in columns:
            columns[name] = index
            guessed[others.pop(index)] = name
    return Header(first, first + len(rows) - 1, columns, tuple(others.values()), guessed)
