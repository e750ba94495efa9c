"""How often the comparison was right: what it said, set against what people decided."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet

from laoqu.coordination.overlaps.models import Conclusion, Level, OverlapPair, Relation, Stage
from laoqu.register.models import State
from laoqu.register.registry import Register

WORTH = (Conclusion.DUPLICATE, Conclusion.JOINT)
"""Conclusions that say that the hint was right to be shown."""
NEITHER = (Conclusion.LACKING,)
"""Conclusions that say neither."""
MEANS: dict[str, tuple[str, ...]] = {
    Relation.DUPLICATE: (Conclusion.DUPLICATE, Conclusion.JOINT),
    Relation.PART_OF: (Conclusion.DUPLICATE, Conclusion.JOINT),
    Relation.PHASE: (Conclusion.PHASED,),
    Relation.COMPLEMENTARY: (Conclusion.COMPLEMENTARY,),
    Relation.UNRELATED: (Conclusion.DIFFERENT,),
}
"""Which conclusions agree with what the comparison took the pair for; 不能判断 claims nothing."""


@dataclass(frozen=True)
class Cell:
    """How many, and the list of them."""

    count: int
    url: str
    agrees: bool = False


@dataclass(frozen=True)
class LevelLine:
    """One level: how many were shown, decided, right and wrong."""

    label: Any
    shown: Cell
    waiting: Cell
    right: int
    wrong: int
    open_ended: int

    @property
    def share(self) -> str:
        """The share of right ones among those decided either way."""
        return percent(self.right, self.right + self.wrong)


@dataclass(frozen=True)
class RelationLine:
    """One opinion of the comparison against each conclusion."""

    label: Any
    cells: Sequence[Cell]
    right: int
    decided: int
    claims: bool

    @property
    def share(self) -> str:
        """The share of conclusions that agree."""
        return percent(self.right, self.decided) if self.claims else ""


@dataclass(frozen=True)
class Accuracy:
    """The whole evaluation."""

    levels: Sequence[LevelLine]
    relations: Sequence[RelationLine]
    right: int
    wrong: int

    @property
    def decided(self) -> int:
        """How many were decided either way."""
        return self.right + self.wrong

    @property
    def share(self) -> str:
        """The share of right ones over all levels."""
        return percent(self.right, self.decided)


def percent(part: int, whole: int) -> str:
    """A share in whole percent; “—” of nothing."""
    return f"{round(part * 100 / whole)}%" if whole else "—"


def accuracy_of(found: QuerySet[OverlapPair]) -> Accuracy:
    """The evaluation of these pairs, in one query. Pairs put together by hand do not count."""
    counted: Counter[tuple[str, str, str]] = Counter()
    compared = found.filter(score__isnull=False).exclude(state=State.VOID)
    rows = compared.order_by().values_list("level", "relation", "conclusion", "stage")
    waiting: Counter[str] = Counter()
    for level, relation, conclusion, stage, count in rows.annotate(n=Count("pk")):
        counted[level, relation, conclusion] += count
        if stage in (Stage.PENDING, Stage.ASKED):
            waiting[level] += count
    levels = [_level_line(level, counted, waiting) for level in Level]
    relations = [_relation_line(relation, counted) for relation in Relation]
    return Accuracy(
        [line for line in levels if line.shown.count],
        [line for line in relations if any(cell.count for cell in line.cells)],
        sum(line.right for line in levels),
        sum(line.wrong for line in levels),
    )


def _url(**parameters: str) -> str:
    return f"{Register.registers['overlaps'].url()}?{urlencode(parameters)}"


def _level_line(
    level: Level, counted: Counter[tuple[str, str, str]], waiting: Counter[str]
) -> LevelLine:
    by = Counter[str]()
    for (of_level, _relation, conclusion), count in counted.items():
        if of_level == level:
            by[conclusion] += count
    right = sum(by[conclusion] for conclusion in WORTH)
    open_ended = sum(by[conclusion] for conclusion in NEITHER)
    return LevelLine(
        level.label,
        Cell(by.total(), _url(level=level.value)),
        Cell(waiting[level], _url(level=level.value, waiting="yes")),
        right,
        by.total() - right - open_ended - by[""],
        open_ended,
    )


def _relation_line(relation: Relation, counted: Counter[tuple[str, str, str]]) -> RelationLine:
    cells = []
    for conclusion in Conclusion:
        count = sum(counted[level, relation, conclusion] for level in Level)
        agrees = conclusion in MEANS.get(relation, ())
        url = _url(relation=relation.value, conclusion=conclusion.value)
        cells.append(Cell(count, url, agrees))
    return RelationLine(
        relation.label,
        cells,
        sum(cell.count for cell in cells if cell.agrees),
        sum(cell.count for cell in cells) - cells[list(Conclusion).index(Conclusion.LACKING)].count,
        relation in MEANS,
    )
