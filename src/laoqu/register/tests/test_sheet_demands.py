"""The demands on sheets (X1 to X14), one fixture each, through the register's own import."""

import io
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from tests.cast import World

from laoqu.areas.contributions.models import Contribution
from laoqu.register.importing import save_rows
from laoqu.register.models import State
from laoqu.register.registry import Register
from laoqu.register.sheet_template import write_template
from laoqu.register.tests.test_changes import client_of
from laoqu.register.tests.test_import import HEADS, WATER, check, workbook
from laoqu_engines.reader.documents import DocumentError


def sheet(*rows: list[Any], merge: str = "", book: Any = None) -> bytes:
    """A workbook of just these rows."""
    book = book or openpyxl.Workbook()
    page = book.active
    for row in rows:
        page.append(row)
    if merge:
        page.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


UPLOAD = "/registers/contributions/import/"
PLAIN = ["年度", "类别", "出资单位", "金额（万元）", "村", "建设内容"]
ROW = [2024, "帮扶投资", "永济市水利局", 80, "高市村", "饮水"]


def test_x1_a_head_of_two_rows_below_a_title_is_found_by_its_names(world: World) -> None:
    data = sheet(
        ["某县帮扶资金表"],
        ["年度", "类别", "出资单位", "资金", "资金", "村"],
        ["年度", "类别", "出资单位", "金额（万元）", "其他", "村"],
        [2024, "帮扶投资", "永济市水利局", 80, "", "高市村"],
    )
    checked = check(world, data)
    [row] = checked.good
    assert row.form.cleaned_data["amount"] == 800000
    assert "其他" in checked.remarks[0]


def test_x2_a_merged_township_stands_in_every_row_it_spans(world: World) -> None:
    data = sheet(
        [*PLAIN[:4], "镇（街道）", "村"],
        [2024, "帮扶投资", "永济市水利局", 80, "栲栳镇", "高市村"],
        [2024, "帮扶投资", "永济市水利局", 20, None, "韩村"],
        merge="E2:E3",
    )
    found = [row.form.cleaned_data["places"][0].name for row in check(world, data).good]
    assert found == ["高市村", "韩村"]


@pytest.mark.parametrize(("stated", "told"), [(100, False), (110, True)])
def test_x3_a_total_is_no_row_and_must_be_the_sum(stated: int, told: bool, world: World) -> None:
    second = [2024, "帮扶投资", "永济市财政局", 20, "韩村", "修路"]
    total = ["合计", "", "", stated, "", ""]
    checked = check(world, sheet(PLAIN, ROW, second, total, ["填表人：某某"]))
    assert len(checked.good) == 2
    assert any("合计写的是 110万元，各行相加是 100万元" in r for r in checked.remarks) is told


@pytest.mark.parametrize(
    ("head", "written", "yuan"),
    [("金额（元）", 800000, 800000), ("金额", "80万元", 800000), ("金额（万元）", "1.2亿", 1.2e8)],
)
def test_x4_the_unit_is_that_of_the_cell_or_the_head(
    head: str, written: Any, yuan: float, world: World
) -> None:
    row = [*ROW[:3], written, *ROW[4:]]
    [good] = check(world, sheet([*PLAIN[:3], head, *PLAIN[4:]], row)).good
    assert good.form.cleaned_data["amount"] == yuan


def test_x4_yuan_under_a_head_of_ten_thousands_are_questioned(world: World) -> None:
    checked = check(world, sheet(PLAIN, [*ROW[:3], 500000, *ROW[4:]]))
    assert "可能原表写的是元" in checked.remarks[0]


@pytest.mark.parametrize(("written", "yuan"), [("约20万", 200000), ("—", None), ("无", None)])
def test_x5_vague_and_missing_amounts_are_never_nought(
    written: str, yuan: int | None, world: World
) -> None:
    [row] = check(world, sheet(PLAIN, [*ROW[:3], written, *ROW[4:]])).rows
    assert row.form is not None
    assert row.form.cleaned_data.get("amount") == yuan
    assert row.form.cleaned_data.get("approximate") is (written == "约20万")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025年3月", "2025-03"),
        ("2025.3.1", "2025-03-01"),
        ("2025-12", "2025-12"),
        (45730, "2025-03-14"),
        ("45730", "2025-03-14"),
    ],
)
def test_x6_dates_in_every_office_spelling_keep_their_precision(
    written: Any, iso: str, world: World
) -> None:
    head = ["年度", "活动名称", "主办单位", "日期", "地点"]
    data = sheet(head, [2025, "慰问", "永济市水利局", written, "高市村"])
    [row] = check(world, data, slug="visits").good
    assert row.form.cleaned_data["held_on"] == iso


