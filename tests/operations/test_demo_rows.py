"""The demo's office holds what the public report says beside its documents, and marked examples."""

import pytest
from django.db import models

from laoqu.access.models import Association
from laoqu.areas.honours.models import Award
from laoqu.areas.honours.services import honour_wall
from laoqu.areas.organisations.services import stated_numbers
from laoqu.areas.publicity.models import Showing, Subscription
from laoqu.areas.rules.models import Rule
from laoqu.areas.tasks.models import Directive, Task
from laoqu.intake.demo import create_demo
from laoqu.operations.demo_rows import create_demo_rows
from laoqu.register.figures import FIGURES, Figure
from laoqu.register.models import Record
from laoqu.register.registry import Register
from laoqu.reporting.figures import latest_reported_year


@pytest.fixture
def demo(db: None) -> Association:
    association = create_demo()
    create_demo_rows(association)
    return association


def every_record() -> list[Record]:
    own = [r.model for r in Register.registers.values() if r.is_ledger]
    return [row for model in own for row in model._default_manager.all()]  # type: ignore[misc]


def test_the_facts_of_the_report_that_no_document_tells_are_there(demo: Association) -> None:
    stated = {one.field: (one.stated, one.named) for one in stated_numbers(demo)}
    assert stated["stated_villages"] == (31, 27)
    assert stated["stated_branches"] == (10, 10)
    assert stated["stated_units"][0] == 31
    assert Rule.objects.count() == 7
    assert Showing.objects.get().board.count == 3
    assert sorted(Award.objects.values_list("level", flat=True)) == [
        "city", "city", "national", "province", "province",
    ]  # fmt: skip
    assert Award.objects.get(survey__isnull=False).survey.code == "调研2024-002"  # type: ignore[union-attr]
    [year] = honour_wall(demo)[1:]
    assert (year.year, len(year.received), year.granted) == (2024, 5, [])


def test_facts_are_public_and_examples_say_so_and_stay_inside(demo: Association) -> None:
    unmarked = [
        row.code
        for row in every_record()
        if row.visibility != "public"
        and "示例" not in row.note
        and not isinstance(row, Task)
        and row.association == demo
        and row._meta.app_label != "assessment"
        and row.year != 2024
    ]
    assert unmarked == []
    invented = {row.code[:2] for row in every_record() if row.year == 2024 and "示例" in row.note}
    assert invented == {"考评"}


def test_examples_change_no_figure_of_the_report(db: None) -> None:
    association = create_demo()

    def figures() -> dict[str, object]:
        keys = ("contributions.", "visits.", "performances.", "surveys.", "recommendations.rows")
        keys += ("media.", "subscriptions.copies", "awards.", "lectures.")
        found = [f for f in FIGURES.values() if isinstance(f, Figure) and f.key.startswith(keys)]
        return {one.key: one.value(association, 2024) for one in found}

    before = figures()
    create_demo_rows(association)
    assert figures() == before
    assert Subscription.objects.filter(year=2024).aggregate(n=models.Sum("copies"))["n"] == 250


def test_the_demo_opens_on_the_year_of_its_report(demo: Association) -> None:
    assert latest_reported_year(demo, demo) == 2024


def test_a_task_from_above_shows_what_the_ledger_has(demo: Association) -> None:
    row = Directive.objects.get(content__startswith="按命题")
    assert row.progress() == "台账里有 2项"


def test_making_the_rows_again_changes_nothing(demo: Association) -> None:
    before = [(row.code, row.version) for row in every_record()]
    create_demo_rows(demo)
    assert [(row.code, row.version) for row in every_record()] == before
