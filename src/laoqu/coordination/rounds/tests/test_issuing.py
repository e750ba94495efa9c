"""A decided plan becomes rows of the ledger in one go, can be taken back, and is compared later."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as read_docx
from tests.cast import World

from laoqu.areas.contributions.models import Contribution
from laoqu.areas.funds.balance import balances
from laoqu.areas.funds.models import Fund, FundFlow
from laoqu.areas.needs.models import Need
from laoqu.areas.projects.models import Change, Project
from laoqu.coordination.rounds import deciding, execution, issuing, letters
from laoqu.coordination.rounds.models import Round, Stage
from laoqu.coordination.rounds.tests.builders import (
    decided,
    fresh,
    fund_of,
    need_of,
    presented,
    round_of,
)
from laoqu.register.figures import FIGURES
from laoqu.register.money import reverse_line
from laoqu_engines.document import write_document

TEXTS = {"target": "建成并投用", "benefit_mechanism": "土地入股分红"}


@pytest.fixture
def found(world: World) -> Round:
    """One need paid by two funds, one need left out; decided."""
    needs = [
        need_of(world, "修路", 50, urgency="most", lead=world.water),
        need_of(world, "建冷库", 40, "韩村", urgency="normal", category="industry", people=10),
    ]
    funds = [
        fund_of(world, "水利资金", 30, manager=world.water, document="永水〔2025〕3号",
                spend_by="2025-11"),
        fund_of(world, "财政资金", 30, manager=world.finance),
    ]  # fmt: skip
    return decided(presented(round_of(world, needs, funds), world), world)


def issue(found: Round, world: World, texts: Any = None) -> Round:
    told = {need.code: TEXTS for need in Need.objects.all()} if texts is None else texts
    issuing.issue(found, world.mei, found.version, told)
    return fresh(found)


def everything() -> list[int]:
    return [model.objects.count() for model in (Project, Contribution, FundFlow)]


def test_an_issued_plan_is_a_project_planned_money_and_a_matched_need(
    world: World, found: Round
) -> None:
    issue(found, world)
    project = Project.objects.get()
    assert (project.name, project.stage, project.plan_batch) == ("修路", "funded", found.code)
    assert project.planned == Decimal(500000)
    assert found.code in project.approval_doc
    assert [need.name for need in project.needs.all()] == ["修路"]
    assert [place.name for place in project.places.all()] == ["高市村"]
    lines = Contribution.objects.order_by("amount")
    assert [(line.amount, line.stage) for line in lines] == [
        (200000, "planned"),
        (300000, "planned"),
    ]
    assert {line.attribution for line in lines} == {"sole"}
    for balance in balances(list(Fund.objects.all()), FundFlow.objects.all()):
        assert balance.fault() == ""
    assert sum(b.allocated for b in balances(list(Fund.objects.all()), FundFlow.objects.all())) == (
        500000
    )
    need = Need.objects.get(name="修路")
    assert need.stage == "matched"
    assert found.code in need.matched_with
    assert Need.objects.get(name="建冷库").stage == "listed"


def test_planned_money_enters_no_figure_of_the_year(world: World, found: Round) -> None:
    issue(found, world)
    assert FIGURES["contributions.amount"].value(world.yongji, 2025) == 0


def test_issuing_twice_is_refused_and_changes_nothing(world: World, found: Round) -> None:
    issued = issue(found, world)
    before = everything()
    with pytest.raises(ValidationError, match="只下达一次"):
        issue(issued, world)
    assert everything() == before


def test_without_a_target_nothing_at_all_is_made(world: World, found: Round) -> None:
    before = everything()
    with pytest.raises(ValidationError, match="没有绩效目标"):
        issue(found, world, {})
    assert everything() == before
    assert fresh(found).stage == Stage.DECIDED


def test_money_not_yet_issued_is_not_allotted(world: World, found: Round) -> None:
    for flow in FundFlow.objects.filter(fund__name="水利资金"):
        reverse_line(flow, world.mei, "还没有到")
    before = everything()
    with pytest.raises(ValidationError, match="超过下达的"):
        issue(found, world)
    assert everything() == before


def test_a_need_that_left_the_list_stops_the_plan(world: World, found: Round) -> None:
    need = Need.objects.get(name="修路")
    need.stage = "deferred"
    need.save()
    with pytest.raises(ValidationError, match="不在清单里"):
        issue(found, world)
    assert not Project.objects.exists()


def test_a_standing_project_is_taken_up_where_its_chain_has_brought_it(
    world: World, found: Round
) -> None:
    own = {"association": world.yongji, "year": 2025, "category": "water_works", "target": "建成"}
    project = Project.objects.create(name="修路", stage="approved", **own)
    project.needs.set([Need.objects.get(name="修路")])
    issue(found, world)
    assert Project.objects.get().stage == "funded"
    issuing.take_back(fresh(found), world.mei, fresh(found).version, "错了")
    assert Project.objects.get().stage == "approved"


def test_taking_back_leaves_the_ledger_as_it_was(world: World, found: Round) -> None:
    issued = issue(found, world)
    issuing.take_back(issued, world.mei, issued.version, "金额要再议")
    assert fresh(found).stage == Stage.DECIDED
    assert Project.objects.get().state == "void"
    assert Need.objects.get(name="修路").stage == "listed"
    assert sum(line.amount for line in Contribution.objects.all()) == 0
    for balance in balances(list(Fund.objects.all()), FundFlow.objects.all()):
        assert balance.allocated == 0
    again = issue(fresh(found), world)
    assert again.stage == Stage.ISSUED
    assert Project.objects.exclude(state="void").count() == 1


def test_nothing_is_taken_back_once_somebody_has_built_upon_it(world: World, found: Round) -> None:
    issued = issue(found, world)
    project = Project.objects.get()
    project.version += 1
    project.progress = 20
    project.save()
    with pytest.raises(ValidationError, match="已经有了进展"):
        issuing.take_back(issued, world.mei, issued.version, "错了")
    assert fresh(found).stage == Stage.ISSUED


def test_the_letter_says_what_to_pay_for_which_need_by_when_and_why(
    world: World, found: Round
) -> None:
    issued = issue(found, world)
    result = deciding.final(issued)
    assert result is not None
    by_name = {letter.department.name: letter for letter in letters.letters(result)}
    assert set(by_name) == {"永济市水利局", "永济市财政局"}
    own = by_name["永济市水利局"]
    today = letters.decided_on(issued, None)  # type: ignore[arg-type]
    document = letters.compose_letter(issued, own, "永老促函〔2025〕1号", today)
    written = read_docx(BytesIO(write_document(document, comments=False)))
    text = "\n".join(p.text for p in written.paragraphs)
    cells = [[cell.text for cell in row.cells] for row in written.tables[0].rows]
    assert "永老促函〔2025〕1号" in text
    assert "永济市水利局：" in text
    assert "2025年3月5日，统筹会议审定了2025年统筹方案" in text
    assert "永水〔2025〕3号，请在2025年11月底前支出" in text
    assert any("修路" in cell and Project.objects.get().code in cell for cell in cells[1])
    assert cells[1][4:] == ["30", "20"]
    assert cells[-1][4] == "30"


def test_the_table_names_every_need_and_adds_up(world: World, found: Round) -> None:
    result = deciding.final(found)
    assert result is not None
    today = letters.decided_on(found, None)  # type: ignore[arg-type]
    document = letters.compose_table(found, result, today)
    written = read_docx(BytesIO(write_document(document, comments=False)))
    cells = [[cell.text for cell in row.cells] for row in written.tables[0].rows]
    assert [row[4] for row in cells[1:]] == ["50", "不安排", "50"]
    assert letters.table_workbook(found, result)[:2] == b"PK"


def test_the_execution_stands_beside_the_plan_with_its_reasons(world: World, found: Round) -> None:
    issued = issue(found, world)
    project = Project.objects.get()
    project.paid = Decimal(200000)
    project.save()
    Change.objects.create(
        association=world.yongji, year=2025, project=project, content="缓建", reason="雨季停工"
    )
    [line] = execution.compare(issued).lines
    assert (line.planned, line.allotted, line.paid, line.open) == (500000, 500000, 200000, 300000)
    assert line.reason == "雨季停工"
    assert line.percent == 40


def test_comparing_costs_the_same_queries_however_many_projects(world: World) -> None:
    def queries(count: int) -> int:
        needs = [need_of(world, f"修路{n}", 1) for n in range(count)]
        fund = fund_of(world, "资金", 100)
        found = decided(presented(round_of(world, needs, [fund]), world), world)
        issued = issue(found, world)
        with CaptureQueriesContext(connection) as seen:
            assert len(execution.compare(issued).lines) == count
        return len(seen)

    assert queries(2) == queries(8)
