"""Equal shares and greatest welfare beside pabutools on real elections, in one run.

    python benchmarks/pabulib_rules.py [FILE.pb …]

pabutools (GPL) is a peer here and nothing else. For every election and measure of satisfaction it
prints whether equal shares chooses the same projects (ties by project number, compared as text, on
both sides), whether the welfare is the exact optimum, and both times. The clock runs from the
problem in memory to the plan with its reasons; for pabutools from instance and profile to the
outcome. Aim: same outcome, same welfare, at most 0.02 times the time of equal shares, with exact
arithmetic on both sides (pabutools: fractions by gmpy2).
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from pabulib.elections import APPROVAL, ORDINAL, Election, FileError, read_election
from pabulib.problems import Worth, cost_worth, one_worth, points_worth, problem_of
from pabutools.election import (
    Additive_Borda_Sat,
    Additive_Cardinal_Sat,
    Cardinality_Sat,
    Cost_Sat,
    parse_pabulib,
)
from pabutools.rules import max_additive_utilitarian_welfare, method_of_equal_shares
from pabutools.tiebreaking import lexico_tie_breaking

from laoqu_engines.allocation import Problem
from laoqu_engines.allocation.equal_shares import share_out
from laoqu_engines.allocation.solve import solve

AIM = 0.02
RUNS, PEER_RUNS = 5, 2
FILES = Path(__file__).resolve().parents[2] / "shared" / "pabulib"


def measures(election: Election) -> dict[str, tuple[type, Worth]]:
    """Which satisfactions an election is counted with, by both sides."""
    if election.vote_type in APPROVAL:
        return {"造价": (Cost_Sat, cost_worth), "项数": (Cardinality_Sat, one_worth)}
    if election.vote_type in ORDINAL:
        return {"名次": (Additive_Borda_Sat, points_worth)}
    return {"分数": (Additive_Cardinal_Sat, points_worth), "造价": (Cost_Sat, cost_worth)}


def timed(work: Callable[[], Any], runs: int) -> tuple[Any, float]:
    """The result, and the median seconds of several runs."""
    seconds = []
    for _ in range(runs):
        gc.collect()
        start = perf_counter()
        result = work()
        seconds.append(perf_counter() - start)
    return result, median(seconds)


def compare(path: Path) -> bool:
    """Print the lines of one election; whether both outcomes are equal and the aim is reached."""
    election = read_election(path)
    instance, profile = parse_pabulib(str(path))
    sizes = f"{len(election.costs)} 个项目，{len(election.ballots)} 张选票"
    print(f"{election.name}（{election.vote_type}，{sizes}）")
    good = True
    for name, (satisfaction, worth) in measures(election).items():
        problem = problem_of(election, worth)
        good &= _shares(name, problem, lambda s=satisfaction: method_of_equal_shares(
            instance, profile, sat_class=s, tie_breaking=lexico_tie_breaking
        ))  # fmt: skip
        good &= _welfare(name, problem, lambda s=satisfaction: max_additive_utilitarian_welfare(
            instance, profile, sat_class=s
        ))  # fmt: skip
    return good


def _shares(name: str, problem: Problem, peer: Callable[[], Any]) -> bool:
    ours, seconds = timed(lambda: share_out(problem, rest=False), RUNS)
    theirs, peer_seconds = timed(peer, PEER_RUNS)
    same = set(ours.amounts) == {project.name for project in theirs}
    ratio = seconds / peer_seconds
    print(
        f"  等额份额·{name}：选中 {len(ours.amounts)} 项，{'相同' if same else '不同'}；"
        f"{seconds:.4f} s，pabutools {peer_seconds:.2f} s，{ratio:.4f} 倍"
    )
    return same and ratio <= AIM


def _welfare(name: str, problem: Problem, peer: Callable[[], Any]) -> bool:
    ours, seconds = timed(lambda: solve(problem, "most_benefit", 0.0, "none"), 1)
    theirs, peer_seconds = timed(peer, 1)
    benefits = {need.id: need.benefit for need in problem.needs}
    best = sum((benefits[project.name] for project in theirs), Fraction(0))
    same = ours.benefit == best and ours.gap == 0
    print(
        f"  总效益·{name}：{'相同' if same else f'不同（{float(ours.benefit)}，{float(best)}）'}；"
        f"{seconds:.3f} s，pabutools {peer_seconds:.2f} s"
    )
    return same


def main(paths: Sequence[str]) -> int:
    """Compare every election; 1 when an outcome differs or the aim is missed."""
    files = [Path(path) for path in paths] or sorted(FILES.glob("*.pb"))
    if not files:
        print(f"没有找到Pabulib文件，请把文件名写在命令后面，或放在 {FILES}。")
        return 0
    good = True
    for path in files:
        try:
            good &= compare(path)
        except FileError as error:
            print(error)
            good = False
    print(f"目标：结果相同，等额份额用时不超过 {AIM} 倍：{'达到' if good else '没有达到'}")
    return int(not good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
