"""Bad sheets: a sentence for each case, nothing lost, nothing half-saved."""

import io
import zipfile
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from tests.cast import World
from tests.contract.builders import make

from laoqu.areas.activities.models import ReliefVisit
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.places.models import Succession
from laoqu.register.importing import save_rows
from laoqu.register.tests.test_changes import client_of
from laoqu.register.tests.test_import import check
from laoqu.register.tests.test_sheet_demands import PLAIN, ROW, sheet
from laoqu_engines.reader.documents import DocumentError

VISITS = ["编号", "年度", "活动名称", "主办单位", "日期", "地点"]


def visit(**words: Any) -> bytes:
    row = dict(zip(VISITS, ["", 2024, "慰问", "永济市水利局", "2024-01", "高市村"], strict=True))
    row.update(words)
    return sheet(list(row), list(row.values()))


def sentences(world: World, data: bytes, person: Any = None, slug: str = "visits") -> str:
    """What the check says about the one row."""
    [row] = check(world, data, person, slug=slug).rows
    return "".join(row.sentences())


def test_a_sheet_of_another_kind_says_which_heads_are_missing(world: World) -> None:
    with pytest.raises(DocumentError, match="没有在表里找到表头。请下载本台账的模板"):
        check(world, sheet(["姓名", "工资"], ["某某", 1]), slug="visits")


def test_a_village_of_another_county_is_not_found_here(world: World) -> None:
    assert "高头村" in sentences(world, visit(地点="高头村"))
    assert "临猗县水利局" in sentences(world, visit(主办单位="临猗县水利局"))


def test_two_hundred_thousand_rows_are_refused_with_the_number(world: World) -> None:
    text = "年度,活动名称\n" + "2024,慰问\n" * 200_000
    with pytest.raises(DocumentError, match="表里有 200000 行，一次最多 20000 行"):
        check(world, text.encode(), name="表.csv", slug="visits")


def test_a_workbook_with_macros_is_refused(world: World) -> None:
    stream = io.BytesIO(visit())
    with zipfile.ZipFile(stream, "a") as book:
        book.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(DocumentError, match="带有宏"):
        check(world, stream.getvalue(), slug="visits")
    assert "不是表格" in upload(world, visit(), "表.xlsm")


def upload(world: World, data: bytes, name: str) -> str:
    file = io.BytesIO(data)
    file.name = name
    page = client_of(world.mei).post(reverse("import_upload", args=["visits"]), {"file": file})
    return page.content.decode()


def test_the_key_of_another_township_is_unknown_to_this_one(world: World) -> None:
    foreign = make(world, "visits", village=world.places["新源村"])
    told = sentences(world, visit(编号=foreign.code), world.lao)
    assert f"没有编号“{foreign.code}”的行" in told
    foreign.refresh_from_db()
    assert foreign.version == 1


def test_a_township_cannot_take_in_rows_of_another_township(world: World) -> None:
    client = client_of(world.lao)
    file = io.BytesIO(visit(地点="虞乡镇新源村"))
    file.name = "表.xlsx"
    page = client.post(reverse("import_upload", args=["visits"]), {"file": file}, follow=True)
    saved = client.post(page.request["PATH_INFO"], {"act": "save"}, follow=True)
    assert "第 2 行不属于您，一行也没有保存" in saved.content.decode()
    assert ReliefVisit.objects.count() == 0


def test_a_row_that_somebody_changed_since_the_export_is_refused(world: World) -> None:
    row: Any = make(world, "visits")
    exported = client_of(world.mei).get(reverse("register_export", args=["visits"])).content
    assert check(world, exported, slug="visits").rows[0].unchanged
    row.name = "别人改的"
    row.save()
    ReliefVisit.objects.update(updated_at="2099-01-01T00:00:00Z")
    assert "您导出或上传以后，有人改过" in sentences(world, exported)


def test_a_village_that_was_merged_is_told_with_its_new_name(world: World) -> None:
    Succession(
        association=world.yongji,
        year=2023,
        place=world.places["韩村"],
        successor=world.places["高市村"],
        kind="merged",
    ).save()
    checked = check(world, visit(地点="韩村"), slug="visits")
    assert "“韩村”已经撤并，现在是“高市村”" in checked.remarks[0]
    assert len(checked.good) == 1


def test_a_date_that_lies_ahead_is_questioned(world: World) -> None:
    checked = check(world, visit(日期="2099年5月"), slug="visits")
    assert "第 2 行的“日期”还没有到，请核对" in checked.remarks[0]


def test_negative_money_is_refused_with_the_way_to_correct(world: World) -> None:
    told = sentences(world, sheet(PLAIN, [*ROW[:3], -80, *ROW[4:]]), slug="contributions")
    assert "金额不能是负数。要更正请用“红字冲销”" in told


def test_a_name_of_five_hundred_characters_is_refused_with_the_limit(world: World) -> None:
    assert "200" in sentences(world, visit(活动名称="长" * 500))


@pytest.mark.parametrize("name", ["慰问😀", "𠮷𫝆村慰问", "㐂㛃䶮", "<script>alert(1)</script>"])
def test_rare_characters_emoji_and_script_are_words_like_any_other(name: str, world: World) -> None:
    save_rows(check(world, visit(活动名称=name), slug="visits").rows, reason="导入")
    row = ReliefVisit.objects.get()
    assert row.name == name
    page = client_of(world.mei).get(reverse("register_list", args=["visits"])).content.decode()
    assert "<script>alert" not in page
    exported = client_of(world.mei).get(reverse("register_export", args=["visits"])).content
    assert check(world, exported, slug="visits").rows[0].unchanged


def test_nothing_is_saved_when_one_row_breaks_while_writing(world: World) -> None:
    checked = check(world, sheet(PLAIN, ROW, ROW))
    second = checked.rows[1].form
    assert second is not None
    second.instance.association = world.linyi
    with pytest.raises(PermissionDenied):
        save_rows(checked.rows, reason="导入")
    assert Contribution.objects.count() == 0


def test_a_visitor_without_an_account_is_asked_to_log_in(world: World) -> None:
    answer = Client().post(reverse("import_upload", args=["visits"]), {})
    assert answer.status_code == 302
