"""Sheets as offices really make them: read truly, or questioned, or refused with a sentence."""

import csv
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.cast import World
from tests.contract.builders import make

from laoqu.areas.activities.models import ReliefVisit
from laoqu.areas.contributions.models import Contribution
from laoqu.register.importing import check_sheet
from laoqu.register.sheet_template import mark_errors
from laoqu.register.tests.test_bad_sheets import visit
from laoqu.register.tests.test_changes import client_of
from laoqu.register.tests.test_import import check
from laoqu.register.tests.test_sheet_demands import PLAIN, ROW, sheet
from laoqu_engines.reader.documents import DocumentError

BAD = [*ROW[:4], "无名村", "饮水"]
HEADS = [*PLAIN[:3], "金额", *PLAIN[4:]]


def upload(person: Any, data: bytes, slug: str = "contributions", name: str = "表.xlsx") -> Any:
    """The page that an upload leads to, and the client that sees it."""
    client = client_of(person)
    file = SimpleUploadedFile(name, data)
    page = client.post(reverse("import_upload", args=[slug]), {"file": file}, follow=True)
    return client, page


def rewritten(data: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with other words in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(out, "w") as made:
        for name in book.namelist():
            text = book.read(name)
            made.writestr(name, text.replace(old.encode(), new.encode()) if part in name else text)
    return out.getvalue()


@pytest.mark.parametrize("title", [["单位：元"], ["帮扶资金统计表（单位：元）"], ["帮扶表（元）"]])
def test_the_unit_of_the_title_counts_where_the_head_has_none(
    title: list[str], world: World
) -> None:
    data = sheet(title, HEADS, [*ROW[:3], 800000, *ROW[4:]])
    [row] = check(world, data).good
    assert row.form.cleaned_data["amount"] == 800000


@pytest.mark.parametrize("head", ["金额（单位：元）", "金额:元", "金额(元)"])
def test_the_unit_of_a_head_is_read_in_every_spelling(head: str, world: World) -> None:
    data = sheet([*PLAIN[:3], head, *PLAIN[4:]], [*ROW[:3], 800000, *ROW[4:]])
    [row] = check(world, data).good
    assert row.form.cleaned_data["amount"] == 800000


def test_heads_that_resemble_ours_are_read_and_told(world: World) -> None:
    heads = [
        "序号",
        "年份",
        "类别",
        "出资部门名称",
        "投资金额（万元）",
        "所在村",
        "建设内容及规模",
        "责任单位",
    ]
    checked = check(world, sheet(heads, [1, *ROW, "某局"]))
    [row] = checked.good
    assert row.form.cleaned_data["amount"] == 800000
    assert row.form.cleaned_data["funder"].name == "永济市水利局"
    assert row.form.cleaned_data["places"][0].name == "高市村"
    assert (
        "这些列照相近的意思读入，请核对：出资部门名称 → 出资单位、投资金额（万元） → 金额"
        in checked.remarks[0]
    )
    assert "这些列没有用上：责任单位。" in checked.remarks


def test_a_title_with_the_words_of_a_head_is_no_header(world: World) -> None:
    data = sheet(["2024年度帮扶金额", "", "填报日期：1月"], PLAIN, ROW)
    assert [row.number for row in check(world, data).good] == [3]


def test_a_hundred_unknown_columns_are_told_in_short(world: World) -> None:
    heads = [*PLAIN, *(f"列{n}" for n in range(100))]
    assert check(world, sheet(heads, ROW)).remarks == [
        "这些列没有用上：列0、列1、列2、列3、列4等。"
    ]


def test_totals_and_signatures_are_known_with_blanks_inside_and_are_told(world: World) -> None:
    notes: list[list[Any]] = [
        ["张营镇小计", "", "", 80],
        ["合 计", "", "", 80],
        ["填表人： 某某", "", "审核人："],
    ]
    checked = check(world, sheet(PLAIN, ROW, *notes))
    assert [row.number for row in checked.rows] == [2]
    assert checked.remarks == ["第 3、5 行是小计、签字或说明，没有读入。"]


@pytest.mark.parametrize("works", ["说明牌制作", "累计修路3公里", "合计口径培训", "负责人座谈会"])
def test_a_row_that_begins_like_a_total_or_a_remark_is_not_lost(works: str, world: World) -> None:
    data = sheet([PLAIN[5], *PLAIN[:5]], [works, *ROW[:5]])
    assert [row.form.cleaned_data["works"] for row in check(world, data).good] == [works]


def test_one_amount_merged_over_several_rows_is_not_counted_again(world: World) -> None:
    second = [*ROW[:3], None, "韩村", "饮水"]
    checked = check(world, sheet(PLAIN, ROW, second, ROW, merge="D2:D3"))
    assert [row.number for row in checked.bad] == [2, 3]
    assert "请把这几行并成一行" in checked.bad[1].sentences()[0]
    assert [row.number for row in checked.good] == [4]


def test_names_spread_over_their_cell_and_signs_of_no_width_are_read(world: World) -> None:
    row = [2024, "帮扶投资", "永济市 水利局\u200b", "\xa080\ufeff", "高 市 村、韩 村", "饮水"]
    [good] = check(world, sheet(PLAIN, row)).good
    assert [place.name for place in good.form.cleaned_data["places"]] == ["高市村", "韩村"]


@pytest.mark.parametrize(
    ("written", "count", "unit", "about"),
    [("20余项", 20, "项", True), ("约20", 20, "场", True), ("二十场", 20, "场", False)],
)
def test_vague_counts_keep_their_unit_and_that_they_are_vague(
    written: str, count: int, unit: str, about: bool, world: World
) -> None:
    heads = ["年度", "活动名称", "地点", "数量"]
    [row] = check(world, sheet(heads, [2024, "慰问", "高市村", written]), slug="visits").good
    cleaned = row.form.cleaned_data
    assert (cleaned["count"], cleaned["approximate"]) == (count, about)
    assert cleaned["unit"] == (unit if "约" not in written else "")


def test_a_count_without_a_mark_for_about_is_never_made_exact(world: World) -> None:
    heads = ["年度", "活动名称", "地点", "花名册户数", "签收户数"]
    checked = check(world, sheet(heads, [2024, "慰问", "高市村", "12户", "约10户"]), slug="visits")
    assert checked.rows[0].form.cleaned_data["roster_count"] == 12
    assert checked.rows[0].sentences() == ["签收户数：请只写数字，例如 12。"]


@pytest.mark.parametrize(
    ("written", "iso"), [("年底", "2024"), ("3月", "2024-03"), (45730.5, "2025-03-14")]
)
def test_a_date_takes_the_year_of_its_row_and_loses_its_hours(
    written: Any, iso: str, world: World
) -> None:
    [row] = check(world, visit(日期=written), slug="visits").good
    assert row.form.cleaned_data["held_on"] == iso


def test_october_that_excel_made_january_is_questioned(world: World) -> None:
    checked = check(world, visit(日期=2024.10), slug="visits")
    assert "第 2 行的“日期”读作 1 月。如果是 10 月" in checked.remarks[0]


def test_failed_formulas_are_told_cell_by_cell(world: World) -> None:
    data = sheet(PLAIN, [*ROW[:3], "#REF!", ROW[4], "#N/A"])
    [row] = check(world, data).bad
    assert row.errors["amount"][0].startswith("这一格的公式出错了（#REF!）")
    assert row.errors["works"][0].startswith("这一格的公式出错了（#N/A）")


@pytest.mark.parametrize("value", ["<v />", "<v></v>", ""])
def test_a_formula_without_value_is_refused_however_it_is_written(value: str, world: World) -> None:
    data = sheet(PLAIN, ROW)
    data = rewritten(data, "sheet1", '<c r="D2" t="n"><v>80</v>', f'<c r="D2"><f>40+40</f>{value}')
    with pytest.raises(DocumentError, match="“Sheet”表的 D2 是公式，还没有算出数来"):
        check(world, data)


def test_a_formula_whose_value_is_the_empty_text_is_calculated(world: World) -> None:
    empty = '<c r="D2" t="str"><f>IF(A1="","",B1)</f><v></v>'
    data = rewritten(sheet(PLAIN, ROW), "sheet1", '<c r="D2" t="n"><v>80</v>', empty)
    assert len(check(world, data).good) == 1


def test_two_rows_that_say_the_same_are_questioned(world: World) -> None:
    assert "第 3 行与上面的行一模一样" in check(world, sheet(PLAIN, ROW, ROW)).remarks[0]


def test_rows_of_several_sheets_are_named_with_their_sheet(world: World) -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("图", 0)
    second = book.create_sheet("下半年")
    second.append(PLAIN)
    second.append(BAD)
    data = sheet(PLAIN, ROW, book=book) if book.active is second else _second(book)
    checked = check(world, data)
    assert [row.where for row in checked.bad] == ["2（下半年）"]
    marked = openpyxl.load_workbook(io.BytesIO(mark_errors(checked, data)))
    assert marked["下半年"]["E2"].comment is not None
    assert marked["Sheet"]["E2"].comment is None


def _second(book: Any) -> bytes:
    for row in (PLAIN, ROW):
        book["Sheet"].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("between", ["\t", ";"])
def test_a_csv_may_use_other_signs_between_its_cells(between: str, world: World) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=between).writerows([PLAIN, ROW])
    assert len(check(world, text.getvalue().encode("utf-16"), name="表.csv").good) == 1


