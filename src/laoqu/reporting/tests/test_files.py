"""The three files of the report."""

from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from tests.cast import World

from laoqu.access.models import Association
from laoqu.register.figures import FIGURES, Figure
from laoqu.reporting.commands import changed_figures, write_report, year_figures
from laoqu.reporting.files import ReportFile, content
from laoqu.reporting.models import Part, ReportRun, ReportText
from laoqu.reporting.runs import changes, current_figures, record_run
from laoqu.reporting.tests.builders import cite, ledger

BASE = "http://127.0.0.1:8000"


def word(kind: ReportFile, association: Association) -> docx.document.Document:
    return docx.Document(BytesIO(content(kind, association, 2024, BASE)))


def texts_of(document: docx.document.Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("kind", ReportFile)
def test_the_same_ledger_gives_the_same_bytes(world: World, kind: ReportFile) -> None:
    ledger(world)
    assert content(kind, world.yongji, 2024, BASE) == content(kind, world.yongji, 2024, BASE)


@pytest.mark.parametrize("kind", ReportFile)
def test_the_report_is_in_chinese_whoever_makes_it(world: World, kind: ReportFile) -> None:
    ledger(world)
    made = content(kind, world.yongji, 2024, BASE)
    with override("en"):
        assert content(kind, world.yongji, 2024, BASE) == made


def test_figures_read_in_another_language_have_not_changed(world: World) -> None:
    ledger(world)
    record_run(world.yongji, 2024, current_figures(world.yongji, 2024))
    with override("en"):
        assert changes(world.yongji, 2024, current_figures(world.yongji, 2024)) == []


def test_the_report_follows_the_five_lines_of_work_and_plans_come_after(world: World) -> None:  # B4
    ledger(world)
    ReportText.objects.create(
        association=world.yongji, year=2024, part=Part.PLANS, text="（一）抓好帮扶。\n办好实事。"
    )
    lines = texts_of(word(ReportFile.CLEAN, world.yongji))
    marks = [line[:3] for line in lines if line.startswith("（") or line[1:2] == "、"]
    expected = ["一、2", "（一）", "（二）", "（三）", "（四）", "（五）", "二、2", "（一）"]
    assert marks == expected
    assert any("双送" in line for line in lines)


def test_a_section_without_rows_and_words_is_left_out(world: World) -> None:
    made = ledger(world)
    for key in ("visit", "show"):
        made[key].state = "void"
        made[key].save()
    assert not any("双送" in line for line in texts_of(word(ReportFile.CLEAN, world.yongji)))


def test_every_figure_of_the_check_copy_names_its_rows_and_the_clean_copy_has_none(
    world: World,
) -> None:  # B8
    made = ledger(world)
    assert list(word(ReportFile.CLEAN, world.yongji).comments) == []
    comments = [comment.text for comment in word(ReportFile.CHECK, world.yongji).comments]
    amount = FIGURES["contributions.amount"]
    assert isinstance(amount, Figure)
    found = [text for text in comments if str(amount.definition) in text]
    assert len(found) == 1
    assert f"台账2条：{made['water'].code}、{made['finance'].code}" in found[0]
    assert BASE + amount.url(2024, world.yongji) in found[0]
    assert all("台账" in text and BASE in text for text in comments)
    assert texts_of(word(ReportFile.CHECK, world.yongji)) == texts_of(
        word(ReportFile.CLEAN, world.yongji)
    )


def test_planned_and_void_lines_stay_out_of_the_report(world: World) -> None:
    made = ledger(world)
    made["gift"].state = "void"
    made["gift"].save()
    text = "\n".join(texts_of(word(ReportFile.CLEAN, world.yongji)))
    assert "5万元" not in text
    assert "丰年果业" not in text


def test_the_annex_holds_every_row_behind_every_figure_with_its_words(world: World) -> None:
    made = ledger(world)
    cite(world, made["water"], "水利局投资80万元。", "水利局投资80万元")
    book = openpyxl.load_workbook(BytesIO(content(ReportFile.ANNEX, world.yongji, 2024, BASE)))
    table = list(book["数据项"].values)
    figures = {row[0]: row for row in table if row[0] in {str(f.label) for f in FIGURES.values()}}
    assert set(figures) == {str(f.label) for f in FIGURES.values() if isinstance(f, Figure)}
    assert figures["帮扶投资总额"][1] == 1_400_000
    for row in figures.values():
        assert row[4] in book.sheetnames or not row[1]
    rows = list(book["帮扶投资总额"].values)
    assert [row[0] for row in rows if str(row[0]).startswith("帮扶2024")] == [
        made["water"].code,
        made["finance"].code,
    ]
    assert any("水利局投资80万元" in str(row[-1]) for row in rows)


def test_figures_of_a_year_come_with_label_definition_value_and_address(world: World) -> None:
    ledger(world)
    world.yongji.area_code = "11"
    world.yongji.save()
    found = {one["key"]: one for one in year_figures(2024)["figures"]}
    assert set(found) == set(FIGURES)
    amount = found["contributions.amount"]
    assert (amount["value"], amount["shown"], amount["unit"]) == (1_400_000, "140万元", "元")
    assert amount["url"].startswith("/registers/contributions/?")
    assert all(one["label_en"] and one["definition"] for one in found.values())


def test_writing_the_report_makes_three_files_and_tells_later_changes(
    world: World, tmp_path: Path
) -> None:
    made = ledger(world)
    world.yongji.area_code = "11"
    world.yongji.save()
    written = write_report(2024, tmp_path / "新文件夹")
    assert [path.name for path in written] == [
        "永济市革命老区建设促进会2024年工作报告.docx",
        "永济市革命老区建设促进会2024年工作报告核对稿.docx",
        "永济市革命老区建设促进会2024年工作报告附表.xlsx",
    ]
    before = [path.read_bytes() for path in written]
    assert [path.read_bytes() for path in write_report(2024, tmp_path / "新文件夹")] == before
    assert ReportRun.objects.count() == 1
    made["award"].state = "void"
    made["award"].save()
    assert changed_figures(2024) == ["获得荣誉：上次1项，现在0项"]


def test_a_year_without_rows_is_told_in_a_sentence(world: World, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="2019年的台账里还没有记录"):
        write_report(2019, tmp_path / "新文件夹")
    assert not (tmp_path / "新文件夹").exists()


def test_a_ledger_not_set_up_is_told_in_a_sentence(db: None) -> None:
    with pytest.raises(ValidationError, match="laoqu init"):
        year_figures(2024)
