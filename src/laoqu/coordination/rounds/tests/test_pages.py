"""The pages of a round say plainly what is to be done, and lose nothing."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.meetings.models import Meeting
from laoqu.areas.projects.models import Project
from laoqu.coordination.rounds import solving
from laoqu.coordination.rounds.models import Round, RoundLimit, Rule, Solution
from laoqu.coordination.rounds.tests.builders import (
    decided,
    fresh,
    fund_of,
    need_of,
    presented,
    round_of,
    solved,
)


@pytest.fixture
def office(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Mei's browser; the engine answers at once."""

    def start(solutions: list[Solution]) -> None:
        for solution in solutions:
            solving.run(solution.pk)

    monkeypatch.setattr(solving, "start", start)
    client = Client()
    client.force_login(world.mei)
    return client


@pytest.fixture
def found(world: World) -> Round:
    needs = [need_of(world, "修路", 50, urgency="most"), need_of(world, "打井", 30, "韩村")]
    return round_of(world, needs, [fund_of(world, "水利资金", 60)])


def post(
    office: Client, name: str, found: Round, more: list[Any] | None = None, **data: Any
) -> Any:
    page = reverse(name, args=[found.pk, *(more or [])])
    return office.post(page, {"version": fresh(found).version, **data}, follow=True)


def test_only_the_needs_shown_are_changed(office: Client, world: World, found: Round) -> None:
    hidden = found.chosen.get(need__name="打井").need
    shown = found.chosen.get(need__name="修路").need
    post(office, "round_needs", found, shown=[shown.pk])
    assert [one.need for one in found.chosen.all()] == [hidden]


def test_a_foreign_need_is_not_taken_in(office: Client, world: World, found: Round) -> None:
    foreign = need_of(world, "外县的", 50)
    foreign.association = world.linyi
    foreign.save()
    post(office, "round_needs", found, shown=[foreign.pk], need=[foreign.pk])
    assert found.chosen.count() == 2


def test_needs_are_narrowed_by_township_category_and_urgency(
    office: Client, world: World, found: Round
) -> None:
    need_of(world, "远处的", 10, "新源村", category="road")
    page = reverse("round_needs", args=[found.pk])
    town = world.places["虞乡镇"].pk
    for query in ({"township": town}, {"category": "road"}):
        shown = [one["need"].name for one in office.get(page, query).context["shown"]]
        assert shown == ["远处的"]
    shown = office.get(page, {"urgency": "most"}).context["shown"]
    assert [one["need"].name for one in shown] == ["修路"]


def test_a_budget_is_asked_for_where_a_fund_is_used(
    office: Client, world: World, found: Round
) -> None:
    fund = found.channels.get().fund
    data = {f"f{fund.pk}-used": "on", f"f{fund.pk}-budget": ""}
    answer = post(office, "round_funds", found, **data)
    assert answer.status_code == 400
    assert "请写这次可用多少" in answer.content.decode()
    post(office, "round_funds", found, **{**data, f"f{fund.pk}-budget": "45"})
    assert found.channels.get().budget == Decimal(450000)


def test_the_sliders_are_kept_and_say_their_words(
    office: Client, world: World, found: Round
) -> None:
    told = {"urgency_weight": 5, "people_weight": 0, "weakness_weight": 1, "history_weight": 2}
    shown = post(office, "round_weights", found, history_years=2, **told).content.decode()
    assert fresh(found).urgency_weight == 5
    assert '<output data-word="id_urgency_weight">最看重</output>' in shown
    assert 'type="range"' in shown


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("cap", {"amount": "30万元"}, "最多给 30万元"),
        ("share", {"category": "industry", "number": "60"}, "产业至少占全部安排资金的 60%"),
        ("unserved_first", {"number": "2"}, "连续 2 年没有得到帮扶的村优先"),
    ],
)
def test_a_limit_is_set_in_a_sentence_and_taken_back(
    kind: str, data: dict[str, str], words: str, office: Client, found: Round
) -> None:
    fields = {f"{kind}-{name}": value for name, value in data.items()}
    assert words in post(office, "round_limits", found, kind=kind, **fields).content.decode()
    post(office, "round_remove_limit", found, limit=RoundLimit.objects.get().pk)
    assert not RoundLimit.objects.exists()


def test_a_share_of_more_than_all_is_refused(office: Client, found: Round) -> None:
    data = {"share-category": "industry", "share-number": "120"}
    assert post(office, "round_limits", found, kind="share", **data).status_code == 400
    assert not RoundLimit.objects.exists()


def test_the_version_sentence_meets_the_second_of_two(office: Client, found: Round) -> None:
    need = found.chosen.first()
    assert need is not None
    page = reverse("round_pin", args=[found.pk])
    solution = Solution.objects.first() or 0
    data = {"version": found.version, "solution": solution and solution.pk}
    office.post(page, {**data, "pin": f"{need.need_id}:in"})
    office.post(page, {**data, "pin": f"{need.need_id}:out"})
    shown = office.get(reverse("round", args=[found.pk])).content.decode()
    assert "别人已经改过这个方案" in shown
    need.refresh_from_db()
    assert need.pin == "in"


