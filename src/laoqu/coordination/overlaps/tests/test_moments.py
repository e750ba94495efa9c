"""The moments at which the ledger speaks up: typing, a sheet, before approval; it never blocks."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook
from tests.cast import World

from laoqu.areas.needs.models import Need
from laoqu.areas.needs.models import Stage as NeedStage
from laoqu.areas.projects.models import Project
from laoqu.areas.projects.stages import Stage as ProjectStage
from laoqu.coordination.overlaps.decisions import Decision, decide
from laoqu.coordination.overlaps.models import Conclusion, OverlapPair
from laoqu.coordination.overlaps.tests.builders import DRAIN, checked, money, need, project
from laoqu.coordination.overlaps.tests.test_decisions import client_of
from laoqu.register.registry import record_url

TYPED = {
    "year": "2024",
    "name": "高市村巷道排水",
    "category": "water_works",
    "urgency": "urgent",
    "places": "高市村",
    "works": DRAIN,
    "visibility": "internal",
}


def hints(client: Client, **typed: str) -> str:
    """What the form says when asked, as far as the advice goes."""
    answer = client.post(
        reverse("register_create", args=["needs"]), {**TYPED, **typed, "check": "1"}
    )
    assert answer.status_code == 200
    page = answer.content.decode()
    return page[page.index("data-advice") : page.index("保存</button>")]


def test_typing_a_need_shows_what_it_may_repeat_and_saves_nothing(world: World) -> None:
    planned = project(world)
    said = hints(client_of(world.mei))
    assert planned.code in said
    assert planned.name in said
    assert "800米" in said
    assert not Need.objects.exists()
    assert not OverlapPair.objects.exists()


def test_a_need_that_repeats_nothing_is_told_so(world: World) -> None:
    project(world, ("新源村",))
    assert "没有查到重复的记录" in hints(client_of(world.mei))


def test_a_half_filled_form_is_compared_as_far_as_it_goes_without_complaints(world: World) -> None:
    planned = project(world)
    client = client_of(world.mei)
    assert "先写好“村”和要办的事" in hints(client, places="")
    half = hints(client, year="", category="", urgency="")
    assert planned.code in half
    page = client.post(
        reverse("register_create", args=["needs"]),
        {"places": "高市村", "works": DRAIN, "check": "1"},
    ).content.decode()
    assert "请先改好" not in page
    assert DRAIN in page  # what was typed is still there


def test_records_that_this_person_may_not_see_are_counted_and_not_named(world: World) -> None:
    planned = project(world)
    said = hints(client_of(world.shui), lead="永济市水利局")
    assert planned.code not in said
    assert planned.name not in said
    assert "另有 1 条您无权查看的记录，请联系秘书处" in said


def test_a_row_being_changed_is_not_compared_with_itself_nor_what_was_decided(world: World) -> None:
    mine, planned = need(world), project(world)
    client = client_of(world.mei)
    page = reverse("register_edit", args=["needs", mine.pk])
    said = client.post(page, {**TYPED, "version": "1", "check": "1"}).content.decode()
    assert planned.name in said
    assert said.count(f"{mine.code}　") == 0
    [pair] = checked(world)
    decide(pair, world.mei, Decision(Conclusion.DIFFERENT, "现场看过"))
    said = client.post(page, {**TYPED, "version": "1", "check": "1"}).content.decode()
    assert "没有查到重复的记录" in said


def test_typing_costs_the_same_queries_however_many_works_the_village_has(
    world: World, django_assert_max_num_queries: Any
) -> None:
    project(world)
    money(world, works="机井")
    need(world, name="高市村文化广场", works="文化广场300平方米")
    client = client_of(world.mei)
    with django_assert_max_num_queries(60) as few:
        hints(client)
    for number in range(6):
        money(world, works=f"第{number}号机井")
        project(world, name=f"第{number}号机井", works="机井")
    with django_assert_max_num_queries(len(few)):
        hints(client)


def test_saving_goes_through_and_leaves_a_question_to_be_decided(world: World) -> None:
    project(world)
    client = client_of(world.mei)
    answer = client.post(reverse("register_create", args=["needs"]), TYPED, follow=True)
    saved = Need.objects.get()
    pair = OverlapPair.objects.get()
    assert saved.code in pair.codes
    page = answer.content.decode()
    assert "有 1 件可能是重复的，请到“疑似重复建设”里研判" in page
    assert pair.code in page  # the record's own page leads there


def test_a_township_is_told_that_the_office_will_decide(world: World) -> None:
    project(world)
    client = client_of(world.lao)
    answer = client.post(reverse("register_create", args=["needs"]), TYPED, follow=True)
    assert "秘书处会研判，不影响您保存" in answer.content.decode()


def sheet(*rows: tuple[str, str, str]) -> SimpleUploadedFile:
    book = Workbook()
    page: Any = book.active
    page.append(["年度", "需求名称", "类别", "紧迫程度", "村", "拟建内容与规模"])
    for name, village, works in rows:
        page.append([2024, name, "水利", "急", village, works])
    kept = BytesIO()
    book.save(kept)
    return SimpleUploadedFile("需求.xlsx", kept.getvalue())


def preview(client: Client, *rows: tuple[str, str, str]) -> str:
    upload = reverse("import_upload", args=["needs"])
    return client.post(upload, {"file": sheet(*rows)}, follow=True).content.decode()


def test_the_preview_of_a_sheet_names_what_its_rows_repeat(world: World) -> None:
    planned = project(world)
    page = preview(
        client_of(world.mei),
        ("文化广场", "高市村", "文化广场300平方米"),
        ("高市村巷道排水", "高市村", DRAIN),
        ("高市巷道排水沟", "高市村", DRAIN),
        ("韩村饮水", "韩村", "水塔1座"),
    )
    assert f"可能和 {planned.code} 重复" in page
    assert "可能和表中第 4 行重复" in page
    assert "可能和表中第 3 行重复" in page
    assert "可能和表中第 2 行重复" not in page
    assert "要看一看的 <strong>2</strong> 行" in page
    assert "全部保存" in page  # it never blocks


def test_the_preview_does_not_name_records_of_others(world: World) -> None:
    planned = project(world)
    page = preview(client_of(world.shui), ("高市村巷道排水", "高市村", DRAIN))
    assert planned.code not in page
    assert "可能和一条您无权查看的记录重复，请联系秘书处" in page


def test_a_saved_sheet_leaves_its_questions(world: World) -> None:
    project(world)
    client = client_of(world.mei)
    upload = reverse("import_upload", args=["needs"])
    answer = client.post(upload, {"file": sheet(("高市村巷道排水", "高市村", DRAIN))})
    client.post(answer["Location"], {"act": "save"})
    assert Need.objects.count() == 1
    assert OverlapPair.objects.count() == 1


def move_to(client: Client, slug: str, row: Any, target: str, **more: str) -> Any:
    page = reverse("register_move", args=[slug, row.pk])
    return client.post(page, {"target": target, "reason": "", **more})


@pytest.mark.parametrize(
    ("slug", "stage", "target"),
    [
        ("needs", NeedStage.DEPARTMENT, NeedStage.COUNTY),
        ("needs", NeedStage.COUNTY, NeedStage.LISTED),
        ("projects", ProjectStage.NOTICED, ProjectStage.ADMITTED),
        ("projects", ProjectStage.ADMITTED, ProjectStage.APPROVED),
        ("projects", ProjectStage.APPROVED, ProjectStage.FUNDED),
    ],
)
def test_before_approval_open_questions_are_shown_and_going_on_is_kept(
    world: World, slug: str, stage: str, target: str
) -> None:
    if slug == "needs":
        row: Any = need(world, stage=stage, exemption="汛期抢险")
        project(world)
    else:
        row = project(world, stage=stage, target="排水800米")
        need(world)
    client = client_of(world.mei)
    shown = move_to(client, slug, row, target)
    pair = OverlapPair.objects.get()
    assert shown.status_code == 200
    assert pair.code in shown.content.decode()
    row.refresh_from_db()
    assert row.stage == stage
    assert move_to(client, slug, row, target, seen="1")["Location"].startswith(record_url(row))
    row.refresh_from_db()
    assert row.stage == target
    assert f"已看过 {pair.code}" in row.history.first().history_change_reason
    pair.refresh_from_db()
    assert "前已看过" in pair.history.first().history_change_reason
    assert pair.history.first().history_user == world.mei
    assert pair.is_open


def test_other_moves_and_rows_without_questions_go_straight_on(world: World) -> None:
    row = need(world)
    project(world)
    checked(world)
    client = client_of(world.mei)
    assert move_to(client, "needs", row, NeedStage.REPORTED).status_code == 302
    alone = need(world, ("新源村",), stage=NeedStage.DEPARTMENT)
    assert move_to(client, "needs", alone, NeedStage.COUNTY).status_code == 302
    alone.refresh_from_db()
    assert alone.stage == NeedStage.COUNTY


def test_a_decided_question_does_not_stand_before_an_approval(world: World) -> None:
    planned = project(world, stage=ProjectStage.NOTICED, target="排水800米")
    need(world)
    [pair] = checked(world)
    decide(pair, world.mei, Decision(Conclusion.DIFFERENT, "现场看过"))
    assert move_to(client_of(world.mei), "projects", planned, "admitted").status_code == 302
    assert Project.objects.get().stage == ProjectStage.ADMITTED


def test_home_progress_and_the_village_file_say_how_many_wait(world: World) -> None:
    need(world)
    project(world)
    checked(world)
    client = client_of(world.mei)
    assert "有 1 件疑似重复建设等着研判" in client.get("/").content.decode()
    assert "1 件等着研判" in client.get(reverse("progress")).content.decode()
    for village, said in (("高市村", True), ("新源村", False)):
        page = client.get(reverse("village_file", args=[world.places[village].pk]))
        assert ("这个村有 1 件疑似重复建设等着研判" in page.content.decode()) == said
    assert "疑似重复建设等着研判" not in client_of(world.public).get("/").content.decode()


def test_a_department_moving_its_project_on_is_not_shown_the_record_of_another(
    world: World,
) -> None:
    mine = project(world, stage=ProjectStage.APPROVED, target="排水800米", department=world.water)
    other = need(world, name="高市村巷道排水又一条", lead=world.finance)
    page = move_to(client_of(world.shui), "projects", mine, ProjectStage.FUNDED)
    shown = page.content.decode()
    [pair] = checked(world)
    assert pair.code in shown
    assert other.name not in shown
    assert pair.reason not in shown
