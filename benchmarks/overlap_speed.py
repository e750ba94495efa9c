"""Overlaps among generated village works, beside DuckDB and Splink on the same columns in one run.

    python benchmarks/overlap_speed.py [--sizes 100000 1000000] [--runs 3] [--per-village 8.5]

What is measured, for us as for the peers, is the comparison from prepared columns that lie in the
order in which the works came (ours: dealt out by village into 64 files): sorting, comparing, exact
scores. Preparing the texts is printed beside it. `--sizes 5000000` takes up to an hour and 10 GB of
disk. One core-second of DuckDB counts pairs in its own code, so ours is a ratio to a hard limit.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from village_works.generator import Share, county_share, generate, share_out
from village_works.measuring import Answer

from laoqu_engines.overlap import Work, find_overlaps
from laoqu_engines.values.gazetteer import county

HERE = Path(__file__).resolve().parent
COUNTY, COUNTY_WORKS = "140881", 10_000
MEGABYTES = 2048
MILLION = 1_000_000


def written(share: Share) -> tuple[list[str], list[tuple[str, str]]]:
    rows, truth = generate(share)
    return [json.dumps(row, ensure_ascii=False) for row in rows], truth


def make(folder: Path, works: int, per_village: float) -> None:
    """``rows.jsonl`` in random order, and ``truth.tsv`` with the true pairs as row numbers."""
    lines: list[str] = []
    truth: list[tuple[str, str]] = []
    with ProcessPoolExecutor(2) as pool:
        for rows, pairs in pool.map(written, share_out(works, per_village)):
            lines += rows
            truth += pairs
    random.Random(works).shuffle(lines)
    (folder / "rows.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    at = {json.loads(line)["id"]: row for row, line in enumerate(lines)}
    (folder / "truth.tsv").write_text(
        "".join(f"{at[first]}\t{at[second]}\n" for first, second in truth), "utf-8"
    )


def run(script: str, step: str, folder: Path, runs: int) -> Answer:
    """One step in a process of its own."""
    command = [sys.executable, str(HERE / "village_works" / script), step, str(folder), str(runs)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{script} {step}:\n{done.stderr}")
    answer: Answer = json.loads(done.stdout.splitlines()[-1])
    return answer


def line(label: str, answer: Answer) -> float:
    """Prints one measure and returns its median."""
    seconds = median(answer["seconds"])
    runs = " ".join(f"{each:.2f}" for each in answer["seconds"][:5])
    print(
        f"  {label:<34} {seconds:8.2f} s  ({runs})  {answer['megabytes']:6.0f} MB"
        f"  {answer['pairs']:>11,} pairs",
        flush=True,
    )
    return seconds


def against(label: str, ratio: float, aim: float) -> bool:
    """Prints a ratio with its aim; whether it is missed."""
    missed = ratio > aim
    print(
        f"  {label:<60} {ratio:6.3f}, aim at most {aim}{'  MISSED' if missed else ''}", flush=True
    )
    return missed


def many(works: int, per_village: float, runs: int) -> tuple[bool, float]:
    """All pairs of so many works, with the peers; whether an aim is missed, and our seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begin = perf_counter()
        make(folder, works, per_village)
        print(f"{works:,} works, generated in {perf_counter() - begin:.0f} s")
        line("ours: preparing all texts", run("ours.py", "prepare", folder, 1))
        truth = run("ours.py", "export", folder, 1)["pairs"]
        found = run("ours.py", "search", folder, runs)
        ours = line("ours: all pairs, exact scores", found)
        bare = line("DuckDB: only counting the pairs", run("peers.py", "count", folder, runs))
        line("DuckDB: the same, sorted beforehand", run("peers.py", "count-sorted", folder, runs))
        splink = line("Splink 5: predict, trained", run("peers.py", "splink", folder, runs))
        print(f"  {truth:,} works were written twice by the generator")
        missed = against(
            "ours / bare DuckDB self-join", ours / bare, 2.0 if works > MILLION else 3.0
        )
        missed |= against("ours / Splink 5", ours / splink, 0.6)
        missed |= against("our peak memory in MB", found["megabytes"], MEGABYTES)
        if works == MILLION:
            one = median(run("ours.py", "typed", folder, runs)["seconds"])
            other = median(run("peers.py", "splink-one", folder, 10)["seconds"])
            print(f"  one typed record: ours {one * 1000:.2f} ms, Splink {other * 1000:.0f} ms")
            missed |= against("one typed record, ours / Splink", one / other, 0.01)
    return missed, ours


def whole_county(runs: int) -> bool:
    """All pairs of a county from texts to sentences, in memory."""
    rows, _ = generate(county_share(county(COUNTY), COUNTY_WORKS))
    works = [Work.from_json(row) for row in rows]
    seconds = []
    for _ in range(runs):
        begin = perf_counter()
        pairs = len(find_overlaps(works, "medium").pairs)
        seconds.append(perf_counter() - begin)
    print(f"a county of {len(works):,} works, preparing and sentences included: {pairs:,} pairs")
    return against("seconds", median(seconds), 2.0)


def main() -> int:
    """1 when an aim is missed."""
    parser = argparse.ArgumentParser(description="Overlaps beside DuckDB and Splink.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--per-village", type=float, default=8.5)
    arguments = parser.parse_args()
    missed = whole_county(arguments.runs)
    before: tuple[int, float] | None = None
    for works in sorted(arguments.sizes):
        failed, seconds = many(works, arguments.per_village, arguments.runs)
        missed |= failed
        if before:
            print(
                f"{works / before[0]:g} times the works: {seconds / before[1]:.1f} times the time"
            )
        before = works, seconds
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
