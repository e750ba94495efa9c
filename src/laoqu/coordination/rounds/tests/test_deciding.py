"""The meeting may decide otherwise, with a reason, within what money and earmarks allow."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests.cast import World

from laoqu.areas.funds.models import FundClause, FundPolicy
from laoqu.areas.needs.models import Need
from laoqu.coordination.rounds import choosing, deciding
from laoqu.coordination.rounds.models import Pin, Round, RoundLimit, Stage
from laoqu.coordination.rounds.registers import FLOW
from laoqu.coordination.rounds.tests.builders import (
    decided,
    fresh,
    fund_of,
    need_of,
    presented,
    round_of,
    solved,
)
from laoqu.register.flows import move
from laoqu.register.restoring import restore_row


@pytest.fixture
def needs(world: World) -> dict[str, Need]:
    """修路 50 万元 and 打井 30 万元 compete for 60 万元; 清淤 5 万元 fits beside either."""
    return {
        "road": need_of(world, "修路", 50, urgency="most"),
        "well": need_of(world, "打井", 30, "韩村"),
        "ditch": need_of(world, "清淤", 5, urgency="normal"),
    }


@pytest.fixture
def found(world: World, needs: dict[str, Need]) -> Round:
    funds = [fund_of(world, "水利资金", 60, manager=world.water)]
    return presented(round_of(world, list(needs.values()), funds), world)


def depart(found: Round, user: Any, need: Need, wan: int, **told: Any) -> Any:
    code = found.channels.get().fund.code
    payments = {code: wan * 1_000_000} if wan else {}
    told = {"payments": payments, "reason": "村里更急", "overrule": False, **told}
    return deciding.depart(fresh(found), user, fresh(found).version, need.pk, told)


def final(found: Round) -> dict[str, int]:
    result = deciding.final(fresh(found))
    assert result is not None
    return {row.need.name: row.paid_fen // 1_000_000 for row in result.funded}


def test_a_departure_is_kept_with_its_reason_and_what_the_engine_proposed(
    world: World, found: Round, needs: dict[str, Need]
) -> None:
    assert final(found) == {"修路": 50, "清淤": 5}
    departure = depart(found, world.mei, needs["road"], 0, reason="今年已另有安排")
    assert (departure.reason, departure.payments) == ("今年已另有安排", [])
    assert departure.proposed[0]["amount_fen"] == 50_000_000
    assert departure.history.count() == 1
    depart(found, world.mei, needs["well"], 30)
    assert final(found) == {"打井": 30, "清淤": 5}


def test_no_fund_gives_more_than_it_has_not_even_for_the_meeting(
    world: World, found: Round, needs: dict[str, Need]
) -> None:
    with pytest.raises(ValidationError, match="超过这次可用的 60万元"):
        depart(found, world.mei, needs["well"], 30, overrule=True)
    assert final(found) == {"修路": 50, "清淤": 5}
    assert not found.departures.exists()


def test_a_need_is_paid_in_full_or_not_at_all(
    world: World, found: Round, needs: dict[str, Need]
) -> None:
    with pytest.raises(ValidationError, match="只安排了 20万元，至少要 50万元"):
        depart(found, world.mei, needs["road"], 20)
    with pytest.raises(ValidationError, match="超过要出的 5万元"):
        depart(found, world.mei, needs["ditch"], 6)


def test_a_forbidden_use_cannot_be_overruled(world: World) -> None:
    policy = FundPolicy.objects.create(
        association=world.yongji, year=2025, name="专项", level="central"
    )
    FundClause.objects.create(
        association=world.yongji, year=2025, policy=policy, verdict="forbidden",
        content="不得美化亮化", words="亮化", citation="某文第三条",
    )  # fmt: skip
    need, lit = need_of(world, "修渠", 30), need_of(world, "渠边亮化", 10)
    fund = fund_of(world, "专项资金", 60, policy=policy)
    found = presented(round_of(world, [need, lit], [fund]), world)
    with pytest.raises(ValidationError, match=r"不允许：不得美化亮化（某文第三条）"):
        depart(found, world.mei, lit, 10, overrule=True)


def test_the_meeting_overrules_its_own_limit_only_knowingly(
    world: World, needs: dict[str, Need]
) -> None:
    found = round_of(world, list(needs.values()), [fund_of(world, "水利资金", 60)])
    with choosing.changing(found, world.mei, found.version, "规矩") as current:
        choosing.add_limit(
            current, RoundLimit(kind="serve", place=world.places["栲栳镇"], number=1)
        )
    found = presented(fresh(found), world)
    with choosing.changing(found, world.mei, found.version, "定") as current:
        choosing.pin(current, needs["road"].pk, Pin.IN)
    deciding.present(fresh(found), world.mei, fresh(found).version, solved(fresh(found), world))
    with pytest.raises(ValidationError, match="会突破规矩"):
        depart(found, world.mei, needs["road"], 0)
    departure = depart(found, world.mei, needs["road"], 0, overrule=True)
    assert "标了一定要办" in departure.overruled
    assert decided(fresh(found), world).stage == Stage.DECIDED


def test_the_engine_s_own_amounts_are_no_departure(
    world: World, found: Round, needs: dict[str, Need]
) -> None:
    depart(found, world.mei, needs["ditch"], 0)
    assert depart(found, world.mei, needs["ditch"], 5) is None
    assert not found.departures.filter(withdrawn=False).exists()


def test_a_departure_taken_back_leaves_a_trace(
    world: World, found: Round, needs: dict[str, Need]
) -> None:
    departure = depart(found, world.mei, needs["ditch"], 0)
    deciding.withdraw(found, world.mei, fresh(found).version, departure.pk)
    assert final(found) == {"修路": 50, "清淤": 5}
    departure.refresh_from_db()
    assert departure.withdrawn
    assert departure.history.count() == 2


def test_what_changed_since_has_to_be_worked_out_again_before_a_decision(
    world: World, found: Round, needs: dict[str, Need]
) -> None:
    with choosing.changing(found, world.mei, found.version, "定") as current:
        choosing.pin(current, needs["well"].pk, Pin.OUT)
    with pytest.raises(ValidationError, match="请重新测算"):
        decided(fresh(found), world)


def test_a_draft_is_not_decided_before_the_departments_were_asked(
    world: World, needs: dict[str, Need]
) -> None:
    found = round_of(world, list(needs.values()), [fund_of(world, "水利资金", 60)])
    deciding.present(found, world.mei, found.version, solved(found, world))
    with pytest.raises(ValidationError, match="部门会商"):
        decided(fresh(found), world)


def test_no_plain_move_decides_or_issues(world: World, found: Round) -> None:
    for stage in (Stage.DECIDED, Stage.ISSUED):
        with pytest.raises(ValidationError):
            move(FLOW, found, world.mei, stage, "跳过")


def test_a_decided_round_is_closed_until_the_decision_is_taken_back(
    world: World, found: Round, needs: dict[str, Need]
) -> None:
    closed = decided(found, world)
    with pytest.raises(ValidationError, match="已经审定"):
        depart(found, world.mei, needs["ditch"], 0)
    with pytest.raises(ValidationError, match="为什么撤回"):
        deciding.reopen(closed, world.mei, closed.version, " ")
    deciding.reopen(closed, world.mei, closed.version, "材料有误")
    assert fresh(found).stage == Stage.ADJUSTED
    assert "材料有误" in fresh(found).history.first().history_change_reason


def test_a_decision_is_not_brought_back_from_the_history(world: World, found: Round) -> None:
    closed = decided(found, world)
    deciding.reopen(closed, world.mei, closed.version, "材料有误")
    row = fresh(found)
    record = row.history.filter(stage=Stage.DECIDED).first()
    latest = row.history.order_by("-history_id")[0].history_id
    with pytest.raises(ValidationError, match="不能从历史里恢复"):
        restore_row(row, record, world.mei, latest=latest, reason="恢复")
    assert fresh(found).stage == Stage.ADJUSTED


def test_nobody_but_the_office_decides(world: World, found: Round, needs: dict[str, Need]) -> None:
    for person in (world.shui, world.lao, world.cheng, world.lin):
        with pytest.raises(PermissionDenied):
            depart(found, person, needs["ditch"], 0)
