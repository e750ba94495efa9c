"""A ledger must not drown its readers: money that names no works raises no questions."""

from decimal import Decimal

from tests.cast import World

from laoqu.areas.contributions.models import Contribution
from laoqu.coordination.overlaps.checking import check_ledger
from laoqu.coordination.overlaps.models import OverlapPair


def paid(world: World, works: str) -> Contribution:
    """A line of money for two villages."""
    line = Contribution(
        association=world.yongji,
        year=2024,
        funder=world.water,
        amount=Decimal(100_000),
        works=works,
    )
    places = [world.places["高市村"], world.places["韩村"]]
    line.settle({"places": places})
    line.save()
    line.places.set(places)
    return line


def test_a_line_that_does_not_say_what_was_built_is_not_compared(world: World) -> None:
    paid(world, "办实事好事")
    paid(world, "铺设巷道排水管")
    check_ledger(world.yongji)
    assert not OverlapPair.objects.exists()


def test_two_lines_about_the_same_kind_of_works_are_asked_about_with_their_kind(
    world: World,
) -> None:
    paid(world, "铺设巷道排水管")
    paid(world, "村巷排水道盖板")
    check_ledger(world.yongji)
    assert OverlapPair.objects.get().facility
