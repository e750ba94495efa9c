"""Tables that lost their lines: rows whose cells stand apart by blanks, or each on its own line.

``tabbed`` puts a tab where a cell ended, one character for one, so that offsets stay.
"""

import re

_HEAD = re.compile(
    r"序号|编号|项目|名称|内容|工程|用途|地点|地址|村|乡镇|金额|资金|投资|投入|补助|经费|万元|单位|部门|规模|数量|备注|时间|年度|受益|进度|状态|类别"
)
_SUM = re.compile(r"金额|资金|投资|投入|补助|经费|万元")
_NUMBER = re.compile(r"[\d.,]+(?:万?元)?")
_GAP = re.compile(r"(?<=\S)[ \u3000]+(?=\S)")
_CELL = re.compile(r"\S+")
_LONGEST_HEAD = 14
_MOST_COLUMNS = 12


def tabbed(text: str) -> str:
    """The text with tabs between the cells of flattened tables; unchanged where there are none."""
    if not _SUM.search(text):
        return text
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        heads = _heads(lines[index])
        rows = _rows(lines, index + 1, heads) if heads else 0
        if rows:
            for row in range(index, index + 1 + rows):
                lines[row] = _GAP.sub(_as_tab, lines[row])
            index += rows
        index += 1
    return _stacked("\n".join(lines))


def _as_tab(gap: re.Match[str]) -> str:
    return "\t" + " " * (len(gap[0]) - 1)


def _heads(line: str) -> int:
    """How many columns a line heads, 0 where it is no head."""
    if "\t" in line or len(line) > _LONGEST_HEAD * _MOST_COLUMNS:
        return 0
    cells = _CELL.findall(line)
    named = sum(bool(len(cell) <= _LONGEST_HEAD and _HEAD.search(cell)) for cell in cells)
    return len(cells) if len(cells) > 2 and named >= len(cells) - 1 and _SUM.search(line) else 0


def _rows(lines: list[str], start: int, columns: int) -> int:
    """How many lines from ``start`` on have as many cells (a row of totals fewer), one a number."""
    count = 0
    for at in range(start, len(lines)):
        cells = _CELL.findall(lines[at])
        total = bool(cells) and bool(re.search(r"合计|总计|小计", cells[0]))
        fits = columns - 1 <= len(cells) <= columns and any(map(_NUMBER.fullmatch, cells))
        if not fits and not (total and len(cells) <= columns):
            break
        count += 1
    return count


def _stacked(text: str) -> str:
    """Cells each on a line of its own: the heads, then whole rows of as many lines."""
    lines = text.split("\n")
    marks = list(lines)
    index = 0
    while index < len(lines):
        columns = 0
        while index + columns < len(lines) and _is_stacked_head(lines[index + columns]):
            columns += 1
        named = "".join(lines[index : index + columns])
        rows = 0
        if 2 < columns <= _MOST_COLUMNS and _SUM.search(named):
            rows = _stacked_rows(lines, index + columns, columns)
        for row in range(rows + 1 if rows else 0):
            first = index + row * columns
            for at in range(first, first + columns - 1):
                marks[at] += "\t"
        index += max(1, columns * (rows + 1) if rows else 1)
    if marks == lines:
        return text
    return "".join(
        mark if mark.endswith("\t") and not line.endswith("\t") else mark + "\n"
        for mark, line in zip(marks, lines, strict=True)
    )[:-1]


def _is_stacked_head(line: str) -> bool:
    words = line.strip()
    short = 0 < len(words) <= _LONGEST_HEAD and " " not in words
    return short and bool(_HEAD.search(words)) and not _NUMBER.search(words)


def _stacked_rows(lines: list[str], start: int, columns: int) -> int:
    count = 0
    while True:
        first = start + count * columns
        cells = [line.strip() for line in lines[first : first + columns]]
        short = all(0 < len(cell) <= 40 and not re.search("[。；]", cell) for cell in cells)
        if len(cells) < columns or not short or not any(map(_NUMBER.fullmatch, cells)):
            return count
        count += 1
