"""Overlaps among generated village works, beside DuckDB and Splink on the same columns in one run.

    python benchmarks/overlap_speed.py [--sizes 20000 100000] [--runs 3] [--per-village 8.5]

What is measured, for us as for the peers, is the comparison from prepared columns that lie in the
order in which the works came (ours: dealt out by village into 16 files): sorting, comparing, exact
scores, from level medium on. Not measured: preparing the texts, which is printed beside it, and the
sentences, which are made for the pairs that somebody looks at. Peak memory is that of the process
plus twice its largest child. The aims hold from a million works on: `--sizes 1000000` takes ten
minutes, `--sizes 5000000` an hour and 10 GB of disk.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from village_works.generator import county_share, generate
from village_works.measuring import Answer

from laoqu_engines.overlap import Work, find_overlaps
from laoqu_engines.values.gazetteer import county

HERE = Path(__file__).resolve().parent
COUNTY, COUNTY_WORKS = "140881", 10_000
MEGABYTES = 2048
MILLION = 1_000_000


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
        run("ours.py", f"make:{works}:{per_village}", folder, 1)
        print(f"{works:,} works, generated in {perf_counter() - begin:.0f} s")
        line("ours: preparing all texts", run("ours.py", "prepare", folder, 1))
        truth = run("ours.py", "export", folder, 1)["pairs"]
        found = run("ours.py", "search", folder, runs)
        ours = line("ours: all pairs, exact scores", found)
        bare = line("DuckDB: only counting the pairs", run("peers.py", "count", folder, runs))
        line("DuckDB: the same, sorted beforehand", run("peers.py", "count-sorted", folder, runs))
        splink = line("Splink 5: predict, trained", run("peers.py", "splink", folder, runs))
        print(f"  {truth:,} works were written twice by the generator")
        missed = False
        if works < MILLION:
            print(f"  ours / bare self-join {ours / bare:.1f}, ours / Splink {ours / splink:.2f}")
        else:
            most = 2.0 if works > MILLION else 3.0
            missed |= against("ours / bare DuckDB self-join", ours / bare, most)
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
    seconds, busy = [], []
    for _ in range(runs):
        begin = perf_counter(), process_time()
        pairs = len(find_overlaps(works, "medium").pairs)
        seconds.append(perf_counter() - begin[0])
        busy.append(process_time() - begin[1])
    print(f"a county of {len(works):,} works, preparing and sentences included: {pairs:,} pairs")
    print(f"  {median(busy):.2f} s of one core")
    return against("seconds by the clock", median(seconds), 2.0)


def main() -> int:
    """1 when an aim is missed."""
    parser = argparse.ArgumentParser(description="Overlaps beside DuckDB and Splink.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 100_000])
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