def test_merged_cells_and_other_kinds_of_files_are_marked_too(world: World) -> None:
    data = sheet(PLAIN, BAD, [*ROW[:4], None, "饮水"], merge="E2:E3")
    page = openpyxl.load_workbook(io.BytesIO(mark_errors(check(world, data), data))).active
    assert "无名村" in page["E2"].comment.text
    assert page["G1"].value == "要改的地方"
    assert "受益村：地名里没有“无名村”" in page["G3"].value
    text = io.StringIO()
    csv.writer(text).writerows([PLAIN, [*BAD[:5], "=1+1"]])
    data = text.getvalue().encode()
    checked = check(world, data, name="表.csv")
    page = openpyxl.load_workbook(io.BytesIO(mark_errors(checked, data))).active
    assert (page["F2"].value, page["F2"].data_type) == ("=1+1", "s")


def test_what_is_missing_altogether_is_explained_in_the_first_cell(world: World) -> None:
    data = sheet(PLAIN[2:], ROW[2:])
    page = openpyxl.load_workbook(io.BytesIO(mark_errors(check(world, data), data))).active
    assert page["A2"].comment.text == "年度：这一项要填写。"


def test_a_row_changed_between_preview_and_saving_is_not_overwritten(world: World) -> None:
    row: Any = make(world, "visits")
    client, page = upload(world.mei, visit(编号=row.code, 活动名称="表里写的"), "visits")
    assert "可以保存" in page.content.decode()
    ReliefVisit.objects.update(name="别人写的", updated_at="2099-01-01T00:00:00Z")
    client.post(page.request["PATH_INFO"], {"act": "save"})
    row.refresh_from_db()
    assert row.name == "别人写的"


