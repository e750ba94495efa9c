"""Finding the place names of a text, beside one compiled expression of the same names, in one run.

    python benchmarks/places_speed.py

Also prints the size of the national list, the time and memory for one county and for the nation.
Aim: at most 3 times the expression, which only matches and neither looks at what stands around a
name nor joins township and village; one county at most 150 MB, the nation at most 1 GB.
"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from laoqu_engines.values.mentions import find_places
from laoqu_engines.values.places import Level, Resolver

SOURCE = sys.path[0]
AIM = 3.0
COUNTY_MB, NATION_MB = 150, 1024
RUNS = 5
MEASURE = """
import sys, time
sys.path.insert(0, {source!r})
start = time.perf_counter()
from laoqu_engines.values import gazetteer
from laoqu_engines.values.places import Resolver
kept = {load}
spent = time.perf_counter() - start
if sys.platform == "win32":
    print(spent, 0)
else:
    import resource
    print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
LOADS = {
    "读一个县": ('gazetteer.county("140881")', COUNTY_MB),
    "一个县的地名识别": ('Resolver.for_county("140881")', COUNTY_MB),
    "读全国": ("list(gazetteer.every_county())", NATION_MB),
}


def measure(load: str) -> tuple[float, float]:
    """Seconds and peak megabytes of a fresh process that imports and loads."""
    script = MEASURE.format(source=SOURCE, load=load)
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    seconds, megabytes = answer.stdout.split()
    return float(seconds), float(megabytes)


def report(resolver: Resolver) -> str:
    """A long text of the county: lists of villages among ordinary sentences."""
    villages = [p for p in resolver.places.values() if p.level is Level.VILLAGE]
    names = "、".join(place.name for place in villages)
    plain = "围绕市委市政府的战略，坚持牵线搭桥，汇聚力量，动员协调各职能部门投资办事。"
    return (plain * 40 + f"为{names}等老区村铺设柏油路。") * 60


def time_of(work: object) -> float:
    assert callable(work)
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


def main() -> int:
    """Print a line for each measure; 1 when an aim is missed."""
    size = len(files("laoqu_engines.values").joinpath("data/places.zip").read_bytes())
    print(f"全国地名库 {size / 1e6:.2f} MB")
    missed = False
    for label, (load, limit) in LOADS.items():
        seconds, megabytes = measure(load)
        missed |= megabytes > limit
        print(f"{label}: {seconds:.2f} s（含导入），内存峰值 {megabytes:.0f} MB，上限 {limit} MB")
    resolver = Resolver.for_county("140881")
    text = report(resolver)
    names = sorted([*resolver.exact, *resolver.stems], key=len, reverse=True)
    peer = re.compile("|".join(map(re.escape, names)))
    mine = time_of(lambda: find_places(text, resolver))
    theirs = time_of(lambda: [match.span() for match in peer.finditer(text)])
    speed = len(text) / mine
    print(
        f"{len(text)} 字中找地名: {mine:.3f} s（每秒 {speed:,.0f} 字），"
        f"正则 {theirs:.3f} s，{mine / theirs:.2f} 倍，目标不超过 {AIM} 倍"
    )
    return int(missed or mine / theirs > AIM)


if __name__ == "__main__":
    sys.exit(main())
