"""Why every need is funded as it is, in words and figures."""

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

from laoqu_engines.allocation.counterfactual import Counterfactuals, Loss
from laoqu_engines.allocation.model import Members
from laoqu_engines.allocation.payments import eligible
from laoqu_engines.allocation.plan import Change, Payment, Plan, Reason
from laoqu_engines.allocation.prices import Prices
from laoqu_engines.allocation.problem import Limit, Need, Problem
from laoqu_engines.allocation.rows import INFINITE
from laoqu_engines.allocation.wording import Words, money, points

MOST_EXACT = 300
WORKERS, MOST_STEPS = 2, 100_000


def explain(problem: Problem, plan: Plan, need_id: str) -> Reason:
    """The exact reason of one need, however many others there are. Raises `KeyError`."""
    why = Reasons(problem, plan.payments)
    need = problem.needs[why.place[need_id]]
    plain = why.plain()[need_id]
    if need_id in why.paid or plan.status == "infeasible":
        return plain
    return why.explained(need, plain, Counterfactuals(problem, why.paid))


class Reasons:
    """The reasons of one plan, given its payments."""

    def __init__(self, problem: Problem, payments: Sequence[Payment]) -> None:
        self.problem, self.words = problem, Words(problem)
        self.paid: dict[str, int] = defaultdict(int)
        self.payments: dict[str, list[Payment]] = defaultdict(list)
        self.left = {channel.id: channel.payable_fen for channel in problem.channels}
        for payment in payments:
            self.paid[payment.need] += payment.amount_fen
            self.payments[payment.need].append(payment)
            self.left[payment.channel] -= payment.amount_fen
        self.paid = dict(self.paid)
        self.place = {need.id: i for i, need in enumerate(problem.needs)}
        self.able = eligible(problem)
        self.channels = {channel.id: channel for channel in problem.channels}
        self.stops = self._stopped()
        self.groups: dict[str, list[str]] = defaultdict(list)
        for need in problem.needs:
            if need.group is not None and need.id in self.paid:
                self.groups[need.group].append(need.id)

    def unfunded(self) -> list[Need]:
        """Needs that get nothing."""
        return [need for need in self.problem.needs if need.id not in self.paid]

    def plain(self) -> dict[str, Reason]:
        """Who pays the funded needs and why; for the others what plainly stands in the way."""
        return {
            need.id: self._funded(need) if need.id in self.paid else self._plain(need)
            for need in self.problem.needs
        }

    def estimated(self, prices: Prices) -> dict[str, Reason]:
        """Like `plain`, with figures from the prices of the relaxation."""
        found = self.plain()
        for need in self.unfunded():
            if found[need.id].kind not in ("pinned_out", "earmark"):
                found[need.id] = self._estimate(need, found[need.id], prices)
        return found

    def exact(self, prices: Prices) -> dict[str, Reason]:
        """Like `plain`, with figures from solving again for every need left out, those next to
        being funded first. What a fixed amount of work does not reach is estimated."""
        found = self.estimated(prices)
        asked = [need for need in self.unfunded() if found[need.id].estimate]
        asked.sort(key=lambda need: float(prices.needs[self.place[need.id]]))
        plain = self.plain()

        def answer(part: int) -> dict[str, Reason]:
            questions, answers = Counterfactuals(self.problem, self.paid), {}
            for need in asked[part::WORKERS]:
                if questions.work.steps > MOST_STEPS:
                    break
                answers[need.id] = self.explained(need, plain[need.id], questions)
            return answers

        with ThreadPoolExecutor(WORKERS) as workers:
            for answers in workers.map(answer, range(WORKERS)):
                found |= answers
        return found

    def explained(self, need: Need, plain: Reason, asked: Counterfactuals) -> Reason:
        """The exact reason of one need left out."""
        if plain.kind in ("pinned_out", "earmark"):
            return plain
        i = self.place[need.id]
        asked.work.proved = True
        change, loss = asked.change(i), asked.loss(i)
        kind = plain.kind if change is None or plain.kind == "group" else "budget"
        text = plain.text if kind == plain.kind else "钱不够。"
        figures = self._figures(change, loss)
        lost = loss.benefit if loss else None
        return Reason(kind, text + figures, change, lost, estimate=not asked.work.proved)

    def _figures(self, change: Change | None, loss: Loss | None) -> str:
        parts = []
        if change is not None:
            who = self.words.channel(self.channels[change.channel])
            parts.append(f"{who}再增加{money(change.add_fen)}就能做，不影响别的需求。")
        if loss is None:
            parts.append("不加钱就做不成。" if change else "只加钱也做不成。")
        elif loss.dropped:
            dropped = self.words.names(loss.dropped)
            parts.append(f"不加钱硬要做，就要放下{dropped}，总效益少{points(loss.benefit)}。")
        else:
            parts.append(f"不加钱硬要做，总效益少{points(loss.benefit)}。")
        return "".join(parts)

    def _estimate(self, need: Need, plain: Reason, prices: Prices) -> Reason:
        i = self.place[need.id]
        able = [self.problem.channels[j] for j in self.able[i]]
        nearest = min(able, key=lambda c: (prices.channels.get(c.id, 0.0), c.match_share))
        lacking = max(need.least_fen - sum(self.left[c.id] for c in able), 0)
        add = lacking + nearest.fee_fen(lacking)
        loss = Fraction(round(float(prices.needs[i]), 4)).limit_denominator(10_000)
        who = self.words.channel(nearest)
        text = (
            f"按资金价格估算：{who}再增加约{money(add)}可做，不加钱硬要做总效益约少{points(loss)}。"
        )
        return Reason(plain.kind, plain.text + text, Change(nearest.id, add), loss, True)

    def _funded(self, need: Need) -> Reason:
        parts = []
        for payment in self.payments[need.id]:
            channel = self.channels[payment.channel]
            mark = self.words.earmark(channel)
            why = f"专用于{mark}" if mark else "不限用途"
            parts.append(f"{self.words.channel(channel)}付{money(payment.amount_fen)}（{why}）")
        first = "会议定了要做。" if need.pinned == "in" else "续建优先。" if need.continuing else ""
        only = "只有这一个渠道可以付。" if len(self.able[self.place[need.id]]) == 1 else ""
        whole = "" if self.paid[need.id] == need.cost_fen else (
            f"先做一部分，全部造价{money(need.cost_fen)}。"
        )  # fmt: skip
        return Reason("funded", f"{first}由{'，'.join(parts)}。{only}{whole}")

    def _plain(self, need: Need) -> Reason:
        if need.pinned == "out":
            return Reason("pinned_out", "会议定了不做。")
        if not self.able[self.place[need.id]]:
            barred = [self.words.barred(channel, need) for channel in self.problem.channels]
            text = "；".join(barred[:5]) or "没有资金渠道"
            return Reason("earmark", f"没有一个渠道可以付：{text}。")
        rivals = self.groups.get(need.group or "", [])
        if rivals:
            return Reason("group", f"与{self.words.names(rivals)}只能做一项。")
        lacking = [wanted for wanted in need.requires if wanted not in self.paid]
        if lacking:
            return Reason("requires", f"要先有{self.words.names(lacking)}，而它没有安排。")
        limit = self.stops.get(self.place[need.id])
        if limit is not None:
            kind = "cap" if limit.kind == "cap" else "limit"
            return Reason(kind, f"受限制：{self.words.limit(limit)}。")
        return Reason("budget", "钱不够。")

    def _stopped(self) -> dict[int, Limit]:
        """For needs left out, the first limit that leaves no room for them beside the plan."""
        found: dict[int, Limit] = {}
        needs, total = self.problem.needs, sum(self.paid.values())
        index = Members(self.problem)
        for limit in self.problem.limits:
            if limit.kind not in ("cap", "share"):
                continue
            inside = [int(i) for i in index.of(limit)]
            used = sum(self.paid.get(needs[i].id, 0) for i in inside)
            if limit.kind == "cap":
                stopped = [i for i in inside if used + needs[i].least_fen > limit.amount_fen]
            else:
                most = used / limit.at_least - total if limit.at_least else INFINITE
                outside = set(range(len(needs))).difference(inside)
                stopped = [i for i in sorted(outside) if needs[i].least_fen > most]
            for i in stopped:
                found.setdefault(i, limit)
        return found
