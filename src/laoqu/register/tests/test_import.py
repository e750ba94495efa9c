"""Sheets in: checked whole through the register's form, saved in one go, undone in one go."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.contributions.models import Contribution
from laoqu.register.importing import check_sheet, save_rows
from laoqu.register.models import SheetImport, State
from laoqu.register.registry import Register
from laoqu.register.sheet_template import mark_errors, write_template
from laoqu_engines.reader.documents import DocumentError

HEADS = [
    "编号",
    "年度",
    "类别",
    "出资单位",
    "金额（万元）",
    "金额口径",
    "镇（街道）",
    "村",
    "建设内容",
]
WATER = ["", 2024, "帮扶投资", "永济市水利局", 80, "投资（原文未分）", "栲栳镇", "高市村", "饮水"]
FINANCE = ["", 2024, "帮扶投资", "永济市财政局", "约20", "", "", "高市村、韩村", "修路\n排水"]


def workbook(*rows: list[Any], title: str = "帮扶资金") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.append([title])
    page.append(HEADS)
    for row in rows:
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def check(
    world: World,
    data: bytes,
    person: Any = None,
    name: str = "表.xlsx",
    slug: str = "contributions",
) -> Any:
    register = Register.registers[slug]
    return check_sheet(register, data, name, person or world.mei, world.yongji)


def test_good_rows_are_saved_with_units_links_codes_and_history(world: World) -> None:
    checked = check(world, workbook(WATER, FINANCE))  # X1, X4
    assert not checked.bad
    save_rows(checked.rows, reason="导入")
    water, finance = Contribution.objects.order_by("code")
    assert (water.code, water.amount, water.attribution) == ("帮扶2024-001", 800000, "sole")
    assert [place.name for place in finance.places.all()] == ["高市村", "韩村"]
    assert finance.amount == 200000
    assert finance.entered_by == world.mei
    assert water.history.get().history_change_reason == "导入"


def test_total_rows_and_blank_rows_are_no_rows(world: World) -> None:
    checked = check(world, workbook(WATER, [], ["合计", "", "", "", 80], ["填表人：某某"]))  # X3
    assert len(checked.rows) == 1


def test_each_bad_cell_gets_its_sentence_and_its_mark_in_the_users_own_sheet(world: World) -> None:
    bad = [*WATER]
    bad[3], bad[4], bad[7] = "永济市没有局", "许多", "无名村"
    data = workbook(WATER, bad)
    checked = check(world, data)
    [row] = checked.bad
    assert set(row.errors) == {"funder", "amount", "places"}
    page = openpyxl.load_workbook(io.BytesIO(mark_errors(checked, data))).active
    assert "没有局" in page["D4"].comment.text  # X11
    assert page["D4"].fill.fgColor.rgb.endswith("FFC7CE")
    assert page["D3"].comment is None


def test_a_key_twice_in_the_sheet_is_refused(world: World) -> None:
    save_rows(check(world, workbook(WATER)).rows, reason="")
    again = ["帮扶2024-001", *WATER[1:]]
    checked = check(world, workbook(again, again))
    assert "重复" in checked.rows[1].errors["code"][0]


def test_a_key_of_another_county_is_unknown_here(world: World) -> None:
    foreign = Contribution(association=world.linyi, year=2024, attribution="unknown", code="甲1")
    foreign.save()
    checked = check(world, workbook(["甲1", *WATER[1:]]))
    assert "没有编号" in checked.rows[0].errors["code"][0]


def test_confirmed_money_cannot_be_changed_by_a_sheet_either(world: World) -> None:
    save_rows(check(world, workbook(WATER)).rows, reason="")
    changed = ["帮扶2024-001", *WATER[1:]]
    changed[4] = 90
    checked = check(world, workbook(changed))
    assert "红字冲销" in checked.rows[0].errors[""][0]


def test_the_same_sheet_with_its_codes_changes_nothing(world: World) -> None:
    save_rows(check(world, workbook(WATER, FINANCE)).rows, reason="")
    rows = [[f"帮扶2024-00{n}", *row[1:]] for n, row in ((1, WATER), (2, FINANCE))]
    rows[1][4] = "20"
    checked = check(world, workbook(*rows))
    assert [row.unchanged for row in checked.rows] == [True, True], [r.errors for r in checked.rows]


def test_csv_in_gb18030_is_read(world: World) -> None:
    text = "年度,类别,出资单位,金额（万元）,金额口径,村\n2024,帮扶投资,永济市水利局,80,,高市村\n"
    checked = check(world, text.encode("gb18030"), name="表.csv")  # X13
    assert len(checked.good) == 1


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "空.xlsx", "空文件"),
        (b"PK not a sheet", "坏.xlsx", "不是完好的表格"),
        ("甲,乙\n1,2\n".encode(), "别的.csv", "没有在表里找到表头"),
        ("年度,类别,出资单位\n".encode(), "只有表头.csv", "没有内容"),
    ],
)
def test_a_sheet_that_cannot_be_used_says_what_to_do(
    data: bytes, name: str, words: str, world: World
) -> None:
    with pytest.raises(DocumentError, match=words):
        check(world, data, name=name)


def test_checking_costs_the_same_queries_for_ten_rows_and_a_hundred(
    world: World, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(40) as few:
        check(world, workbook(*[WATER] * 10))
    with django_assert_max_num_queries(len(few)):
        check(world, workbook(*[WATER] * 100))


def test_a_stranger_sees_no_template_and_no_upload(world: World) -> None:
    client = Client()
    client.force_login(world.cheng)
    for page in ("import_template", "import_upload"):
        assert client.get(reverse(page, args=["contributions"])).status_code == 404


def test_upload_preview_save_and_undo_page_by_page(world: World) -> None:
    client = Client()
    client.force_login(world.mei)
    file = SimpleUploadedFile("表.xlsx", workbook(WATER, FINANCE))
    shown = client.post(
        reverse("import_upload", args=["contributions"]), {"file": file}, follow=True
    )
    assert "可以保存" in shown.content.decode()
    assert Contribution.objects.count() == 0
    page = shown.request["PATH_INFO"]
    saved = client.post(page, {"act": "save"}, follow=True)
    assert "新记 2 行" in saved.content.decode()
    client.post(page, {"act": "save"})
    assert Contribution.objects.count() == 2
    client.post(page, {"act": "undo"})
    assert set(Contribution.objects.values_list("state", flat=True)) == {State.VOID}
    other = Client()
    other.force_login(world.lin)
    assert other.get(page).status_code == 404
    assert SheetImport.objects.get().undone_at is not None


def test_an_import_that_somebody_edited_since_is_not_undone(world: World) -> None:
    client = Client()
    client.force_login(world.mei)
    row = ["", 2024, "帮扶投资", "永济市水利局", "", "", "栲栳镇", "高市村", "修桥"]
    file = SimpleUploadedFile("表.xlsx", workbook(row))
    answer = client.post(
        reverse("import_upload", args=["contributions"]), {"file": file}, follow=True
    )
    page = answer.request["PATH_INFO"]
    client.post(page, {"act": "save"})
    Contribution.objects.update(version=2)
    refused = client.post(page, {"act": "undo"}, follow=True)
    assert "不能整批撤销" in refused.content.decode()
    assert Contribution.objects.get().state == State.REVIEWED


def test_the_template_has_heads_drop_downs_and_the_township_cascade(world: World) -> None:
    data = write_template(Register.registers["contributions"], world.mei, world.yongji)
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    heads = [cell.value for cell in page[3]]
    assert heads[:2] == ["编号", "年度*"]
    assert "金额（万元）" in heads
    formulas = [rule.formula1 for rule in page.data_validations.dataValidation]
    assert any("INDIRECT" in formula for formula in formulas)
    assert "栲栳镇" in book.defined_names
