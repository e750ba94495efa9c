"""An election as a problem: one channel without earmark, the voters as supporters."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from laoqu_engines.allocation import Channel, Need, Problem, Supporter

from .elections import ONE, Election

Worth = Callable[[Fraction, int], Fraction]
NOTHING = Fraction(0)


def cost_worth(points: Fraction, cost_fen: int) -> Fraction:
    """An approved project is worth its cost."""
    return Fraction(cost_fen)


def one_worth(points: Fraction, cost_fen: int) -> Fraction:
    """Every approved project is worth the same."""
    return ONE


def points_worth(points: Fraction, cost_fen: int) -> Fraction:
    """A project is worth the points that the voter gave it."""
    return points


def problem_of(election: Election, worth: Worth) -> Problem:
    """Benefits are the voters' utilities together. An empty ballot still has its share of the
    money: such voters support the first project with utility 0."""
    wanted: dict[str, list[tuple[str, Fraction]]] = {project: [] for project in election.costs}
    first = min(election.costs)
    known: dict[tuple[Fraction, int], Fraction] = {}
    for number, ballot in enumerate(election.ballots):
        voter = str(number)
        if not ballot:
            wanted[first].append((voter, NOTHING))
        for project, points in ballot.items():
            key = (points, election.costs[project])
            if key not in known:
                known[key] = worth(*key)
            wanted[project].append((voter, known[key]))
    needs = [
        Need(
            project,
            "city",
            cost,
            sum((worth for _, worth in wanted[project]), NOTHING),
            supporters=tuple(Supporter(voter, ONE, worth) for voter, worth in wanted[project]),
        )
        for project, cost in election.costs.items()
    ]
    return Problem.checked(needs, [Channel("budget", election.budget_fen)])
