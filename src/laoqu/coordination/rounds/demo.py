"""The demo round: needs and funds that are invented and say so, over real old-area villages.

Made with the same forms and services that a person uses; overlaps are looked for before it is
solved. Its rows belong to the year after the demo's report, so that they enter none of its
figures, and none of them is published.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from laoqu.access.models import Association
from laoqu.areas.funds.models import Fund, FundPolicy
from laoqu.areas.funds.services import load_policies
from laoqu.areas.needs.models import Need
from laoqu.areas.needs.models import Stage as NeedStage
from laoqu.areas.needs.registers import FLOW as NEED_FLOW
from laoqu.coordination.overlaps.checking import check_ledger
from laoqu.coordination.rounds import choosing, deciding, solving
from laoqu.coordination.rounds.models import Round, RoundLimit, Rule, Stage
from laoqu.coordination.rounds.registers import FLOW
from laoqu.register.flows import move
from laoqu.register.forms import form_class
from laoqu.register.registry import Register

DATA = Path(__file__).parent / "demo_data.json"
NOTE = "示例：这一行是为演示编的，不是真实的申报或资金。"
TO_LIST = (
    NeedStage.REPORTED,
    NeedStage.TOWNSHIP,
    NeedStage.DEPARTMENT,
    NeedStage.COUNTY,
    NeedStage.LISTED,
)


@transaction.atomic
def create_demo_round(association: Association) -> Round:
    """A round that departments are being consulted on; making it again changes nothing."""
    told = json.loads(DATA.read_text("utf-8"))
    known = Round.objects.filter(association=association, name=told["round"]).first()
    if known is not None:
        return known
    entry = Entry(association, told["year"])
    load_policies(association)
    for policy in told["policies"]:
        _policy(entry, policy)
    funds = [(_fund(entry, one), one) for one in told["funds"]]
    needs = {one["name"]: (_need(entry, one), one) for one in told["needs"]}
    check_ledger(association)
    found = entry.enter("rounds", name=told["round"], **_weights())
    _fill(found, funds, needs, told["limits"])
    _solve(found)
    found.refresh_from_db()
    move(FLOW, found, association, Stage.CONSULTED)
    entry.enter("round-opinions", round=found.code, **told["opinion"])
    found.refresh_from_db()
    return found


class Entry:
    """Types rows into the forms of registers, as the office would."""

    def __init__(self, association: Association, year: int) -> None:
        self.association, self.year = association, year

    def enter(self, register: str, **typed: Any) -> Any:
        """One row."""
        make = form_class(Register.registers[register], self.association, self.association)
        common = {"year": self.year, "visibility": "internal", "note": NOTE}
        form = make({**common, **typed})
        if not form.is_valid():
            raise ValueError(f"{register} {typed}: {form.errors.as_text()}")
        return form.save_record()


def _weights() -> dict[str, int]:
    return {
        "urgency_weight": 3,
        "people_weight": 4,
        "weakness_weight": 1,
        "history_weight": 3,
        "history_years": 3,
    }


def _policy(entry: Entry, told: dict[str, Any]) -> None:
    own = {name: told[name] for name in ("name", "level", "match")}
    policy = entry.enter("fund-policies", **own, basis="示例文件")
    entry.enter(
        "fund-clauses",
        policy=policy.code,
        verdict="allowed",
        content=told["allowed"],
        words=told["words"],
        citation="示例文件",
    )


def _fund(entry: Entry, told: dict[str, Any]) -> Fund:
    policy = FundPolicy.objects.get(association=entry.association, name=told["policy"])
    fund: Fund = entry.enter(
        "funds",
        policy=policy.code,
        quota=f"{told['wan']}万元",
        document="示例文号",
        **{name: told[name] for name in ("name", "level", "manager", "spend_by")},
    )
    entry.enter("fund-flows", fund=fund.code, step="issued", amount=f"{told['wan']}万元")
    return fund


def _need(entry: Entry, told: dict[str, Any]) -> Need:
    names = ("name", "category", "urgency", "people", "works", "count", "unit")
    need: Need = entry.enter(
        "needs",
        places=told["villages"],
        estimated=f"{told['wan']}万元",
        self_raised=f"{told['self_raised_wan']}万元" if "self_raised_wan" in told else "",
        exemption="示例需求，没有真实的议事记录",
        **{name: told[name] for name in names if name in told},
    )
    for stage in TO_LIST:
        move(NEED_FLOW, need, entry.association, stage)
    need.refresh_from_db()
    return need


def _fill(
    found: Round,
    funds: list[tuple[Fund, dict[str, Any]]],
    needs: dict[str, tuple[Need, dict[str, Any]]],
    limits: list[dict[str, Any]],
) -> None:
    user = found.association
    with choosing.changing(found, user, found.version, "示例") as current:
        keys = {need.pk for need, _told in needs.values()}
        choosing.choose_needs(current, user, keys, keys)
        offered = [
            {
                "fund": fund,
                "budget": fund.quota,
                "match_percent": Decimal(told.get("match_percent", 0)),
                "fee_percent": Decimal(told.get("fee_percent", 0)),
            }
            for fund, told in funds
        ]
        choosing.choose_channels(current, offered)
        for limit in limits:
            choosing.add_limit(current, RoundLimit(**limit))
        for need, told in needs.values():
            first = told.get("after")
            least = told.get("min_stage_wan")
            terms = {
                "divisible": least is not None,
                "min_stage": Decimal(least * 10000) if least else None,
                "after": found.chosen.get(need=needs[first][0]) if first else None,
            }
            choosing.set_terms(current, need.pk, terms)
    found.refresh_from_db()


def _solve(found: Round) -> None:
    """All three rules, and the best plan taken."""
    asked = solving.ask(found, found.association, list(Rule))
    for solution in asked:
        solving.run(solution.pk)
        solution.refresh_from_db()
    best = next(one for one in asked if one.rule == Rule.MOST_BENEFIT)
    deciding.present(found, found.association, found.version, best)
