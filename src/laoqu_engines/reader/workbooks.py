"""What an office's workbook holds beside its values, and which workbooks cannot be read truly.

Looked at before a value is read: a password, programs, more than memory holds, formulas that were
never calculated and would read as empty (X9), and formulas that failed, such as #REF!.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError, ParserCreate

from laoqu_engines.reader.documents import DocumentError

MOST_UNPACKED = 400_000_000
"""Bytes that a workbook may unpack to."""
MOST_CELLS = 6_000_000
"""A sheet may reach so far: rows × columns down to its last filled cell."""

Failed = dict[tuple[int, int], str]
"""What a formula failed with (#N/A), by row and column counted from 0."""

_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED, _PROGRAMS = ("EncryptedPackage".encode("utf-16-le"), "_VBA_PROJECT".encode("utf-16-le"))
_DAMAGED = (
    ExpatError,
    ElementTree.ParseError,
    zlib.error,
    ValueError,
    EOFError,
    OSError,
    NotImplementedError,
)
"""What a damaged archive raises."""
_DIMENSIONS = re.compile(rb"\x00\x02\x0e\x00(.{12})", re.DOTALL)
"""The record in which a sheet of an .xls says how far it reaches."""
_READ = ("content.xml", "xl/workbook.xml", "xl/worksheets/", "xl/sharedStrings.xml")
_CELL = r'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d+)"'
_FILLED = re.compile(_CELL + r"(?:[^>]*[^/])?>")
_FORMULA = re.compile(
    _CELL + r'(?![^>]*\bt="str")[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
    r"(?:<(?:\w+:)?v\s*(?:/>|>\s*</(?:\w+:)?v>)\s*)?</(?:\w+:)?c>"
)
"""A formula without its value; one whose value is the empty text (t="str") is calculated."""
_ERROR = re.compile(_CELL + r'[^>]*\bt="e"[^>]*>.*?<(?:\w+:)?v>([^<]*)<', re.DOTALL)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def look_into(data: bytes, filename: str) -> dict[str, Failed]:
    """The failed formulas of an .xlsx by name of the visible sheet; nothing for other formats.

    Errors: `DocumentError`, a sentence for the user, where the workbook cannot be read truly.
    """
    if data.startswith(_OLE):
        if _LOCKED in data:
            raise _locked(filename)
        if _PROGRAMS in data:
            raise _programs(filename)
        if not all(map(_is_possible, _DIMENSIONS.findall(data))):
            raise broken(filename)  # by such a number memory would be asked for
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if sum(part.file_size for part in book.infolist()) > MOST_UNPACKED:
                raise DocumentError(f"“{filename}”展开以后太大，请分成几个文件上传。")
            if any(name.endswith("vbaProject.bin") for name in book.namelist()):
                raise _programs(filename)
            for name in book.namelist():
                if name.startswith(_READ) and name.endswith(
                    ".xml"
                ):  # on half an .ods the library would never end
                    ParserCreate().Parse(book.read(name), True)
            return {name: _look_at(name, text) for name, text in _sheets(book)}
    except zipfile.BadZipFile:
        return {}
    except _DAMAGED as error:
        raise broken(filename) from error
    except RuntimeError as error:  # a part is encrypted
        raise _locked(filename) from error


def broken(filename: str) -> DocumentError:
    """What is said of a file that is no sound table."""
    return DocumentError(
        f"“{filename}”不是完好的表格，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
    )


def _is_possible(dimensions: bytes) -> bool:
    """Whether a sheet of an .xls can have these rows and columns."""
    first_row, rows, first_column, columns = map(int, struct.unpack("<IIHH", dimensions))
    return first_row <= rows <= 65_536 and first_column <= columns <= 256


def _locked(filename: str) -> DocumentError:
    return DocumentError(f"“{filename}”加了密码，请取消密码后再上传。")


def _programs(filename: str) -> DocumentError:
    return DocumentError(f"“{filename}”带有宏。请另存为不带宏的 .xlsx 再上传。")


def _sheets(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and XML of each visible sheet of an .xlsx."""
    parts = set(book.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= parts:
        return
    related = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    paths = {one.get("Id"): one.get("Target", "") for one in related}
    for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iterfind(".//{*}sheet"):
        target = paths.get(sheet.get(_RELATION), "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if path in parts and sheet.get("state", "visible") == "visible":
            yield sheet.get("name", ""), book.read(path).decode("utf-8", "replace")


def _look_at(name: str, text: str) -> Failed:
    waiting = ["".join(cell) for cell in _FORMULA.findall(text)]
    if waiting:
        raise DocumentError(
            f"“{name}”表的 {'、'.join(waiting[:5])} 是公式，还没有算出数来。"
            "请用 Excel 或 WPS 打开，保存一次再上传。"
        )
    filled = _FILLED.findall(text)
    rows = max((int(row) for _column, row in filled), default=0)
    if rows * max((_index(column) + 1 for column in {c for c, _row in filled}), default=0) > (
        MOST_CELLS
    ):
        raise DocumentError(
            f"“{name}”表一直用到第 {rows} 行，太大了。请删去用不着的行和列，另存以后再上传。"
        )
    return {(int(row) - 1, _index(column)): value for column, row, value in _ERROR.findall(text)}


def _index(letters: str) -> int:
    """The number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
