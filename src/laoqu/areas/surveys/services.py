"""Results of a questionnaire that give nobody away.

A cell of 1 to 4 people is not shown. Nor is anything from which it could be worked out, even by
somebody who knows how large the group is: the totals of its row and column, the grand total, and
further cells of its group until at least two cells and twice `LEAST` people are kept back together.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from laoqu.access.rules import rows
from laoqu.areas.surveys.models import Group, Question, Questionnaire, Tally
from laoqu.register.models import State

LEAST = 5
"""The fewest people that a cell shows."""


@dataclass(frozen=True)
class Line:
    """One option: the count of each group and of all; None where it is not shown."""

    option: str
    cells: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True)
class Table:
    """The answers to one question, options × groups."""

    question: Question
    groups: tuple[Any, ...]
    lines: tuple[Line, ...]
    totals: tuple[int | None, ...]
    total: int | None

    @property
    def hides(self) -> bool:
        """Whether any number is not shown."""
        return self.total is None


def results(user: object, questionnaire: Questionnaire) -> list[Table]:
    """The table of each question that has been tallied; empty for those who may not see tallies."""
    tallies = rows(user, Tally).filter(questionnaire=questionnaire, state=State.REVIEWED)
    counts: dict[int, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for tally in tallies:
        counts[tally.question_id][tally.option, tally.group] += tally.count
    return [
        table_of(question, counts[question.pk])
        for question in questionnaire.asked()
        if question.pk in counts
    ]


def table_of(question: Question, counts: dict[tuple[str, str], int]) -> Table:
    """Options × groups of one question, with everything under five kept back."""
    groups = [group for group in Group if any(g == group for _option, g in counts)]
    options = question.choices()
    numbers = [[counts.get((option, group), 0) for group in groups] for option in options]
    sizes = [sum(column) for column in zip(*numbers, strict=True)]
    by_group = [kept_back(list(column)) for column in zip(*numbers, strict=True)]
    hidden = [list(line) for line in zip(*by_group, strict=True)]
    any_hidden = any(any(line) for line in hidden)
    lines = []
    for option, line, marks in zip(options, numbers, hidden, strict=True):
        cells = [None if hide else n for n, hide in zip(line, marks, strict=True)]
        lines.append(Line(option, tuple(cells), None if any(marks) else sum(line)))
    totals = [
        None if any(column) else size
        for column, size in zip(zip(*hidden, strict=True), sizes, strict=True)
    ]
    total = None if any_hidden else sum(sizes)
    return Table(question, tuple(groups), tuple(lines), tuple(totals), total)


def kept_back(column: list[int]) -> list[bool]:
    """Which cells of one group are not shown. Shape: as `column`, the counts by option."""
    hidden = {index for index, number in enumerate(column) if 0 < number < LEAST}
    if not hidden:
        return [False] * len(column)
    shown = sorted((n, index) for index, n in enumerate(column) if index not in hidden and n)
    while shown and (len(hidden) < 2 or sum(column[i] for i in hidden) < 2 * LEAST):
        hidden.add(shown.pop(0)[1])
    if len(hidden) < 2 or sum(column[i] for i in hidden) < 2 * LEAST:
        return [True] * len(column)
    return [index in hidden for index in range(len(column))]
