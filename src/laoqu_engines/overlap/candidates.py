"""Which pairs are worth judging: a condition on whole-number columns only.

``judge`` gives level none for every pair that fails it, so a back end may apply it to arrays and
judge only what is left. Blocks: works with the same ``home``, and works of which one ``visits``
the other's ``home``.
"""

from typing import Any, Protocol

import numpy as np


class Keys(Protocol):
    """The whole numbers of a work (``Prepared``), or those of many works as arrays."""

    @property
    def line(self) -> Any: ...
    @property
    def loose(self) -> Any: ...
    @property
    def facilities(self) -> Any: ...
    @property
    def reach(self) -> Any: ...
    @property
    def signature(self) -> Any: ...


def comparable(a: Keys, b: Keys) -> Any:
    """Whether two works of one block can be anything to each other; for arrays, an array.

    Rows of one line never; else one must name a facility that the other names or may be part of.
    Where only one has a village, the texts must also share half of the shorter one's bigrams.
    """
    common = 2 * _ones(a.signature & b.signature)
    alike = (common >= _ones(a.signature)) | (common >= _ones(b.signature))
    several = (a.line == 0) | (a.line != b.line)
    related = (a.facilities & b.reach | b.facilities & a.reach) != 0
    return related & several & (alike | (a.loose == b.loose))


def _ones(bits: Any) -> Any:
    return bits.bit_count() if isinstance(bits, int) else np.bitwise_count(bits)
