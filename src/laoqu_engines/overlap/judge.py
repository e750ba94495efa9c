"""What two works are to each other, and why."""

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from laoqu_engines.overlap import evidence
from laoqu_engines.overlap.candidates import comparable
from laoqu_engines.overlap.evidence import Evidence, Found
from laoqu_engines.overlap.facilities import UNCLEAR, vocabulary
from laoqu_engines.overlap.prepare import Prepared

Level = Literal["high", "medium", "low", "none"]
Side = Literal["a", "b", ""]
Relation = Literal["duplicate", "part_of", "phase", "complementary", "unrelated", "cannot_tell"]
HIGH, MEDIUM = 0.8, 0.5
_LATER = frozenset(
    f"{action}{when}"
    for action in ("rest", "repair", "replace", "widen", "equip")
    for when in ("", "_open", "_equal", "_later")
) | {"other_stage", "years_apart", "long_after", "after_finish", "next_stretch"}
_PARTS = frozenset(
    ("part_of_joint", "part_of_package", "part_of_groups", "part_of_length", "much_less")
)
_DOUBTFUL = frozenset(
    ("place_doubt", "place_sound", "general_aside", "aside", "unclear", "one_unclear")
)
_SAME_OBJECT = frozenset(("same_name", "same_hamlet", "same_group", "same_spot"))
_APART = frozenset(("next_year", "two_years", "years_apart", "long_after"))
_CERTAIN = frozenset(("equal_scale", "equal_amount", "same_title", "same_ends", "single"))


@dataclass(frozen=True, slots=True)
class Judgement:
    """``score`` is how likely a person should look at the pair, from 0 to 1.

    In ``part_of``, ``part`` says which of the two is the part ("a" or "b"); else it is empty.
    """

    score: float
    level: Level
    relation: Relation
    part: Side = ""
    evidence: tuple[Evidence, ...] = ()


NOTHING = Judgement(0.0, "none", "unrelated")


def judge(a: Prepared, b: Prepared) -> Judgement:
    """Compares two works. Symmetric but for the sides of part and evidence."""
    found = collect(a, b)
    if not found:
        return NOTHING
    weights = weights_of()
    weighed = tuple([Evidence(name, amount * weights[name], x, y) for name, amount, x, y in found])
    total = weights["start"] + sum([item.weight for item in weighed])
    score = likelihood(total)
    if score < MEDIUM:
        if not score or UNCLEAR in (a.facilities, b.facilities):
            return NOTHING
        return Judgement(score, "low", _apart(weighed), "", weighed)
    relation, part = _together(a, b, {item.name for item in weighed})
    return Judgement(score, "high" if score >= HIGH else "medium", relation, part, weighed)


def likelihood(odds: float) -> float:
    """The score that log-odds mean, rounded so that the order of adding up does not matter."""
    return round(1 / (1 + math.exp(-round(odds, 6))), 4)


def collect(a: Prepared, b: Prepared) -> Found:
    """All evidence on a pair, not yet weighed; none where the works cannot be anything."""
    if not comparable(a, b):
        return []
    where = evidence.place(a, b)
    if where == "other":
        return []
    found: Found = [] if where == "same" else [(f"place_{where}", 1, "", "")]
    evidence.facility(a, b, found)
    if a.main == b.main and a.main & vocabulary().one and not a.at ^ b.at:
        found.append(("single", 1, "", ""))
    evidence.scale(a, b, found)
    evidence.money(a, b, found)
    evidence.inside(a, b, found)
    evidence.naming(a, b, found)
    evidence.time(a, b, found)
    evidence.assignment(a, b, found)
    return found


def _apart(weighed: tuple[Evidence, ...]) -> Relation:
    """Why a pair is not shown: the same thing later, or another thing beside it."""
    later = sum(item.weight for item in weighed if item.name in _LATER)
    other = sum(item.weight for item in weighed if item.name not in _LATER and item.weight < 0)
    return "phase" if later < other else "complementary"


