"""Every register's sheets: what goes out comes in unchanged; nobody takes in what is not his."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from laoqu.access.anchors import ANCHORS, NOBODY, PLACE
from laoqu.register.forms import form_class
from laoqu.register.importing import check_sheet
from laoqu.register.models import State
from laoqu.register.registry import Register
from laoqu.register.sheet_template import write_template
from tests.cast import World
from tests.contract.builders import LEDGERS, client_of, each_ledger, make, typed_into

EXPORTED = [slug for slug in LEDGERS if not Register.registers[slug].is_personal]
each_exported = pytest.mark.parametrize("slug", EXPORTED)


def export(person: Any, slug: str, **filters: str) -> bytes:
    content: bytes = client_of(person).get(reverse("register_export", args=[slug]), filters).content
    return content


@each_exported
def test_a_list_that_went_out_comes_in_and_changes_nothing(slug: str, world: World) -> None:
    row = make(world, slug, state=State.DRAFT, note="原样")
    data = export(world.mei, slug)
    checked = check_sheet(Register.registers[slug], data, "表.xlsx", world.mei, world.yongji)
    assert [(r.unchanged, r.errors) for r in checked.rows] == [(True, {})], row.code


@each_exported
def test_a_sheet_of_another_county_finds_no_row_here_and_gives_none_there(
    slug: str, world: World
) -> None:
    row = make(world, slug, state=State.DRAFT)
    data = export(world.mei, slug)
    checked = check_sheet(Register.registers[slug], data, "表.xlsx", world.lin, world.linyi)
    assert "code" in checked.rows[0].errors
    assert row.code.encode() not in export(world.lin, slug)
    assert client_of(world.lin).get(reverse("register_list", args=[slug])).status_code == 200


@each_ledger
def test_only_who_may_add_rows_gets_a_template_and_an_upload(slug: str, world: World) -> None:
    anchors = ANCHORS[Register.registers[slug].model._meta.label]
    branch = 200 if anchors.get(PLACE, NOBODY) != NOBODY else 404
    for person, expected in ((world.mei, 200), (world.lao, branch), (world.cheng, 404)):
        client = client_of(person)
        for page in ("import_template", "import_upload"):
            assert client.get(reverse(page, args=[slug])).status_code == expected, person
    for page in ("import_template", "import_upload", "bulk_choose", "register_create"):
        assert client_of(world.public).get(reverse(page, args=[slug])).status_code == 302


@each_ledger
def test_the_template_asks_for_every_field_of_the_form(slug: str, world: World) -> None:
    register = Register.registers[slug]
    data = write_template(register, world.mei, world.yongji)
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    heads = {str(cell.value).split("（")[0].rstrip("*") for cell in page[3]}
    named = {name for section in register.form for name in section.fields} - {"places"}
    labels = {str(register.model._meta.get_field(name).verbose_name) for name in named}
    assert {label.split("（")[0] for label in labels} <= heads


def filled(slug: str, world: World, *years: str) -> SimpleUploadedFile:
    """The template with what a person types, once for each year."""
    register, typed = Register.registers[slug], typed_into(world, slug)
    fields: Any = form_class(register, world.mei, world.yongji).base_fields
    words = {}
    for name, value in typed.items():
        label = "村" if name == "places" else str(fields[name].label)
        choices = {"on": "是", **dict(getattr(fields[name], "choices", ()))}
        words[label] = str(choices.get(value, value))
    del words["年度"]
    book = openpyxl.load_workbook(io.BytesIO(write_template(register, world.mei, world.yongji)))
    page = book.worksheets[0]
    heads = [str(cell.value).rstrip("*").removesuffix("（万元）") for cell in page[3]]
    for number, year in enumerate(years):
        for column, head in enumerate(heads, start=1):
            value = year if head == "年度" else words.get(head)
            if value is not None:
                page.cell(4 + number, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("表.xlsx", stream.getvalue())


@each_ledger
def test_a_filled_template_gives_its_good_rows_only_when_told_to_and_takes_them_back(
    slug: str, world: World
) -> None:
    client, model = client_of(world.mei), Register.registers[slug].model
    sheet = filled(slug, world, "2024", "去年")
    before = model.objects.count()
    shown = client.post(reverse("import_upload", args=[slug]), {"file": sheet}, follow=True)
    checked = shown.context["checked"]
    assert [(row.good, set(row.errors)) for row in checked.rows] == [
        (True, set()),
        (False, {"year"}),
    ]
    page = shown.request["PATH_INFO"]
    client.post(page, {"act": "save"})
    assert model.objects.count() == before, "a bad row holds back all, unless told otherwise"
    client.post(page, {"act": "save", "good": "1"})
    assert model.objects.count() == before + 1
    row = model.objects.latest("pk")
    assert [entry.history_change_reason for entry in row.history.all()] == ["导入 表.xlsx"]
    client.post(page, {"act": "undo"})
    assert not model.objects.filter(pk=row.pk).exclude(state=State.VOID).exists()
