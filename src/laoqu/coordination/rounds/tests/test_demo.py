"""The demo round is invented and says so; it touches no figure of the demo's year."""

from typing import Any

import pytest

from laoqu.access.models import Association
from laoqu.areas.funds.models import Fund
from laoqu.areas.needs.models import Need
from laoqu.coordination.rounds.demo import create_demo_round
from laoqu.coordination.rounds.models import Opinion, Round, Rule
from laoqu.coordination.rounds.problem import Material
from laoqu.coordination.rounds.reasons import exact_reason
from laoqu.coordination.rounds.results import Result, latest
from laoqu.register.figures import FIGURES, Figure
from laoqu.register.registry import Register
from laoqu.reporting.figures import latest_reported_year

pytestmark = pytest.mark.django_db


def figures(association: Association) -> dict[str, object]:
    own = [figure for figure in FIGURES.values() if isinstance(figure, Figure)]
    counted = [one for one in own if not one.register.startswith("overlap")]
    return {one.key: one.value(association, 2024) for one in counted}


@pytest.fixture(scope="module")
def before(demo: Association, django_db_blocker: Any) -> dict[str, object]:
    """The figures of the demo without its round."""
    with django_db_blocker.unblock():
        return figures(demo)


@pytest.fixture(scope="module")
def found(demo: Association, before: dict[str, object], django_db_blocker: Any) -> Round:
    with django_db_blocker.unblock():
        return create_demo_round(demo)


def test_the_demo_round_shows_three_rules_that_differ(found: Round) -> None:
    material = Material(found)
    known = latest(found)
    assert list(known) == list(Rule)
    results = [Result(material, solution) for solution in known.values()]
    assert all(result.feasible for result in results)
    assert len({str(sorted(result.payments.items())) for result in results}) == 3
    assert found.solution is not None
    assert found.solution.problem == material.to_json()
    assert found.solution.plan["alternatives"]
    for row in results[0].unfunded:
        assert exact_reason(results[0], row.need.code)


def test_its_rows_are_marked_internal_and_outside_the_year_of_the_report(
    demo: Association, before: dict[str, object], found: Round
) -> None:
    assert figures(demo) == before
    assert latest_reported_year(demo, demo) == 2024
    made = [*Need.objects.all(), *Fund.objects.all(), *Round.objects.all(), *Opinion.objects.all()]
    for row in made:
        assert row.year == 2025
        assert row.visibility == "internal"
        assert "示例" in row.note
    assert all("示例" in row.name for row in (*Need.objects.all(), *Fund.objects.all()))


def test_making_it_again_changes_nothing(demo: Association, found: Round) -> None:
    before = {r.slug: r.model._default_manager.count() for r in Register.registers.values()}
    create_demo_round(demo)
    after = {r.slug: r.model._default_manager.count() for r in Register.registers.values()}
    assert after == before


def test_an_estimated_reason_is_worked_out_exactly_when_asked_for(found: Round) -> None:
    solution = latest(found)[Rule.MOST_BENEFIT]
    result = Result(Material(found), solution)
    row = result.unfunded[0]
    exact = row.told
    for one in solution.plan["needs"]:
        if one["id"] == row.need.code:
            one["reason"].update(text="约略", estimate=True)
    assert exact_reason(Result(Material(found), solution), row.need.code) == exact
