"""What two works are to each other, and why."""

import math
from dataclasses import dataclass
from typing import Literal

from laoqu_engines.overlap.candidates import comparable
from laoqu_engines.overlap.prepare import Prepared

Level = Literal["high", "medium", "low", "none"]
Relation = Literal["duplicate", "part_of", "phase", "complementary", "unrelated", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that spoke for or against: its name, its weight and the words of both sides."""

    name: str
    weight: float
    a: str = ""
    b: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """``score`` is how likely a person should look at the pair, from 0 to 1.

    In ``part_of``, ``part`` says which of the two is the part ("a" or "b"); else it is empty.
    """

    score: float
    level: Level
    relation: Relation
    part: Literal["a", "b", ""] = ""
    evidence: tuple[Evidence, ...] = ()


NOTHING = Judgement(0.0, "none", "unrelated")


def judge(a: Prepared, b: Prepared) -> Judgement:
    """Compares two works. Symmetric but for the sides of part and evidence."""
    if not comparable(a, b):
        return NOTHING
    if a.villages and b.villages and not set(a.villages) & set(b.villages):
        return NOTHING
    if a.township and b.township and a.township != b.township:
        return NOTHING
    found = [Evidence("facility", 0.0)]
    for first in a.scales:
        for second in b.scales:
            if first.dimension == second.dimension and first.value == second.value:
                found.append(Evidence("equal_scale", 3.0, first.text, second.text))
    weight = sum(item.weight for item in found)
    score = 1 / (1 + math.exp(-weight))
    if score >= 0.5:
        level: Level = "high" if score >= 0.9 else "medium"
        relation: Relation = "duplicate" if len(found) > 1 else "cannot_tell"
        return Judgement(score, level, relation, "", tuple(found))
    return Judgement(score, "low", "complementary", "", tuple(found))
