"""Figures as pages, commands and reports show them: with their value and the list behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from laoqu.access.models import Association
from laoqu.access.rules import rows
from laoqu.register.figures import FIGURES, Figure, Ratio, figures
from laoqu.register.registry import Line, Register

MAIN = (
    "contributions.amount",
    "contributions.funders",
    "contributions.villages",
    "visits.rows",
    "performances.shows",
    "surveys.rows",
    "recommendations.rows",
    "media.rows",
    "subscriptions.copies",
    "awards.rows",
)
"""The figures of the home page."""


@dataclass(frozen=True)
class Shown:
    """A figure with its number for one person, association and year."""

    figure: Figure | Ratio
    value: Decimal | int | None
    urls: tuple[str, ...]
    """One list; a ratio has two."""

    @property
    def text(self) -> str:
        """The number with its unit."""
        return self.figure.shown(self.value)

    @property
    def url(self) -> str:
        """The list, of a ratio the first."""
        return self.urls[0]


def show(
    user: object, year: int, association: Association, chosen: Iterable[Figure | Ratio]
) -> list[Shown]:
    """The figures in the order given, over the rows of `association` that `user` may see."""
    return [
        Shown(figure, figure.value(user, year, association), _urls(figure, year, association))
        for figure in chosen
    ]


def main_figures() -> list[Figure | Ratio]:
    """The figures of the home page."""
    return [FIGURES[key] for key in MAIN]


def main_registers() -> list[Register]:
    """The registers that the figures of the home page count, each once."""
    slugs = dict.fromkeys(figure.register for figure in main_figures())  # type: ignore[union-attr]
    return [Register.registers[slug] for slug in slugs]


def line_of(figure: Figure | Ratio) -> Line:
    """The line of work that a figure belongs to: that of its register."""
    counted = figure.of if isinstance(figure, Ratio) else figure
    return Register.registers[counted.register].line


def figures_by_line() -> list[tuple[Line, list[Figure | Ratio]]]:
    """All declared figures under the association's own lines of work."""
    grouped = [(line, [f for f in figures() if line_of(f) is line]) for line in Line]
    return [(line, found) for line, found in grouped if found]


def years(user: object, association: Association) -> list[int]:
    """The years in which some figure has rows that `user` may see, latest first; one query."""
    registers = dict.fromkeys(f.register for f in figures() if isinstance(f, Figure))
    first, *others = (
        rows(user, Register.registers[slug].model)
        .filter(association=association)
        .order_by()
        .values_list("year", flat=True)
        .distinct()
        for slug in registers
    )
    return sorted(first.union(*others), reverse=True)


def latest_reported_year(user: object, association: Association) -> int | None:
    """The latest year with rows that count in a main figure: plans for a year to come are none."""
    first, *others = (
        register.countable(rows(user, register.model).filter(association=association))
        .order_by()
        .values_list("year", flat=True)
        for register in main_registers()
    )
    return max(first.union(*others), default=None)


def _urls(figure: Figure | Ratio, year: int, association: Association) -> tuple[str, ...]:
    if isinstance(figure, Ratio):
        return (figure.of.url(year, association), figure.to.url(year, association))
    return (figure.url(year, association),)
