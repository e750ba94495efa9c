"""What money and limits are worth: the duals of the linear relaxation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from laoqu_engines.allocation.problem import Limit, Problem
from laoqu_engines.allocation.rows import Numbers, Relaxation
from laoqu_engines.allocation.search import Kept, Search
from laoqu_engines.allocation.wording import Words, points

SMALL = 1e-9


@dataclass(frozen=True)
class Prices:
    """Benefit for one more yuan in a channel, by id; for one more yuan (need, for serve) of a
    limit, by its place; benefit lost by forcing a need in, by its place."""

    channels: Mapping[str, float]
    limits: Mapping[int, float]
    needs: Numbers


def priced(search: Search, kept: Sequence[Kept]) -> Prices:
    """Prices of the last tier's relaxation, the tiers before it decided."""
    model = search.model
    objective = model.benefit(kept[-1].needs)
    scale = float(np.abs(objective).max(initial=0)) or 1.0
    relaxed = Relaxation(replace(search.program(kept[:-1]), objective=objective / scale)).solved()
    if relaxed.duals is None or relaxed.reduced is None:
        return Prices({}, {}, np.zeros(model.count))
    duals = relaxed.duals * scale
    yuan = 100 / model.unit
    channels = {}
    for purse, row in zip(model.purses, model.purse_row, strict=True):
        for j in purse:
            channel = model.problem.channels[j]
            price = -duals[row] * yuan / (1 + float(channel.fee_share))
            channels[channel.id] = _short(max(price, 0.0))
    limits = {
        place: _short(
            abs(duals[row]) * (1 if model.problem.limits[place].kind == "serve" else yuan)
        )
        for place, row in model.limit_row.items()
    }
    return Prices(channels, limits, np.maximum(relaxed.reduced[: model.count] * scale, 0))


def _short(price: float) -> float:
    """A price to twelve decimals: what is beyond is noise."""
    return round(float(price), 12) + 0.0


def binding(problem: Problem, prices: Prices) -> tuple[str, ...]:
    """The limits that hold the plan back, each with what it costs."""
    words = Words(problem)
    found = []
    for place, limit in enumerate(problem.limits):
        price = prices.limits.get(place, 0.0)
        if price > SMALL:
            found.append(f"{words.limit(limit)}：{_costs(limit, price)}")
    return tuple(found)


def _costs(limit: Limit, price: float) -> str:
    if limit.kind == "cap":
        return f"已经用满，每放宽1万元，效益约增加{points(price * 10_000)}"
    if limit.kind == "serve":
        return f"每少要求1项，效益约增加{points(price)}"
    if limit.kind == "share":
        return f"为凑足这个比例，每1万元约少{points(price * 10_000)}效益"
    return f"每少要求1万元，效益约增加{points(price * 10_000)}"
