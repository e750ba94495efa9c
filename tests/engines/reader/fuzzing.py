"""Mutated texts for the reader: what a scanner, a pasted web page or a careless hand makes of them.

``python -m tests.engines.reader.fuzzing --minutes 60`` tries texts until the time is over and
prints every text that breaks a promise of ``read``, with its seed.
"""

import argparse
import resource
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from laoqu_engines.reader import Reading, read

from .scoring import samples

SHARED = Path(__file__).resolve().parents[4] / "shared" / "reader-dev" / "texts"
SIMPLIFIED = (
    "万亿元镇乡县区会为于与对个户给学员单资组织办实队协调开设总报训评奖誉党经费赠献领导问题农业产发"
)
TRADITIONAL = (
    "萬億元鎮鄉縣區會為於與對個戶給學員單資組織辦實隊協調開設總報訓評獎譽黨經費贈獻領導問題農業產發"
)
MARKS = "\u200f\u202e\u200b\ufeff\u00ad\u2066\u0007"
ODD = "，。；：、（）《》“”〔〕\t\n\r\u3000 0123456789.,％%"
ODD += "万亿元余多近村镇县各等其中由\U0001f600\ud800é"
SLOWEST = 0.004  # seconds a character, on a slow shared machine
Mutation = Callable[[str, Random], str]


def seeds() -> list[str]:
    """The project's own samples, and the development texts where they are."""
    found = [sample.text for sample in samples()]
    return found + [path.read_text("utf-8") for path in sorted(SHARED.glob("*.txt"))]


def traditional(text: str, random: Random) -> str:
    return text.translate(str.maketrans(SIMPLIFIED, TRADITIONAL))


def broken_lines(text: str, random: Random) -> str:
    """A scanner's lines of a fixed width, sometimes with a hyphen or an indent."""
    width, glue = random.randint(2, 40), random.choice(["\n", "\r\n", "\n　　", " \n", "-\n"])
    return glue.join(text[at : at + width] for at in range(0, len(text), width))


def marked(text: str, random: Random) -> str:
    """Direction marks, soft hyphens and the like between characters."""
    return _strewn(text, random, MARKS)


def strewn(text: str, random: Random) -> str:
    return _strewn(text, random, ODD)


def _strewn(text: str, random: Random, among: str) -> str:
    chars = list(text)
    for _ in range(random.randint(1, 20)):
        chars.insert(random.randint(0, len(chars)), random.choice(among))
    return "".join(chars)


def wide(text: str, random: Random) -> str:
    """Full-width digits and points."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() else c for c in text)


def flattened(text: str, random: Random) -> str:
    """A table torn into cells a line."""
    return text.replace("，", "\n").replace("。", "\t\n")


def one_line(text: str, random: Random) -> str:
    return text.translate(str.maketrans("", "", "。，；、\n"))


def cut(text: str, random: Random) -> str:
    start = random.randint(0, len(text))
    return text[start : start + random.randint(0, 400)]


def spliced(text: str, random: Random) -> str:
    """Pieces of the text in another order, some many times."""
    places = sorted(random.randint(0, len(text)) for _ in range(6))
    pieces = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
    return "".join(random.choice(pieces) for _ in range(random.randint(1, 12)))


def repeated(text: str, random: Random) -> str:
    return random.choice([text[:300], text[-80:], text[:7]]) * random.randint(2, 60)


def dropped(text: str, random: Random) -> str:
    return "".join(c for c in text if random.random() > 0.04)


MUTATIONS: tuple[Mutation, ...] = (
    traditional,
    broken_lines,
    marked,
    strewn,
    wide,
    flattened,
    one_line,
    cut,
    spliced,
    repeated,
    dropped,
)


def mutated(seed: int, texts: Sequence[str]) -> str:
    """A text changed in one to four ways; always the same for the same seed."""
    random = Random(seed)
    text = random.choice(texts)
    for change in random.choices(MUTATIONS, k=random.randint(1, 4)):
        text = change(text, random)[:60_000]
    return text


def promises(text: str, reading: Reading) -> list[str]:
    """What a reading breaks of: spans point at the very characters, sums and names stand there."""
    broken = []
    for fact in reading.facts:
        if text[slice(*fact.span)] != fact.text or not fact.text:
            broken.append(f"{fact.id}: the passage is not at its span")
        if fact.amount_span and text[slice(*fact.amount_span)] != fact.amount_as_written:
            broken.append(f"{fact.id}: the sum is not at its span")
        if any(text[slice(*place.span)] != place.text for place in fact.places):
            broken.append(f"{fact.id}: a place is not at its span")
        if fact.amount is not None and fact.amount < 0:
            broken.append(f"{fact.id}: a negative sum")
        if fact.part_of is not None and fact.part_of not in {f.id for f in reading.facts}:
            broken.append(f"{fact.id}: part of a fact that is not there")
    broken += [
        f"{note.why}: not at its span"
        for note in reading.unused
        if text[slice(*note.span)] != note.text
    ]
    return broken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    texts, seed = seeds(), given.first
    end = time.monotonic() + given.minutes * 60
    bad = characters = 0
    slowest = (0.0, 0)
    while time.monotonic() < end:
        text = mutated(seed, texts)
        begin = time.process_time()
        try:
            broken = promises(text, read(text))
        except Exception:
            broken = [traceback.format_exc(limit=-3)]
        spent = time.process_time() - begin
        if len(text) > 200:
            slowest = max(slowest, (spent / len(text), seed))
        if spent > 0.2 + SLOWEST * len(text):
            broken.append(f"{spent:.1f} s for {len(text)} characters")
        if broken:
            bad += 1
            print(f"seed {seed}: {broken[:3]}", flush=True)
        characters += len(text)
        seed += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{seed - given.first} texts, {characters} characters, {bad} broken; peak {peak} MiB")
    print(f"slowest: {slowest[0] * 1000:.2f} ms a character (seed {slowest[1]})")


if __name__ == "__main__":
    main()