def test_the_same_file_again_is_told_before_it_is_counted_twice(world: World) -> None:
    data = sheet(PLAIN, ROW)
    client, page = upload(world.mei, data)
    assert "已经由" not in page.content.decode()
    client.post(page.request["PATH_INFO"], {"act": "save"})
    _client, again = upload(world.mei, data, name="抄件.xlsx")
    assert "已经由mei导入过。再保存一次，同样的内容会记两遍。" in again.content.decode()
    client.post(page.request["PATH_INFO"], {"act": "undo"})
    _client, undone = upload(world.mei, data)
    assert "已经由" not in undone.content.decode()


def test_a_button_pressed_twice_saves_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client, page = upload(world.mei, sheet(PLAIN, ROW))
    address = page.request["PATH_INFO"]
    checked: list[int] = []

    def other_press_comes_first(*args: Any, **how: Any) -> Any:
        found = check_sheet(*args, **how)
        checked.append(1)
        if len(checked) == 1:
            client.post(address, {"act": "save"})
        return found

    monkeypatch.setattr("laoqu.register.import_views.check_sheet", other_press_comes_first)
    client.post(address, {"act": "save"})
    assert Contribution.objects.count() == 1


def test_an_exported_sheet_names_its_unit_once(world: World) -> None:
    data = client_of(world.mei).get(reverse("register_export", args=["contributions"])).content
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(data)).active for cell in row]
    assert "单位：万元" in cells