def test_three_rules_are_compared_and_one_is_taken(
    office: Client, world: World, found: Round
) -> None:
    shown = post(office, "round_solve", found).content.decode()
    assert all(str(rule.label) in shown for rule in Rule)
    best = found.solutions.get(rule="most_benefit")
    plan = office.get(reverse("round_plan", args=[found.pk, best.pk])).content.decode()
    assert "水利资金 50万元" in plan
    post(office, "round_present", found, [best.pk])
    assert fresh(found).solution == best


def test_a_long_answer_shows_progress_and_looks_again(
    office: Client, world: World, found: Round
) -> None:
    asked = solving.ask(found, world.mei, list(Rule))
    shown = office.get(reverse("round_compare", args=[found.pk])).content.decode()
    assert "data-again" in shown
    assert "<progress" in shown
    assert "data-again" in (
        office.get(reverse("round_plan", args=[found.pk, asked[0].pk])).content.decode()
    )


def test_an_answer_that_failed_says_so(office: Client, world: World, found: Round) -> None:
    solution = solved(found, world)
    Solution.objects.filter(pk=solution.pk).update(progress="failed", error="算不出来。", plan=None)
    for name, more in (("round_compare", []), ("round_plan", [solution.pk])):
        shown = office.get(reverse(name, args=[found.pk, *more])).content.decode()
        assert "算不出来。" in shown


def test_clashing_rules_are_named(office: Client, world: World, found: Round) -> None:
    solution = solved(found, world)
    plan = {**solution.plan, "status": "infeasible", "payments": [], "conflict": ["甲要 10 万元"]}
    Solution.objects.filter(pk=solution.pk).update(plan=plan)
    shown = office.get(reverse("round_plan", args=[found.pk, solution.pk])).content.decode()
    assert "甲要 10 万元" in shown
    post(office, "round_present", found, [solution.pk])
    assert fresh(found).solution is None


def test_a_departure_beyond_the_money_keeps_what_was_typed(
    office: Client, world: World, found: Round
) -> None:
    found = presented(found, world)
    need = found.chosen.get(need__name="打井").need
    channel = found.channels.get()
    data = {f"fund{channel.pk}": "30", "reason": "村里更急"}
    answer = post(office, "round_depart", found, [need.pk], **data)
    assert answer.status_code == 400
    assert "超过这次可用的 60万元" in answer.content.decode()
    assert 'value="村里更急"' in answer.content.decode()


def test_a_whole_round_from_the_meeting_to_the_execution(
    office: Client, world: World, found: Round
) -> None:
    found = presented(found, world)
    road = found.chosen.get(need__name="修路").need
    well = found.chosen.get(need__name="打井").need
    channel = found.channels.get()
    post(office, "round_depart", found, [road.pk], reason="另有安排", none="")
    amount = {f"fund{channel.pk}": "30"}
    post(office, "round_depart", found, [well.pk], reason="村里更急", **amount)
    held = Meeting.objects.create(
        association=world.yongji, year=2025, name="统筹会议", held_on="2025-03-05"
    )
    post(office, "round_meeting", found, meeting=held.pk)
    assert fresh(found).stage == "decided"
    page = office.get(reverse("round_issue", args=[found.pk]))
    typed = {name: field.initial for name, field in page.context["form"].fields.items()}
    shown = post(office, "round_issue", found, **typed).content.decode()
    assert Project.objects.get().name == "打井"
    assert "下载函" in shown
    letter = reverse("round_letter", args=[found.pk, world.water.pk])
    assert office.get(letter, {"number": "永老促函〔2025〕1号"}).content[:2] == b"PK"
    assert office.get(letter, {"number": "没有格式"}).status_code == 302
    execution = office.get(reverse("round_execution", args=[found.pk])).content.decode()
    assert "打井" in execution
    undone = post(office, "round_take_back", found, reason="再议").content.decode()
    assert "已撤回下达" in undone


def test_a_decided_round_offers_no_change(office: Client, world: World, found: Round) -> None:
    closed = decided(presented(found, world), world)
    for name in ("round_needs", "round_funds", "round_weights", "round_limits"):
        shown = office.get(reverse(name, args=[closed.pk])).content.decode()
        assert "只能看，不能改" in shown
        assert "存好" not in shown


@pytest.mark.parametrize("name", ["round_compare", "round_plan", "round_meeting", "round_needs"])
def test_a_page_costs_the_same_queries_however_many_needs(
    name: str, office: Client, world: World, django_assert_max_num_queries: Any
) -> None:
    def page_of(count: int) -> str:
        needs = [need_of(world, f"修路{n}", 1) for n in range(count)]
        made = presented(round_of(world, needs, [fund_of(world, f"资金{count}", 60)]), world)
        more = [made.solution_id] if name == "round_plan" else []
        return reverse(name, args=[made.pk, *more])

    small, large = page_of(2), page_of(8)
    office.get(small)
    with django_assert_max_num_queries(60) as few:
        office.get(small)
    with django_assert_max_num_queries(len(few)):
        office.get(large)
