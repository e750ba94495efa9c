"""Files that are no sound sheets are refused with a sentence, before memory is asked for."""

import contextlib
import io
import struct
import zipfile
from typing import Any

import pytest
from tests.cast import World

from laoqu.register.tests.test_import import check
from laoqu.register.tests.test_office_sheets import rewritten
from laoqu.register.tests.test_sheet_demands import PLAIN, ROW, sheet
from laoqu_engines.reader.documents import DocumentError


def test_a_workbook_that_reaches_to_the_last_cell_is_refused_before_it_is_read(
    world: World,
) -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    data = rewritten(sheet(PLAIN, ROW), "sheet1", "</sheetData>", far)
    with pytest.raises(DocumentError, match="一直用到第 1048576 行，太大了"):
        check(world, data)
    style = far.replace("<v>1</v></c>", "</c>").replace(' t="n"></c>', "/>")
    assert (
        len(check(world, rewritten(sheet(PLAIN, ROW), "sheet1", "</sheetData>", style)).good) == 1
    )


def test_a_workbook_that_unpacks_to_more_than_memory_is_refused(world: World) -> None:
    out = io.BytesIO(sheet(PLAIN, ROW))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as book,
        book.open("xl/media/picture", "w") as part,
    ):
        for _block in range(401):
            part.write(bytes(1_000_000))
    with pytest.raises(DocumentError, match="展开以后太大"):
        check(world, out.getvalue())


def test_a_locked_workbook_asks_for_one_without_password(world: World) -> None:
    data = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(DocumentError, match="加了密码，请取消密码后再上传"):
        check(world, data)


@pytest.mark.parametrize("dimensions", [(61, 3, 0, 6), (0, 70_000, 0, 6), (0, 3, 0, 300)])
def test_an_old_workbook_whose_size_is_damaged_is_refused_before_memory_is_asked_for(
    dimensions: tuple[int, ...], world: World
) -> None:
    record = b"\x00\x02\x0e\x00" + struct.pack("<IIHH", *dimensions)
    with pytest.raises(DocumentError, match="不是完好的表格"):
        check(world, b"\xd0\xcf\x11\xe0" + bytes(600) + record, name="表.xls")


def test_a_workbook_on_which_the_library_gives_up_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(BaseException):
        pass

    def give_up(stream: Any) -> Any:
        raise PanicException

    monkeypatch.setattr("python_calamine.load_workbook", give_up)
    with pytest.raises(DocumentError, match="不是完好的表格"):
        check(world, sheet(PLAIN, ROW))


@pytest.mark.parametrize(
    "data", [b"a\0\0\0,b\n", f"年度,类别\n2024,{'长' * 200_000}\n".encode()], ids=["nul", "long"]
)
def test_a_csv_that_is_none_is_refused_with_words_about_sheets(data: bytes, world: World) -> None:
    with pytest.raises(DocumentError, match="不是完好的表格，请用 Excel 或 WPS 打开"):
        check(world, data, name="表.csv")


@pytest.mark.parametrize("part", ["content.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_workbook_that_breaks_off_is_refused_before_it_is_read(part: str, world: World) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr(part, "<table><row><cell>1</cell></row>")
    with pytest.raises(DocumentError, match="不是完好的表格"):
        check(world, out.getvalue(), name="表.ods")


@pytest.mark.parametrize("at", [0.2, 0.4, 0.6, 0.8])
def test_a_workbook_with_damaged_bytes_is_read_or_refused(at: float, world: World) -> None:
    data = bytearray(sheet(PLAIN, ROW))
    start = int(len(data) * at)
    data[start : start + 40] = b"\xff" * 40
    with contextlib.suppress(DocumentError):
        check(world, bytes(data))
