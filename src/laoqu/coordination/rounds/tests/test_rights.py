"""Who may open which page of a round, as one table that anybody can read.

Each line: page · who may open it. Everybody else meets a 404, the public the log-in page.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.access.rules import ADD, CHANGE, DELETE, VIEW, may
from laoqu.areas.funds.models import Fund
from laoqu.coordination.rounds.models import Opinion, Round
from laoqu.coordination.rounds.tests.builders import (
    decided,
    fresh,
    fund_of,
    need_of,
    presented,
    round_of,
)
from laoqu.register.models import State

PAGES = """
round            mei shui lao gao cheng
round_opinions   mei shui lao gao cheng
round_needs      mei
round_funds      mei
round_weights    mei
round_limits     mei
round_compare    mei
round_plan       mei
round_need       mei
round_meeting    mei
round_depart     mei
round_issue      mei
round_table      mei
round_execution  mei
"""
"""mei: office; shui: department that pays; lao: township; gao: village; cheng: the level above;
lin: the office of another county."""

ROWS = """
mei    round    看 增 改 废
mei    opinion  看 增 改 废
shui   round    看
shui   opinion  看 增 改
lao    round    看
lao    opinion
gao    round    看
gao    opinion
cheng  round    看
cheng  opinion  看
lin    round
lin    opinion
public round
public opinion
"""
ACTIONS = {"看": VIEW, "增": ADD, "改": CHANGE, "废": DELETE}


@pytest.fixture
def found(world: World) -> Round:
    """A round that 水利局 is consulted on: 修路 at 高市村, paid; 打井 at 新源村, left out."""
    needs = [need_of(world, "修路", 50, urgency="most"), need_of(world, "打井", 30, "新源村")]
    return presented(round_of(world, needs, [fund_of(world, "水利资金", 60)]), world)


def client_of(person: Any) -> Client:
    client = Client()
    if person.is_authenticated:
        client.force_login(person)
    return client


def address(name: str, found: Round) -> str:
    more = {
        "round_plan": [found.solution_id],
        "round_need": [found.chosen.all()[0].need_id],
        "round_depart": [found.chosen.all()[0].need_id],
        "round_table": ["xlsx"],
    }
    return reverse(name, args=[found.pk, *more.get(name, [])])


@pytest.mark.parametrize("line", PAGES.strip().splitlines())
def test_a_page_opens_for_those_in_the_table_and_for_nobody_else(
    line: str, world: World, found: Round
) -> None:
    name, *allowed = line.split()
    for person, who in world.people().items():
        status = client_of(who).get(address(name, found)).status_code
        expected = 200 if person in allowed else 302 if person == "public" else 404
        assert (person, status) == (person, expected)


@pytest.mark.parametrize("line", ROWS.strip().splitlines())
def test_a_person_may_do_with_a_row_what_the_table_says(
    line: str, world: World, found: Round
) -> None:
    person, kind, *allowed = line.split()
    row = found
    if kind == "opinion":
        row = Opinion.objects.create(
            association=world.yongji, year=2025, round=found, organisation=world.water,
            attitude="agree",
        )  # fmt: skip
    can = {word for word, action in ACTIONS.items() if may(world.people()[person], action, row)}
    assert can == set(allowed)


CHANGES = (
    "round_solve", "round_pin", "round_remove_limit", "round_handle_opinion", "round_withdraw",
    "round_reopen", "round_take_back", "round_move",
)  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_only_the_office_changes_a_round(name: str, world: World, found: Round) -> None:
    before = fresh(found).version
    for person in (world.shui, world.lao, world.gao, world.cheng, world.lin):
        assert client_of(person).post(reverse(name, args=[found.pk]), {}).status_code == 404
    assert fresh(found).version == before


def test_a_department_sees_its_own_payments_and_no_other_department_s(
    world: World, found: Round
) -> None:
    shown = client_of(world.shui).get(reverse("round", args=[found.pk])).content.decode()
    assert "修路" in shown
    assert "打井" not in shown
    for fund in Fund.objects.all():
        fund.manager = world.finance
        fund.save()
    shown = client_of(world.shui).get(reverse("round", args=[found.pk])).content.decode()
    assert "修路" not in shown


def test_a_draft_shows_a_department_nothing(world: World, found: Round) -> None:
    Round.objects.filter(pk=found.pk).update(stage="draft")
    for name in ("round", "round_opinions"):
        shown = client_of(world.shui).get(reverse(name, args=[found.pk])).content.decode()
        assert "修路" not in shown


def test_a_township_sees_the_outcome_of_its_own_needs_once_it_is_decided(
    world: World, found: Round
) -> None:
    page = reverse("round", args=[found.pk])
    before = client_of(world.lao).get(page).content.decode()
    assert "修路" not in before
    assert "会议审定以后在这里看结果" in before
    decided(found, world)
    after = client_of(world.lao).get(page).content.decode()
    assert "修路" in after
    assert "水利资金 50万元" in after
    assert "打井" not in after


def test_a_department_leaves_its_opinion_and_the_office_notes_what_became_of_it(
    world: World, found: Round
) -> None:
    page = reverse("round_opinions", args=[found.pk])
    wordless = client_of(world.shui).post(page, {"attitude": "disagree", "content": ""})
    assert wordless.status_code == 400 or not Opinion.objects.exists()
    client_of(world.shui).post(page, {"attitude": "change", "content": "放到下半年"})
    opinion = Opinion.objects.get()
    assert (opinion.organisation, opinion.state) == (world.water, State.REVIEWED)
    handled = {"opinion": opinion.pk, "handling": "已采纳"}
    client_of(world.mei).post(reverse("round_handle_opinion", args=[found.pk]), handled)
    opinion.refresh_from_db()
    assert opinion.handling == "已采纳"
    assert opinion.history.count() == 2


def test_nobody_speaks_once_the_meeting_has_decided(world: World, found: Round) -> None:
    decided(found, world)
    page = reverse("round_opinions", args=[found.pk])
    client_of(world.shui).post(page, {"attitude": "agree"})
    assert not Opinion.objects.exists()


def test_an_answer_of_another_round_is_a_404(world: World, found: Round) -> None:
    other = round_of(world, [need_of(world, "修桥", 10)], [])
    page = reverse("round_plan", args=[other.pk, found.solution_id])
    assert client_of(world.mei).get(page).status_code == 404
