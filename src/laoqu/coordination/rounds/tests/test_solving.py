"""A round puts its question to the engine; the same question has the same answer."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from tests.cast import World

from laoqu.areas.contributions.models import Contribution
from laoqu.areas.funds.models import FundClause, FundPolicy
from laoqu.areas.places.models import VillageStatistics
from laoqu.coordination.overlaps.models import OverlapPair
from laoqu.coordination.rounds import choosing, solving
from laoqu.coordination.rounds.models import Pin, RoundLimit, Rule, Solution
from laoqu.coordination.rounds.problem import Material
from laoqu.coordination.rounds.results import Result, before, differences
from laoqu.coordination.rounds.tests.builders import fresh, fund_of, need_of, round_of, solved


def test_the_best_plan_funds_what_the_money_allows(world: World) -> None:
    big = need_of(world, "修路", 50, urgency="most")
    small = need_of(world, "打井", 30, urgency="normal")
    fund = fund_of(world, "水利资金", 60)
    found = round_of(world, [big, small], [fund])
    result = Result(Material(found), solved(found, world))
    assert [row.need for row in result.funded] == [big]
    assert result.paid_fen == 50_000_000
    assert result.funds[0].left_fen == 10_000_000


def test_the_same_question_is_answered_once(world: World) -> None:
    found = round_of(world, [need_of(world, "修路", 50)], [fund_of(world, "水利资金", 60)])
    first, second = solved(found, world), solved(found, world)
    assert first.pk == second.pk
    assert first.plan == second.plan
    assert second.asked_at > first.asked_at


def test_the_question_is_the_same_in_every_language(world: World) -> None:
    found = round_of(world, [need_of(world, "修路", 50)], [fund_of(world, "水利资金", 60)])
    chinese = solved(found, world)
    with override("en"):
        assert solved(found, world).pk == chinese.pk


def test_a_round_without_money_is_told_what_to_do(world: World) -> None:
    found = round_of(world, [need_of(world, "修路", 50)], [])
    with pytest.raises(ValidationError, match="先选好需求和资金"):
        solving.ask(found, world.mei, [Rule.MOST_BENEFIT])


def test_a_pin_changes_the_plan_and_the_page_can_say_what_changed(world: World) -> None:
    big, small = need_of(world, "修路", 50, urgency="most"), need_of(world, "打井", 30)
    found = round_of(world, [big, small], [fund_of(world, "水利资金", 60)])
    first = solved(found, world)
    with choosing.changing(found, world.mei, found.version, "定") as current:
        choosing.pin(current, big.pk, Pin.OUT)
    found = fresh(found)
    second = solved(found, world)
    assert before(second) == first
    material = Material(found)
    changed = differences(Result(material, first), Result(material, second))
    assert [(one.need, one.gain_fen) for one in changed] == [
        (big, -50_000_000),
        (small, 30_000_000),
    ]


def test_two_people_at_once_do_not_overwrite_each_other(world: World) -> None:
    need = need_of(world, "修路", 50)
    found = round_of(world, [need], [fund_of(world, "水利资金", 60)])
    version = found.version
    with choosing.changing(found, world.mei, version, "定") as current:
        choosing.pin(current, need.pk, Pin.IN)
    with (
        pytest.raises(ValidationError, match="别人已经改过"),
        choosing.changing(found, world.mei, version, "定") as current,
    ):
        choosing.pin(current, need.pk, Pin.OUT)
    assert found.chosen.get().pin == Pin.IN


def test_an_answer_cut_off_by_a_pulled_plug_is_taken_up_again(world: World) -> None:
    found = round_of(world, [need_of(world, "修路", 50)], [fund_of(world, "水利资金", 60)])
    [solution] = solving.ask(found, world.mei, [Rule.MOST_BENEFIT])
    long_ago = solution.asked_at - 2 * solving.ABANDONED
    Solution.objects.filter(pk=solution.pk).update(progress="solving", heartbeat_at=long_ago)
    solving.run(solution.pk)
    solution.refresh_from_db()
    assert solution.progress == "done"


def test_an_answer_under_way_is_left_to_the_one_who_works_on_it(world: World) -> None:
    found = round_of(world, [need_of(world, "修路", 50)], [fund_of(world, "水利资金", 60)])
    [solution] = solving.ask(found, world.mei, [Rule.MOST_BENEFIT])
    Solution.objects.filter(pk=solution.pk).update(
        progress="solving", heartbeat_at=solution.asked_at
    )
    solving.run(solution.pk)
    solution.refresh_from_db()
    assert solution.plan is None


def test_a_clause_keeps_a_fund_from_one_need_and_not_from_its_kind(world: World) -> None:
    policy = FundPolicy.objects.create(
        association=world.yongji, year=2025, name="专项", level="central"
    )
    FundClause.objects.create(
        association=world.yongji, year=2025, policy=policy, verdict="forbidden",
        content="不得美化亮化", words="亮化", citation="某文第三条",
    )  # fmt: skip
    plain = need_of(world, "修渠", 30)
    same = need_of(world, "清淤", 20)
    lit = need_of(world, "渠边亮化", 10)
    fund = fund_of(world, "专项资金", 60, policy=policy)
    free = fund_of(world, "机动资金", 5)
    material = Material(round_of(world, [plain, same, lit], [fund, free]))
    assert material.earmarks[plain.code, fund.code].allowed
    refused = material.earmarks[lit.code, fund.code]
    assert not refused.allowed
    assert "某文第三条" in refused.why
    problem = material.to_json()
    by_id = {need["id"]: need["category"] for need in problem["needs"]}
    assert by_id[plain.code] == by_id[same.code] == "水利"
    channel = next(one for one in problem["channels"] if one["id"] == fund.code)
    assert by_id[lit.code] not in channel["categories"]
    result = Result(material, solved(material.round, world))
    assert {row.need for row in result.funded} == {plain, same}


def test_a_fund_of_one_township_pays_for_no_other(world: World) -> None:
    here, there = need_of(world, "修渠", 30), need_of(world, "修路", 30, "新源村")
    fund = fund_of(world, "栲栳镇资金", 100)
    fund.places.set([world.places["栲栳镇"]])
    found = round_of(world, [here, there], [fund])
    assert [row.need for row in Result(Material(found), solved(found, world)).funded] == [here]


def test_the_score_is_explained_in_a_sentence(world: World) -> None:
    need = need_of(world, "修路", 50, urgency="most", people=100)
    other = need_of(world, "打井", 30, "新源村", people=200)
    line = Contribution.objects.create(
        association=world.yongji, year=2024, funder=world.water, amount=Decimal(100000),
        attribution="sole",
    )  # fmt: skip
    line.places.set([world.places["新源村"]])
    for village, income in (("高市村", 12000), ("新源村", 18000)):
        VillageStatistics.objects.create(
            association=world.yongji, year=2024, place=world.places[village], source="年报",
            farmer_income=Decimal(income),
        )  # fmt: skip
    found = round_of(world, [need, other], [])
    material = Material(found)
    points = [part.points for part in material.scores[need.code].parts]
    assert points == [100, 50, 100, 100]
    assert [part.points for part in material.scores[other.code].parts] == [60, 100, 0, 0]
    assert material.scores[need.code].value == Decimal("87.5")
    assert material.scores[need.code].sentence() == (
        "这条需求得分 =（紧迫程度 100×3 ＋ 受益人数 50×3 ＋ 薄弱程度 100×3 ＋ "
        "历史获助 100×3）÷ 12 = 87.5"
    )
    helped = material.background.help
    assert helped[world.places["高市村"].pk].years_unserved == 1
    assert helped[world.places["新源村"].pk].years_unserved == 0


def test_shared_money_is_never_divided_among_villages(world: World) -> None:
    need = need_of(world, "修路", 50)
    line = Contribution.objects.create(
        association=world.yongji, year=2024, funder=world.water, amount=Decimal(900000),
        attribution="joint",
    )  # fmt: skip
    line.places.set([world.places["高市村"], world.places["韩村"]])
    helped = Material(round_of(world, [need], [])).background.help[world.places["高市村"].pk]
    assert (helped.sole, helped.shared, helped.upper_bound) == (0, 900000, 900000)


def test_of_two_needs_that_may_be_one_work_only_one_is_funded(world: World) -> None:
    one, other = need_of(world, "巷道排水", 20), need_of(world, "排水沟盖板", 20)
    found = round_of(world, [one, other, need_of(world, "修路", 5)], [fund_of(world, "资金", 60)])
    pair = OverlapPair.objects.create(
        association=world.yongji, year=2025, first_code=one.code, second_code=other.code,
        relation="duplicate",
    )  # fmt: skip
    result = Result(Material(found), solved(found, world))
    assert result.paid_fen == 25_000_000
    pair.stage = "excluded"
    pair.save()
    assert Result(Material(found), solved(found, world)).paid_fen == 45_000_000


def test_limits_reach_the_engine_in_its_own_terms(world: World) -> None:
    found = round_of(world, [need_of(world, "修路", 50)], [])
    village, town = world.places["高市村"], world.places["栲栳镇"]
    for limit in (
        RoundLimit(kind="cap", place=village, amount=Decimal(300000)),
        RoundLimit(kind="floor", place=town, amount=Decimal(100000)),
        RoundLimit(kind="share", category="industry", number=60),
        RoundLimit(kind="serve", place=village, number=1),
        RoundLimit(kind="unserved_first", number=3),
    ):
        choosing.add_limit(found, limit)
    assert Material(found).to_json()["limits"] == [
        {"kind": "cap", "scope": {"village": "栲栳镇高市村"}, "amount_fen": 30_000_000},
        {"kind": "floor", "scope": {"township": "栲栳镇"}, "amount_fen": 10_000_000},
        {"kind": "share", "scope": {"category": "产业"}, "at_least": 0.6},
        {"kind": "serve", "scope": {"village": "栲栳镇高市村"}, "at_least": 1},
        {"kind": "unserved_first", "years": 3},
    ]


def test_needs_that_wait_for_each_other_are_refused(world: World) -> None:
    pipes, paving = need_of(world, "铺管", 20), need_of(world, "铺路", 30)
    found = round_of(world, [pipes, paving], [])
    one, other = found.chosen.get(need=pipes), found.chosen.get(need=paving)
    terms = {"divisible": False, "min_stage": None}
    choosing.set_terms(found, paving.pk, {**terms, "after": one})
    with pytest.raises(ValidationError, match="互相"):
        choosing.set_terms(found, pipes.pk, {**terms, "after": other})


def test_the_problem_costs_the_same_queries_however_many_needs(world: World) -> None:
    def queries(count: int) -> int:
        needs = [need_of(world, f"修路{n}", 50) for n in range(count)]
        found = round_of(world, needs, [fund_of(world, "资金", 60)])
        with CaptureQueriesContext(connection) as seen:
            Material(found).to_json()
        return len(seen)

    assert queries(2) == queries(12)
