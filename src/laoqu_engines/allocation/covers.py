"""Lifted cover cuts of caps: what whole needs leave unused under a cap, the relaxation must see.

Needs of a cap that together exceed it (a cover) cannot all be funded; the other needs of the cap
are lifted into the cut one after the other by dynamic programming (Balas 1975, Zemel 1989).
"""

from laoqu_engines.allocation.model import Cut, Model
from laoqu_engines.allocation.rows import Numbers

VIOLATED = 1e-3
MOST_MEMBERS = 200


def covers(model: Model, values: Numbers) -> list[Cut]:
    """Cuts that the values of a relaxation break, at most one for each cap."""
    found = []
    for place in model.limit_row:
        limit = model.problem.limits[place]
        members = model.members[place]
        if limit.kind != "cap" or len(members) > MOST_MEMBERS:
            continue
        shares = {i: float(values[i]) for i in sorted(members) if values[i] > 1e-6}
        if any(1e-6 < share < 1 - 1e-6 for share in shares.values()):
            cut = _cover(model, limit.amount_fen, shares, members)
            if cut is not None:
                found.append(cut)
    return found


def _cover(model: Model, cap: int, shares: dict[int, float], members: frozenset[int]) -> Cut | None:
    weight = {i: model.problem.needs[i].least_fen for i in members}
    order = sorted(shares, key=lambda i: ((1 - shares[i]) / weight[i], -weight[i], i))
    cover: list[int] = []
    total = 0
    for i in order:
        if total > cap:
            break
        cover.append(i)
        total += weight[i]
    if total <= cap:
        return None
    for i in sorted(cover, key=lambda i: (shares[i], i)):
        if total - weight[i] > cap:
            cover.remove(i)
            total -= weight[i]
    most = len(cover) - 1
    lifted = _lift(
        cap, weight, cover, sorted(members - set(cover), key=lambda i: -shares.get(i, 0))
    )
    broken = sum(value * shares.get(i, 0) for i, value in lifted.items()) - most
    if broken < VIOLATED:
        return None
    return Cut(tuple(lifted), tuple(-value for value in lifted.values()), -most)


def _lift(cap: int, weight: dict[int, int], cover: list[int], rest: list[int]) -> dict[int, int]:
    """Coefficients: 1 in the cover, as much as validity allows for the others."""
    most = len(cover) - 1
    lightest: list[int] = [0]
    for fen in sorted(weight[i] for i in cover):
        lightest.append(lightest[-1] + fen)
    found = dict.fromkeys(cover, 1)
    for i in rest:
        room = cap - weight[i]
        best = max((t for t, fen in enumerate(lightest) if fen <= room), default=-1)
        value = most - best if room >= 0 else most + 1
        if value <= 0:
            continue
        found[i] = value
        longer = lightest + [2 * cap + 1] * value
        lightest = [
            min(longer[t], (lightest[t - value] if t >= value else 0) + weight[i])
            if t >= value else longer[t]
            for t in range(len(longer))
        ]  # fmt: skip
        for t in range(len(lightest) - 2, -1, -1):
            lightest[t] = min(lightest[t], lightest[t + 1])
    return found