def _together(a: Prepared, b: Prepared, names: set[str]) -> tuple[Relation, Side]:
    """What a pair that is shown is: one work, a part and its whole, or not to be told."""
    whole = _whole(a, b)
    inner, outer = (a, b) if whole == "a" else (b, a)
    equal = bool(names & {"equal_scale", "equal_amount"})
    if names & _DOUBTFUL and not equal:
        return "cannot_tell", ""
    if "stage_of_plan" in names:
        return "part_of", "a" if a.inside.stage > b.inside.stage else "b"
    if "general" in names:
        named = "place_named" in names or (equal and not a.vague and not b.vague)
        return ("part_of", whole) if named else ("cannot_tell", "")
    if evidence.covers(outer) and not equal:
        return ("part_of", whole) if _assigned(inner, outer, names) else ("cannot_tell", "")
    if names & {"same_ends", "equal_amount"}:
        return "duplicate", ""
    if names & _PARTS:
        return "part_of", whole
    if names & {"item", "shared_facility"}:
        if "portion" in names or ("item" in names and not equal) or _more(inner, outer):
            return ("cannot_tell", "") if outer.open and not equal else ("part_of", whole)
    elif "within" in names and not (equal and _one_each(a, b)):
        known = equal or names & _SAME_OBJECT or "portion" in names
        return ("part_of", whole) if known else ("cannot_tell", "")
    return ("cannot_tell" if _silent(a, b, names) else "duplicate"), ""


def _silent(a: Prepared, b: Prepared, names: set[str]) -> bool:
    """Whether the texts are too general to call two works one."""
    if "open" in names and not names & _CERTAIN:
        return True
    if "no_scale" not in names or "single" in names or names & _SAME_OBJECT:
        return False
    needed = (a.status == "需求") != (b.status == "需求")
    bare = any(_bare(item, other) for item, other in ((a, b), (b, a)))
    return a.broad or b.broad or ((bare or bool(names & _APART)) and not needed)


def _bare(work: Prepared, other: Prepared) -> bool:
    """Whether one names nothing but the kind of work, and the other says how much."""
    said = work.scales or work.names or work.kinds or work.at or work.inside.placed
    return bool(other.scales) and not said


def _one_each(a: Prepared, b: Prepared) -> bool:
    return a.facilities.bit_count() == b.facilities.bit_count() == 1


def _assigned(inner: Prepared, outer: Prepared, names: set[str]) -> bool:
    """Whether a line about several villages certainly has this work in this village."""
    if outer.open and outer.main.bit_count() > 1:
        return False
    named = any(place.village and place.village in outer.text for place in inner.where)
    same_payer = bool(inner.department) and inner.department == outer.department
    same_fund = "part_of_joint" in names and bool(inner.fund) and inner.fund == outer.fund
    return named or same_payer or same_fund or bool(names & {"single", "portion"})


def _more(inner: Prepared, outer: Prepared) -> bool:
    """Whether the outer one names works that the inner one does not, not even in other words."""
    wholes = vocabulary().wholes
    own = inner.facilities | inner.at | wholes(inner.facilities)
    rest = vocabulary().named(outer.facilities & ~own)
    return any(not item.wholes & inner.facilities for item in rest)


def _whole(a: Prepared, b: Prepared) -> Side:
    """Which of the two is the part, where one is: the one that covers less."""

    def size(item: Prepared) -> tuple[bool, int, int, float]:
        joint = evidence.covers(item)
        largest = max((scale.value for scale in item.scales), default=0.0)
        return joint, item.facilities.bit_count(), item.amount or 0, largest

    return "a" if size(a) <= size(b) else "b"


@cache
def weights_of() -> dict[str, float]:
    """How much each kind of evidence weighs, by its name."""
    raw = files("laoqu_engines.overlap").joinpath("data/weights.toml").read_text("utf-8")
    return {name: weight for group in tomllib.loads(raw).values() for name, weight in group.items()}
