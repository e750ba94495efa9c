"""The plan of most benefit beside plain HiGHS, OR-Tools CP-SAT and SCIP, in one run.

    python benchmarks/allocation_speed.py                         # 300 × 12, 1,000 and 10,000 × 100
    python benchmarks/allocation_speed.py --size 100000 --limit 120

Every solver runs alone in a process that is ended at the limit; what does not finish counts as the
limit. Ours counts everything from the problem to the checked plan with its reasons, the peers only
their search. Aims, at a proven gap of 0.01 %: at most 1.0 times the fastest peer at 1,000 needs,
0.2 times from 10,000 up, and less memory than each; the meeting of 31 villages, 12 channels and
300 needs proven within 2 seconds.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from allocation.peers import SOLVERS, write_plain
from allocation.problems import generated

from laoqu_engines.allocation import Problem, solve

HERE = Path(__file__).resolve().parent
SIZES = ((1_000, 1.0), (10_000, 0.2), (100_000, 0.2))
READING = 300


@dataclass(frozen=True)
class Run:
    """How one solver did; `done` is False where it was ended at the limit."""

    seconds: float
    peak: float
    done: bool
    value: float = 0.0
    bound: float = 0.0


def main() -> int:
    """Print the ratios; 1 if an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, action="append", help="number of needs")
    parser.add_argument("--limit", type=float, default=30.0, help="seconds for each peer")
    arguments = parser.parse_args()
    wanted = arguments.size or [1_000, 10_000]
    with tempfile.TemporaryDirectory(prefix="laoqu-bench-") as folder:
        good = meeting()
        for needs, aim in SIZES:
            if needs in wanted:
                good &= compare(needs, aim, arguments.limit, Path(folder))
    return 0 if good else 1


def meeting() -> bool:
    """The size of a meeting, here alone: proven, without and with exact reasons."""
    problem = Problem.from_json(generated(300, 12, villages=31))
    solve(problem, reasons="none")
    begun = perf_counter()
    plan = solve(problem, reasons="none")
    proven = perf_counter() - begun
    solve(problem)
    explained = perf_counter() - begun - proven
    left_out = sum(1 for outcome in plan.needs if not outcome.paid_fen)
    print(
        f"31 villages × 12 channels × 300 needs: {plan.status}, gap {plan.gap}, {proven:.2f} s "
        f"(aim 2); with exact reasons for {left_out} needs left out {explained:.1f} s"
    )
    return plan.gap == 0 and proven <= 2


def compare(needs: int, aim: float, limit: float, folder: Path) -> bool:
    """All solvers on one problem."""
    data = generated(needs, 100)
    problem, model = folder / f"{needs}.json", folder / f"{needs}.mps"
    problem.write_text(json.dumps(data), "utf-8")
    write_plain(data, model)
    print(f"\n{needs:,} needs × 100 channels")
    runs = {name: run(name, problem, model, limit) for name in SOLVERS}
    for name, found in runs.items():
        gap = (found.bound - found.value) / found.bound if found.bound else float("nan")
        state = f"gap {gap:.1e}" if found.done else "not finished"
        print(f"  {name:8} {found.seconds:8.2f} s {found.peak:8.0f} MB   {state}")
    mine = runs.pop("laoqu")
    ratio = mine.seconds / min(found.seconds for found in runs.values())
    memory = mine.peak / min(found.peak for found in runs.values())
    print(f"  ratio to the fastest peer {ratio:.2f} (aim {aim}), memory {memory:.2f} (aim below 1)")
    return mine.done and ratio <= aim and memory < 1


def run(name: str, problem: Path, model: Path, limit: float) -> Run:
    """One solver in its own process, ended when its time is over."""
    command = [sys.executable, str(HERE / "allocation" / "peers.py"), name, str(problem)]
    child = subprocess.Popen(
        [*command, str(model), str(limit)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    watch = threading.Timer(READING, child.kill)
    watch.start()
    for line in child.stdout:
        if line.strip() == "started":
            break
    watch.cancel()
    peak = [0.0]
    last = threading.Timer(limit * 1.1 + 2, _end, (child, peak))
    last.start()
    rest = child.stdout.read()
    child.wait()
    last.cancel()
    found = [line for line in rest.splitlines() if line.startswith("{")]
    if not found:
        return Run(limit, peak[0] or float("inf"), done=False)
    told = json.loads(found[-1])
    done = told["seconds"] < limit
    return Run(min(told["seconds"], limit), told["peak"], done, told["value"], told["bound"])


def _end(child: "subprocess.Popen[str]", peak: list[float]) -> None:
    """End a solver that ignores its limit, after noting its peak memory."""
    status = Path(f"/proc/{child.pid}/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        peak[0] = int(lines["VmHWM"].split()[0]) / 1024
    child.kill()


if __name__ == "__main__":
    sys.exit(main())
