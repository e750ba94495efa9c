"""Reading Pabulib's `.pb` files: https://pabulib.org/format describes them.

A file has the sections META, PROJECTS and VOTES, each with a line of headings, in columns parted by
semicolons. Money is read to two decimals, as fen.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

APPROVAL, POINTS, ORDINAL = {"approval", "choose-1"}, {"cumulative", "scoring"}, {"ordinal"}
ONE = Fraction(1)


class FileError(ValueError):
    """A file that is no election, in one sentence."""


@dataclass(frozen=True)
class Election:
    """Costs in fen by project; for every voter what each project on the ballot is worth.

    Approval: 1. Cumulative and scoring: the points. Ordinal: Borda's count within the ballot, the
    number of projects ranked below.
    """

    name: str
    vote_type: str
    budget_fen: int
    costs: dict[str, int]
    ballots: list[dict[str, Fraction]]


def read_election(path: Path) -> Election:
    """The election of a file. Raises `FileError`."""
    sections = _sections(path)
    meta = {row[0].strip(): row[1].strip() for row in sections["META"][1:] if len(row) > 1}
    vote_type = meta.get("vote_type", "").lower()
    if vote_type not in APPROVAL | POINTS | ORDINAL:
        raise FileError(f"{path.name}：不认识的投票方式“{vote_type}”。")
    projects = _rows(sections["PROJECTS"])
    costs = {row["project_id"]: _fen(row["cost"], path) for row in projects}
    worths: dict[str, Fraction] = {}
    ballots = [_ballot(row, vote_type, worths) for row in _rows(sections["VOTES"])]
    unknown = {project for ballot in ballots for project in ballot} - costs.keys()
    if unknown:
        raise FileError(f"{path.name}：选票里有清单上没有的项目“{min(unknown)}”。")
    return Election(path.stem, vote_type, _fen(meta.get("budget", ""), path), costs, ballots)


def _sections(path: Path) -> dict[str, list[Sequence[str]]]:
    found: dict[str, list[Sequence[str]]] = {"META": [], "PROJECTS": [], "VOTES": []}
    current = None
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file, delimiter=";"):
            if len(row) == 1 and row[0].strip().upper() in found:
                current = found[row[0].strip().upper()]
            elif row and current is not None:
                current.append(row)
    if missing := [name for name, rows in found.items() if not rows]:
        raise FileError(f"{path.name}：没有“{missing[0]}”一节，不是Pabulib文件。")
    return found


def _rows(section: Sequence[Sequence[str]]) -> Iterator[dict[str, str]]:
    headings = [heading.strip() for heading in section[0]]
    for row in section[1:]:
        yield dict(zip(headings, (cell.strip() for cell in row), strict=False))


def _fen(text: str, path: Path) -> int:
    try:
        fen = Decimal(text.replace(",", ".")) * 100
    except InvalidOperation as error:
        raise FileError(f"{path.name}：金额“{text}”不是数。") from error
    return int(fen)


def _ballot(
    row: dict[str, str], vote_type: str, worths: dict[str, Fraction]
) -> dict[str, Fraction]:
    projects = [project.strip() for project in row["vote"].split(",") if project.strip()]
    points: Iterable[str] = ("1" for _ in projects)
    if vote_type in POINTS:
        points = row["points"].split(",")
    elif vote_type in ORDINAL:
        points = (str(len(projects) - place - 1) for place in range(len(projects)))
    points = list(points)
    if len(points) != len(projects):
        raise FileError(f"选票“{row['vote']}”上项目的个数与分数的个数不同。")
    return {
        project: _worth(text.strip(), worths)
        for project, text in zip(projects, points, strict=True)
    }


def _worth(text: str, worths: dict[str, Fraction]) -> Fraction:
    """The number, one object for all ballots that have it."""
    if text not in worths:
        try:
            worths[text] = Fraction(text)
        except ValueError as error:
            raise FileError(f"分数“{text}”不是数。") from error
    return worths[text]
