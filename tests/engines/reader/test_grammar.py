"""Complete F1 by pattern family on generated sentences."""

import pytest

from .grammar import FAMILIES, generated
from .grammar_more import MORE
from .scoring import f1, tally

EVERY = FAMILIES | MORE


@pytest.mark.parametrize("name", EVERY)
def test_a_pattern_family_is_read_completely(name: str) -> None:
    made = generated(name, EVERY[name], 60, seed=1)
    right, found, wanted = tally(made)
    assert f1(right, found, wanted) >= 0.98, f"{right} right of {wanted}, {found} read"


def test_every_published_pattern_has_a_family() -> None:
    assert {int(name[:2]) for name in EVERY} == set(range(1, 32))
