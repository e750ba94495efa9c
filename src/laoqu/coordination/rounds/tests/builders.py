"""A small round to test with: three needs, two funds, and an engine's answer."""

from decimal import Decimal
from typing import Any

from tests.cast import World

from laoqu.areas.funds.models import Fund, FundFlow, FundStep
from laoqu.areas.meetings.models import Meeting
from laoqu.areas.needs.models import Need
from laoqu.areas.needs.models import Stage as NeedStage
from laoqu.coordination.rounds import choosing, deciding, solving
from laoqu.coordination.rounds.models import Round, Rule, Solution, Stage
from laoqu.coordination.rounds.registers import FLOW
from laoqu.register.flows import move

YEAR = 2025


def need_of(world: World, name: str, wan: int, village: str = "高市村", **fields: Any) -> Need:
    """A listed need of so many 万元."""
    own = {"category": "water_works", "urgency": "urgent", "people": 300, **fields}
    need = Need.objects.create(
        association=world.yongji,
        year=YEAR,
        name=name,
        estimated=Decimal(wan * 10000),
        stage=NeedStage.LISTED,
        exemption="测试",
        **own,
    )
    need.places.set([world.places[village]])
    return need


def fund_of(world: World, name: str, wan: int, **fields: Any) -> Fund:
    """A fund of so many 万元, all of it issued."""
    own = {"level": "county", "manager": world.water, **fields}
    fund = Fund.objects.create(
        association=world.yongji, year=YEAR, name=name, quota=Decimal(wan * 10000), **own
    )
    FundFlow.objects.create(
        association=world.yongji, year=YEAR, fund=fund, step=FundStep.ISSUED, amount=fund.quota
    )
    return fund


def round_of(world: World, needs: list[Need], funds: list[Fund]) -> Round:
    """A draft over these needs and funds."""
    found = Round.objects.create(association=world.yongji, year=YEAR, name="2025年统筹方案")
    with choosing.changing(found, world.mei, 1, "选好") as current:
        keys = {need.pk for need in needs}
        choosing.choose_needs(current, world.mei, keys, keys)
        offered = [
            {"fund": fund, "budget": fund.quota, "match_percent": 0, "fee_percent": 0}
            for fund in funds
        ]
        choosing.choose_channels(current, offered)
    found.refresh_from_db()
    return found


def solved(found: Round, world: World, rule: Rule = Rule.MOST_BENEFIT) -> Solution:
    """The engine's answer, worked out at once."""
    [solution] = solving.ask(found, world.mei, [rule])
    solving.run(solution.pk)
    solution.refresh_from_db()
    assert solution.progress == "done", solution.error
    return solution


def presented(found: Round, world: World) -> Round:
    """The round with the best plan taken and the departments asked."""
    deciding.present(found, world.mei, found.version, solved(found, world))
    move(FLOW, found, world.mei, Stage.CONSULTED)
    return fresh(found)


def fresh(found: Round) -> Round:
    """As it is stored."""
    return Round.objects.get(pk=found.pk)


def decided(found: Round, world: World) -> Round:
    """The round decided by a meeting."""
    held = Meeting.objects.create(
        association=world.yongji, year=YEAR, name="统筹会议", held_on="2025-03-05"
    )
    deciding.decide(found, world.mei, found.version, held)
    return fresh(found)
