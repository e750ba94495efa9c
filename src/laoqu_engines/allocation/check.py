"""Does a plan keep every rule, to the fen? Written apart from the solvers, in whole numbers.

Used as the last gate before a plan leaves the engine, and by the tests.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction

from laoqu_engines.allocation.plan import Plan
from laoqu_engines.allocation.problem import Limit, Need, Problem


def violations(problem: Problem, plan: Plan) -> list[str]:
    """Every broken rule in a Chinese sentence; an infeasible plan must pay nothing."""
    if plan.status == "infeasible":
        broken = ["没有可行的方案，却列了付款。"] if plan.payments else []
        return broken if plan.conflict else [*broken, "没有可行的方案，却没有说明矛盾在哪里。"]
    known = _unknown(problem, plan)
    if known:
        return known
    paid = Counter(plan.paid())
    return [
        *_payments(problem, plan, paid),
        *_channels(problem, plan),
        *_needs(problem, paid),
        *_limits(problem, paid),
        *_sums(problem, plan, paid),
    ]


def _unknown(problem: Problem, plan: Plan) -> list[str]:
    needs, channels = {n.id for n in problem.needs}, {c.id for c in problem.channels}
    pairs = Counter((p.need, p.channel) for p in plan.payments)
    return [
        *(f"付款给不存在的需求{n}。" for n, _ in pairs if n not in needs),
        *(f"付款来自不存在的渠道{c}。" for _, c in pairs if c not in channels),
        *(f"渠道{c}给需求{n}的付款列了两行。" for (n, c), times in pairs.items() if times > 1),
    ]


def _payments(problem: Problem, plan: Plan, paid: Counter[str]) -> Iterator[str]:
    needs, channels = {n.id: n for n in problem.needs}, {c.id: c for c in problem.channels}
    for payment in plan.payments:
        need, channel = needs[payment.need], channels[payment.channel]
        if not isinstance(payment.amount_fen, int) or payment.amount_fen <= 0:
            yield f"渠道{channel.id}给需求{need.id}的付款不是正整数分。"
        elif not channel.may_pay(need):
            yield f"渠道{channel.id}不许用于需求{need.id}。"
        elif payment.amount_fen > (1 - channel.match_share) * paid[need.id]:
            yield f"需求{need.id}没有给渠道{channel.id}配足别的资金。"


def _channels(problem: Problem, plan: Plan) -> Iterator[str]:
    spent: Counter[str] = Counter()
    for payment in plan.payments:
        spent[payment.channel] += payment.amount_fen
    for channel in problem.channels:
        fee = channel.fee_share * spent[channel.id]
        if spent[channel.id] + fee > channel.budget_fen:
            yield f"渠道{channel.id}连同管理费超出预算。"


def _needs(problem: Problem, paid: Counter[str]) -> Iterator[str]:
    groups: dict[str, list[str]] = defaultdict(list)
    for need in problem.needs:
        sum_fen = paid[need.id]
        if need.divisible:
            fits = sum_fen == 0 or (need.min_stage_fen or 1) <= sum_fen <= need.cost_fen
        else:
            fits = sum_fen in (0, need.cost_fen)
        if not fits:
            yield f"需求{need.id}付了{sum_fen}分，不合它的造价。"
        if need.pinned == "in" and not sum_fen:
            yield f"需求{need.id}定了要做，却没有付款。"
        if need.pinned == "out" and sum_fen:
            yield f"需求{need.id}定了不做，却有付款。"
        if sum_fen and need.group is not None:
            groups[need.group].append(need.id)
        for wanted in need.requires:
            if sum_fen and not paid[wanted]:
                yield f"需求{need.id}的前提{wanted}没有付款。"
    for name, members in groups.items():
        if len(members) > 1:
            yield f"互斥组{name}里付了{'、'.join(members)}。"


def _limits(problem: Problem, paid: Counter[str]) -> Iterator[str]:
    total = sum(paid.values())
    near: dict[tuple[str, str | None], list[Need]] = defaultdict(list)
    for need in problem.needs:
        for name in ("village", "township", "category"):
            near[name, getattr(need, name)].append(need)
    for place, limit in enumerate(problem.limits, 1):
        keys = [(name, wanted) for name, wanted in vars(limit.scope).items() if wanted is not None]
        nearest = near.get(keys[0], []) if keys else problem.needs
        inside = [paid[need.id] for need in nearest if limit.scope.holds(need)]
        if not _kept(limit, sum(inside), sum(1 for sum_fen in inside if sum_fen), total):
            yield f"第{place}条限制（{limit.kind}）没有做到。"


def _kept(limit: Limit, sum_fen: int, served: int, total: int) -> bool:
    if limit.kind == "cap":
        return sum_fen <= limit.amount_fen
    if limit.kind == "floor":
        return sum_fen >= limit.amount_fen
    if limit.kind == "share":
        return sum_fen >= limit.at_least * total
    return limit.kind != "serve" or served >= limit.at_least


def _sums(problem: Problem, plan: Plan, paid: Counter[str]) -> Iterator[str]:
    """What the plan says of itself agrees with its payments."""
    if [outcome.id for outcome in plan.needs] != [need.id for need in problem.needs]:
        yield "需求的结果与需求清单对不上。"
    elif any(outcome.paid_fen != paid[outcome.id] for outcome in plan.needs):
        yield "需求的合计与付款对不上。"
    spent: Counter[str] = Counter()
    for payment in plan.payments:
        spent[payment.channel] += payment.amount_fen
    for channel, outcome in zip(problem.channels, plan.channels, strict=False):
        told = (outcome.id, outcome.paid_fen, outcome.paid_fen + outcome.fee_fen + outcome.left_fen)
        if told != (channel.id, spent[channel.id], channel.budget_fen):
            yield f"渠道{channel.id}的合计与付款对不上。"
    if len(plan.channels) != len(problem.channels):
        yield "渠道的结果与渠道清单对不上。"
    funded = (need for need in problem.needs if paid[need.id])
    if sum(n.benefit * Fraction(paid[n.id], n.cost_fen) for n in funded) != plan.benefit:
        yield "方案的效益与付款对不上。"
    if plan.bound is not None and plan.bound < plan.benefit:
        yield "方案的上界比效益还小。"
