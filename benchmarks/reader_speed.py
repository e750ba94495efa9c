"""Reader beside jieba's plain word cutting, on the same texts in one run: prints the ratio.

Aim: at most 5 times jieba's time. Texts: the development texts where the shared folder is there,
otherwise the project's own samples.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from laoqu_engines.reader import read

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
ODD = ("1234567890", "在会议上召开", "（“《", "市财政局投资3万元，为张村修路；")
"""Repeated, they make texts on which a careless pattern takes more than its share."""


def texts() -> list[str]:
    """The texts to read, without their annotations."""
    shared = sorted((ROOT.parent / "shared" / "reader-dev" / "texts").glob("*.txt"))
    if shared:
        return [path.read_text("utf-8") for path in shared]
    samples = (ROOT / "tests" / "engines" / "reader" / "samples").glob("*.txt")
    parts = [re.split(r"^== .*$", path.read_text("utf-8"), flags=re.M)[1:] for path in samples]
    return [entry.split("----")[0] for entries in parts for entry in entries]


def seconds(work: Callable[[str], object], given: list[str]) -> float:
    """The best of several rounds over all texts."""
    best = float("inf")
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for text in given:
            work(text)
        best = min(best, time.perf_counter() - begin)
    return best


def main() -> None:
    given = texts()
    size = sum(map(len, given))
    jieba.setLogLevel(60)
    jieba.lcut("预热")
    read("预热")
    ours, theirs = seconds(read, given), seconds(jieba.lcut, given)
    print(f"{len(given)} texts, {size} characters")
    print(f"reader {size / ours:,.0f} characters/s, jieba {size / theirs:,.0f} characters/s")
    print(f"ratio {ours / theirs:.2f} (aim: at most 5)")
    long = "\n".join(given)
    one, ten = seconds(read, [long]), seconds(read, [long * 10])
    print(f"10 times the text takes {ten / one:.1f} times the time (aim: at most 11)")
    for unit in ODD:
        one, ten = (seconds(read, [unit * (size // len(unit))]) for size in (6_000, 60_000))
        print(f"10 times “{unit}” over and over takes {ten / one:.1f} times the time")


if __name__ == "__main__":
    main()
