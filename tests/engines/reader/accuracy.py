"""Prints the figures of docs/engines/reader.md: ``python -m tests.engines.reader.accuracy``.

Complete F1 over all samples and by kind, by pattern family on generated sentences, and on the
development texts where they are.
"""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

from laoqu_engines.reader import KINDS, read

from .grammar import generated
from .scoring import Expected, Sample, complete, f1, samples, tally
from .test_grammar import EVERY

SHARED = Path(__file__).resolve().parents[4] / "shared" / "reader-dev"


def development() -> list[Sample]:
    """The development texts with their annotations, in the form of the samples."""
    found = []
    for path in sorted((SHARED / "texts").glob("*.txt")):
        gold = json.loads((SHARED / "gold" / f"{path.stem}.json").read_text("utf-8"))
        facts = tuple(
            Expected(
                fact["kind"],
                None if fact["amount_yuan"] is None else Decimal(str(fact["amount_yuan"])),
                fact["actor"],
                tuple(fact["places"]),
                None if fact["count"] is None else Decimal(str(fact["count"])),
                fact["text"],
            )
            for fact in gold
        )
        found.append(Sample(path.stem, path.read_text("utf-8"), facts))
    return found


def by_kind(given: list[Sample]) -> str:
    """Complete F1 of each kind that occurs."""
    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for sample in given:
        facts = list(read(sample.text).facts)
        found.update(fact.kind for fact in facts)
        for expected in sample.facts:
            hit = next((f for f in facts if complete(f, expected, sample.text)), None)
            kind = hit.kind if hit else expected.kind.split("/")[0]
            wanted[kind] += 1
            if hit:
                facts.remove(hit)
                right[kind] += 1
    told = [kind for kind in KINDS if wanted[kind]]
    return ", ".join(
        f"{kind} {f1(right[kind], found[kind], wanted[kind]):.2f} ({wanted[kind]})" for kind in told
    )


def main() -> None:
    for name, given in (("samples", list(samples())), ("development texts", development())):
        if given:
            right, found, wanted = tally(given)
            print(f"{name}: {len(given)} texts, {wanted} facts, {f1(right, found, wanted):.3f}")
            print(f"  {by_kind(given)}")
    for name, family in EVERY.items():
        print(f"  {name}: {f1(*tally(generated(name, family, 200, seed=1))):.3f}")


if __name__ == "__main__":
    main()