@pytest.mark.parametrize("slug", ["places", "organisations"])
def test_rows_without_codes_are_known_again_by_their_names(slug: str, world: World) -> None:
    client = client_of(world.mei)
    exported = client.get(reverse("register_export", args=[slug])).content
    told = {row.values["name"]: row for row in check(world, exported, slug=slug).rows}
    foreign = [told.pop(name, None) for name in ("临猗县水利局", "猗氏镇", "高头村")]
    assert foreign != [None] * 3
    assert {(row.unchanged, *row.sentences()) for row in told.values()} == {(True,)}


def test_new_places_of_a_sheet_lie_where_their_township_is_and_are_undone(world: World) -> None:
    heads = ["名称", "层级", "上级"]
    data = sheet(heads, ["新庄", "自然村", "高市村"], ["老庄", "自然村", "高市村"])
    client, page = upload(world.mei, data, "places")
    address = page.request["PATH_INFO"]
    saved = client.post(address, {"act": "save"}, follow=True).content.decode()
    assert "新记 2 行" in saved
    above = world.places["高市村"]
    assert set(above.children.values_list("area_code", flat=True)) == {above.area_code}
    client.post(address, {"act": "undo"})
    assert not above.children.exists()


def test_a_code_that_another_place_has_is_refused_in_plain_words(world: World) -> None:
    heads = ["名称", "层级", "上级", "统计用区划代码"]
    data = sheet(heads, ["新庄", "行政村（社区）", "栲栳镇", world.places["高市村"].nbs_code])
    [row] = check(world, data, slug="places").bad
    assert row.sentences() == ["已经有这个代码的地名，请核对代码。"]


def test_a_row_that_one_may_see_but_not_change_is_let_be(world: World) -> None:
    row: Any = make(world, "visits", village=world.places["新源村"], visibility="public")
    heads = ["编号", "年度", "活动名称", "日期", "地点"]
    told = [row.code, row.year, row.name, row.held_on, "新源村"]
    assert check(world, sheet(heads, told), world.lao, slug="visits").rows[0].unchanged
    told[2] = "改了的"
    [changed] = check(world, sheet(heads, told), world.lao, slug="visits").bad
    assert f"“{row.code}”这一行不归您改" in changed.sentences()[0]


def test_a_sheet_that_changes_nothing_says_so_and_a_change_names_its_field(world: World) -> None:
    row: Any = make(world, "visits")
    data = client_of(world.mei).get(reverse("register_export", args=["visits"])).content
    _client, same = upload(world.mei, data, "visits")
    assert "表里的内容和台账上的一样，没有要保存的。" in same.content.decode()
    assert "这些列不从表里改：办理状态。" in same.content.decode()
    _client, page = upload(world.mei, visit(编号=row.code, 活动名称="改名", 日期=""), "visits")
    assert "✓ 修改：" in page.content.decode()
    assert "活动名称" in page.content.decode().split("✓ 修改：")[1][:40]


def test_what_a_row_of_the_register_says_already_is_questioned(world: World) -> None:
    client, page = upload(world.mei, sheet(PLAIN, ROW, BAD))
    told = client.post(page.request["PATH_INFO"], {"act": "save", "good": "1"}, follow=True)
    assert "还有 1 行没有保存" in told.content.decode()
    mended = sheet(PLAIN, ROW, [*ROW[:4], "韩村", "修渠"])
    checked = check(world, mended)
    assert checked.remarks == ["第 2 行和台账里的帮扶2024-001写的一样，请看是不是已经记过。"]


def test_a_word_that_is_no_choice_is_told_with_the_choices(world: World) -> None:
    [row] = check(world, sheet(PLAIN, [2024, "送钱", *ROW[2:]])).bad
    assert row.sentences()[0].startswith("类别：“送钱”不在可选的里面，请写其中一个：帮扶投资、")
