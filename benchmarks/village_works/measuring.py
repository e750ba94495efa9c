"""Seconds, and the peak memory of a process and those that it started."""

import sys
from collections.abc import Callable
from time import perf_counter
from typing import TypedDict


class Answer(TypedDict):
    """What each measured process prints: seconds by the clock, megabytes, and what it found."""

    seconds: list[float]
    megabytes: float
    pairs: int


def timed(work: Callable[[], int], runs: int) -> tuple[list[float], int]:
    """The seconds of each run, and what the last one found."""
    seconds, found = [], 0
    for _ in range(runs):
        begin = perf_counter()
        found = work()
        seconds.append(perf_counter() - begin)
    return seconds, found


def answer(seconds: list[float], pairs: int) -> Answer:
    return {"seconds": seconds, "megabytes": peak_megabytes(), "pairs": pairs}


def peak_megabytes() -> float:
    """The most memory of this process, plus twice that of its largest child; 0 where not told."""
    if sys.platform == "win32":
        return 0.0
    import resource

    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (own + 2 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / unit