def test_x7_code_columns_of_the_template_are_texts(world: World) -> None:
    data = write_template(Register.registers["contributions"], world.mei, world.yongji)
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert page.column_dimensions["A"].number_format == "@"


def test_x8_full_width_signs_blanks_and_line_feeds_are_read(world: World) -> None:
    row = ["２０２４", " 帮扶投资 ", "永济市水利局\n", "８０．５", "高市村", "饮水\n排水"]
    [good] = check(world, sheet(PLAIN, row)).good
    assert good.form.cleaned_data["amount"] == 805000
    assert good.form.cleaned_data["works"] == "饮水\n排水"


def test_x9_a_formula_that_was_never_calculated_is_refused_by_its_cell(world: World) -> None:
    with pytest.raises(DocumentError, match=r"D2 是公式.*保存一次再上传"):
        check(world, sheet(PLAIN, [*ROW[:3], "=40+40", *ROW[4:]]))


def test_x10_hidden_sheets_are_left_out_and_several_are_read(world: World) -> None:
    book = openpyxl.Workbook()
    for name, hidden in (("上半年", False), ("底稿", True)):
        page = book.create_sheet(name)
        page.append(PLAIN)
        page.append(ROW)
        page.sheet_state = "hidden" if hidden else "visible"
    assert len(check(world, sheet(PLAIN, ROW, book=book)).good) == 2


def test_x11_the_users_own_sheet_comes_back_with_each_bad_cell_explained(world: World) -> None:
    client = client_of(world.mei)
    data = io.BytesIO(sheet(PLAIN, [*ROW[:4], "无名村", "饮水"]))
    data.name = "本单位.xlsx"
    page = client.post(
        reverse("import_upload", args=["contributions"]), {"file": data}, follow=True
    )
    marked = client.post(page.request["PATH_INFO"], {"act": "marked"})
    back = openpyxl.load_workbook(io.BytesIO(marked.content)).active
    assert "无名村" in back["E2"].comment.text
    assert back["D2"].comment is None


def test_x12_all_or_nothing_then_undone_as_a_whole(world: World) -> None:
    client = client_of(world.mei)
    bad = [*ROW[:4], "无名村", "饮水"]
    data = io.BytesIO(sheet(PLAIN, ROW, bad))
    data.name = "表.xlsx"
    page = client.post(
        reverse("import_upload", args=["contributions"]), {"file": data}, follow=True
    )
    address = page.request["PATH_INFO"]
    client.post(address, {"act": "save"})
    assert Contribution.objects.count() == 0, "saved although a row is bad"
    client.post(address, {"act": "save", "good": "1"})
    assert Contribution.objects.count() == 1
    client.post(address, {"act": "undo"})
    assert Contribution.objects.get().state == State.VOID


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_x13_a_csv_of_either_encoding_is_read(encoding: str, world: World) -> None:
    text = ",".join(PLAIN) + "\n" + ",".join(map(str, ROW)) + "\n"
    assert len(check(world, text.encode(encoding), name="表.csv").good) == 1


@pytest.mark.parametrize("start", "=+-@")
def test_x14_words_like_formulas_go_out_and_come_back_as_words(start: str, world: World) -> None:
    words = f"{start}1+1"
    save_rows(check(world, sheet(PLAIN, [*ROW[:5], f"修路\n{words}"])).rows, reason="导入")
    row = Contribution.objects.get()
    assert words in row.works
    Contribution.objects.update(works=words)
    exported = client_of(world.mei).get(reverse("register_export", args=["contributions"]))
    page = openpyxl.load_workbook(io.BytesIO(exported.content)).active
    found = [cell for cells in page.iter_rows() for cell in cells if cell.value == words]
    assert [cell.data_type for cell in found] == ["s"]


def test_the_heads_of_the_tests_are_those_of_the_template(world: World) -> None:
    data = write_template(Register.registers["contributions"], world.mei, world.yongji)
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    heads = {str(cell.value).rstrip("*") for cell in page[3]}
    assert set(HEADS) <= heads
    assert len(check(world, workbook(WATER)).good) == 1
