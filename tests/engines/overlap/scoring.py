"""The project's own labelled pairs, and how a judge does on them."""

from collections.abc import Iterator
from pathlib import Path

from laoqu_engines.overlap import Pair, Work, compare

SAMPLES = Path(__file__).parent / "samples"
POSITIVE = {"duplicate", "part_of", "cannot_tell"}
SHOWN = {"high", "medium"}

Judged = tuple[str, Pair]
"""The label and what the engine says."""


def labelled(path: Path) -> Iterator[tuple[str, Work, Work]]:
    """Label and both works of every pair; the format stands at the head of the file."""
    label = code = county = ""
    works: list[Work] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        if line.startswith("="):
            _, label, code, county = line.split()
            works = []
        elif line and not line.startswith("#"):
            works.append(_work(f"{path.stem}{number}", code, county, line))
            if len(works) == 2:
                yield label, works[0], works[1]


def judged(path: Path) -> list[Judged]:
    return [(label, compare(a, b)) for label, a, b in labelled(path)]


def measures(pairs: list[Judged]) -> dict[str, float]:
    """Precision, recall and F1 of showing, average precision, share of right relations shown."""
    right = sum(label in POSITIVE for label, pair in pairs if pair.level in SHOWN)
    shown = [(label, pair) for label, pair in pairs if pair.level in SHOWN]
    wanted = sum(label in POSITIVE for label, _ in pairs)
    precision, recall = right / len(shown), right / wanted
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
        "average_precision": _average_precision(pairs, wanted),
        "relation": sum(label == pair.relation for label, pair in shown) / len(shown),
    }


def _average_precision(pairs: list[Judged], wanted: int) -> float:
    """Equal scores enter together."""
    scores = sorted({pair.score for _, pair in pairs}, reverse=True)
    total = before = 0.0
    for score in scores:
        taken = [label in POSITIVE for label, pair in pairs if pair.score >= score]
        recall = sum(taken) / wanted
        total += (recall - before) * sum(taken) / len(taken)
        before = recall
    return total


def _work(identity: str, code: str, county: str, line: str) -> Work:
    cells = [*line.split("|"), *[""] * 11]
    township, village, hamlet, name, content, department, fund, year, status = cells[:9]
    return Work(
        id=identity,
        county_code=code,
        county=county,
        township=township,
        village=village,
        natural_village=hamlet,
        name=name,
        content=content,
        department=department,
        fund=fund,
        year=int(year) if year else None,
        status=status,
        amount_fen=_fen(cells[9]),
        joint_amount_fen=_fen(cells[10]),
    )


def _fen(wan: str) -> int | None:
    return round(float(wan) * 1_000_000) if wan else None
