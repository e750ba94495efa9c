"""Small problems for the tests: written by hand, and drawn by hypothesis."""

from typing import Any

from hypothesis import strategies as st

from laoqu_engines.allocation import Problem

VILLAGES = ("v1", "v2", "v3")
CATEGORIES = ("道路", "水利", None)


def need(name: str = "n1", cost: int = 100, benefit: float = 10, **more: Any) -> dict[str, Any]:
    """A need of village v1 for a road."""
    whole = {"id": name, "village": "v1", "township": "t1", "category": "道路"}
    return whole | {"cost_fen": cost, "benefit": benefit} | more


def channel(name: str = "c1", budget: int = 1000, **more: Any) -> dict[str, Any]:
    """A channel without earmark."""
    return {"id": name, "budget_fen": budget} | more


def problem(needs: list[Any], channels: list[Any], *limits: dict[str, Any]) -> Problem:
    """The problem of these rows."""
    return Problem.from_json({"needs": needs, "channels": channels, "limits": list(limits)})


@st.composite
def drawn(draw: st.DrawFn, *, most_needs: int = 6, limits: bool = True) -> Problem:
    """A random problem: earmarks, fees, match, groups, prerequisites, pins, stages and limits."""
    names = [f"n{place}" for place in range(draw(st.integers(1, most_needs)))]
    needs = [draw(_need(names[:place], name)) for place, name in enumerate(names)]
    count = draw(st.integers(1, 3))
    channels = [draw(_channel(f"c{place}")) for place in range(count)]
    rules = draw(st.lists(_limit(), max_size=2)) if limits else []
    return problem(needs, channels, *rules)


@st.composite
def _need(draw: st.DrawFn, before: list[str], name: str) -> dict[str, Any]:
    village = draw(st.sampled_from(VILLAGES))
    cost = draw(st.integers(1, 12))
    divisible = draw(st.booleans()) and draw(st.booleans())
    stage = draw(st.none() | st.integers(1, cost)) if divisible else None
    return {
        "id": name,
        "village": village,
        "township": "t1" if village == "v1" else "t2",
        "category": draw(st.sampled_from(CATEGORIES)),
        "cost_fen": cost,
        "benefit": draw(st.integers(0, 40)) / 4,
        "people": draw(st.integers(0, 9)),
        "divisible": divisible,
        "min_stage_fen": stage,
        "group": draw(st.sampled_from((None, None, "g"))),
        "requires": draw(st.lists(st.sampled_from(before), max_size=1)) if before else [],
        "continuing": draw(st.integers(0, 3)) == 0,
        "years_unserved": draw(st.integers(0, 4)),
        "pinned": draw(st.sampled_from((None,) * 8 + ("in", "out"))),
    }


@st.composite
def _channel(draw: st.DrawFn, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "budget_fen": draw(st.integers(0, 25)),
        "categories": draw(st.sampled_from((None, None, ["道路"], ["道路", "水利"]))),
        "not_categories": draw(st.sampled_from(([], [], ["水利"]))),
        "places": draw(st.sampled_from((None, None, ["t1"], ["v2", "v3"]))),
        "fee_share": draw(st.sampled_from((0, 0, 0.03, 0.25))),
        "match_share": draw(st.sampled_from((0, 0, 0.2, 0.5))),
    }


@st.composite
def _limit(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(("cap", "floor", "share", "serve", "unserved_first")))
    if kind == "unserved_first":
        return {"kind": kind, "years": draw(st.integers(1, 4))}
    scope = draw(
        st.sampled_from(
            ({"village": "v1"}, {"township": "t2"}, {"category": "道路"}, {},
             {"village": "v2", "category": "水利"})
        )
    )  # fmt: skip
    if kind in ("cap", "floor"):
        amount = draw(st.integers(0, 20) if kind == "cap" else st.integers(0, 8))
        return {"kind": kind, "scope": scope, "amount_fen": amount}
    at_least = draw(st.sampled_from((0.1, 0.3, 0.6)) if kind == "share" else st.integers(1, 2))
    return {"kind": kind, "scope": scope, "at_least": at_least}
