"""The public entry: ``read``."""

from typing import Protocol

from laoqu_engines.reader.facts import Reading


class PlaceResolver(Protocol):
    """What the reader asks of ``values.places.Resolver``."""

    def resolve(
        self, name: str, *, township: str | None = None, nearby: tuple[str, ...] = ()
    ) -> object: ...


def read(text: str, *, resolver: PlaceResolver | None = None) -> Reading:
    """Read a narrative text into facts; an empty reading where nothing is stated."""
    return Reading(facts=())
