"""Which pairs are worth judging: a condition on whole-number columns only.

``judge`` gives level none for every pair that fails it, so a back end may apply it as arrays or SQL
and judge only what is left. Blocks: works with the same ``home``, and works of which one ``visits``
the other's ``home``.
"""

from laoqu_engines.overlap.prepare import Prepared


def comparable(a: Prepared, b: Prepared) -> bool:
    """Whether two works of one block can be anything to each other.

    Rows of one line never; else one must name a facility that the other names or may be part of.
    Where a village is missing, the texts must also share half of the shorter one's bigrams.
    """
    if a.line and a.line == b.line:
        return False
    if not (a.facilities & b.reach or b.facilities & a.reach):
        return False
    if a.loose or b.loose:
        common = (a.signature & b.signature).bit_count()
        return 2 * common >= min(a.signature.bit_count(), b.signature.bit_count())
    return True
