"""Complete F1 by pattern family on generated sentences."""

import pytest

from .grammar import FAMILIES, generated
from .scoring import f1, tally


@pytest.mark.parametrize("family", FAMILIES)
def test_a_pattern_family_is_read_completely(family: str) -> None:
    made = generated(family, 60, seed=1)
    right, found, wanted = tally(made)
    assert f1(right, found, wanted) >= 0.98, f"{right} right of {wanted}, {found} read"
