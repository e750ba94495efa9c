"""How a written place name becomes a place. Places are public: everybody may name them."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from laoqu.access.models import Association
from laoqu.areas.places.models import Place, Succession
from laoqu.register.models import State
from laoqu.register.names import RESOLVERS, Answer, kept
from laoqu_engines.values import places as engine


def known_places(association: Association) -> Iterable[Place]:
    """The places an association may name: those of its area and what lies above it."""
    below = Place.objects.filter(area_code__startswith=association.area_code)
    codes = [association.area_code[:digits].ljust(12, "0") for digits in (2, 4, 6)]
    return (below | Place.objects.filter(nbs_code__in=codes)).prefetch_related("aliases")


def resolver_of(association: Association) -> tuple[engine.Resolver, dict[str, Place]]:
    """The name resolver of an association, and its places by key."""
    found = {str(place.pk): place for place in known_places(association)}
    entries = [
        engine.Place(
            key=key,
            code=place.nbs_code or None,
            name=place.name,
            level=engine.Level(place.level),
            parent_key=str(place.parent_id) if place.parent_id else None,
            aliases=tuple(alias.name for alias in place.aliases.all()),
        )
        for key, place in found.items()
    ]
    return engine.Resolver(entries), found


def resolve(names: Sequence[str], user: object, association: Association) -> list[Answer]:
    """The places that `names` stand for, read together so that each helps the others."""
    resolver, found = kept(("places", association.pk), lambda: resolver_of(association))
    merged = kept(("merged", association.pk), lambda: _merged(association))
    answers = []
    for name in names:
        meant = resolver.resolve(name, nearby=tuple(names))
        place = found[meant.place.key] if meant.place else None
        candidates = [found[c.key] for c in meant.candidates]
        note = merged.get(place.pk, "") if place else ""
        answers.append(Answer(place, candidates, meant.reason, note))
    return answers


def _merged(association: Association) -> dict[int, str]:
    """What to know about the places that became others, by key."""
    gone = Succession.objects.filter(association=association).exclude(state=State.VOID)
    return {
        row.place_id: _("“%(old)s”已经%(how)s，现在是“%(new)s”。以前的事仍记原名，新的事请记新名。")
        % {"old": row.place, "how": row.get_kind_display(), "new": row.successor}
        for row in gone.select_related("place", "successor")
    }


RESOLVERS[Place] = resolve
