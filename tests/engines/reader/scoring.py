"""Complete F1 of the reader against annotated facts, for the project's own samples.

A fact is complete when kind, amount, actor, places and count are all right; a text fragment
stands for the passage it must be read from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from laoqu_engines.reader import Fact, read

SAMPLES = Path(__file__).parent / "samples"


@dataclass(frozen=True)
class Expected:
    """One line of a sample: what must be read from the passage holding ``words``.

    ``kind`` may name further kinds that are right as well (“visit/donation”).
    """

    kind: str
    yuan: Decimal | None
    actor: str | None
    places: tuple[str, ...]
    count: Decimal | None
    words: str


@dataclass(frozen=True)
class Sample:
    """An invented text with its facts."""

    title: str
    text: str
    facts: tuple[Expected, ...]


def samples() -> Iterator[Sample]:
    """All samples of the folder, file by file."""
    for path in sorted(SAMPLES.glob("*.txt")):
        for entry in re.split(r"^== ", path.read_text("utf-8"), flags=re.M)[1:]:
            title, body = entry.split("\n", 1)
            text, facts = body.split("----\n", 1)
            lines = facts.strip().splitlines()
            yield Sample(title, text.strip(), tuple(_expected(line) for line in lines))


def _expected(line: str) -> Expected:
    cells = [None if cell.strip() == "-" else cell.strip() for cell in line.split("|")]
    kind, yuan, actor, places, count, words = cells
    return Expected(
        kind or "",
        Decimal(yuan) if yuan else None,
        actor,
        tuple(places.split("、")) if places else (),
        Decimal(count) if count else None,
        words or "",
    )


def complete(fact: Fact, expected: Expected, text: str) -> bool:
    """Whether every field that is expected is right."""
    at = text.find(expected.words)
    yuan = None if fact.amount is None else Decimal(fact.amount) / 100
    return (
        fact.kind in expected.kind.split("/")
        and fact.span[0] < at + len(expected.words)
        and at < fact.span[1]
        and yuan == expected.yuan
        and (expected.count is None or fact.count == expected.count)
        and (expected.actor is None or _same(fact.actor, expected.actor))
        and _same_places([place.text for place in fact.places], expected.places)
    )


def _same(found: str | None, wanted: str) -> bool:
    return bool(found) and (str(found) in wanted or wanted in str(found))


def _same_places(found: list[str], wanted: tuple[str, ...]) -> bool:
    return len(found) == len(wanted) and all(
        a.endswith(b) or b.endswith(a) for a, b in zip(sorted(found), sorted(wanted), strict=True)
    )


def tally(given: list[Sample]) -> tuple[int, int, int]:
    """Complete facts, facts read, facts expected."""
    right = read_ = wanted = 0
    for sample in given:
        facts = list(read(sample.text).facts)
        read_ += len(facts)
        wanted += len(sample.facts)
        for expected in sample.facts:
            hit = next((f for f in facts if complete(f, expected, sample.text)), None)
            if hit:
                facts.remove(hit)
                right += 1
    return right, read_, wanted


def f1(right: int, found: int, wanted: int) -> float:
    """Twice what is right over what is there on both sides."""
    return 2 * right / (found + wanted) if found + wanted else 1.0
