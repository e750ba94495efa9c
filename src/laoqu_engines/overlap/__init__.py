"""Works that may be the same: found, graded and explained. Pure, deterministic, offline.

``find_overlaps(works)`` compares a whole list, ``compare(a, b)`` two works, and
``Index(works).near(work, limit)`` one work that is being typed with all that exist.
"""

from laoqu_engines.overlap.evidence import Evidence
from laoqu_engines.overlap.finding import Overlaps, Pair, compare, find_overlaps
from laoqu_engines.overlap.judge import Level, Relation
from laoqu_engines.overlap.nearby import Index
from laoqu_engines.overlap.works import FaultyRow, Work

__all__ = [
    "Evidence",
    "FaultyRow",
    "Index",
    "Level",
    "Overlaps",
    "Pair",
    "Relation",
    "Work",
    "compare",
    "find_overlaps",
]
