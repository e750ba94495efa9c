"""How a written place name becomes a place of the ledger."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

import laoqu_engines.values as _values
from laoqu.access.models import Association
from laoqu.access.rules import rows
from laoqu.areas.places.models import Place
from laoqu.register.names import RESOLVERS, Answer

engine = getattr(_values, "places", None)


def known_places(association: Association) -> Iterable[Place]:
    """The places an association may name: those of its area and what lies above it."""
    below = Place.objects.filter(area_code__startswith=association.area_code)
    codes = [association.area_code[:digits].ljust(12, "0") for digits in (2, 4, 6)]
    return (below | Place.objects.filter(nbs_code__in=codes)).prefetch_related("aliases")


def resolver_of(association: Association) -> tuple[object, dict[str, Place]]:
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
    resolver, found = resolver_of(association)
    mine = set(
        rows(user, Place)
        .filter(pk__in=[place.pk for place in found.values()])
        .values_list("pk", flat=True)
    )
    answers = []
    for name in names:
        answer = resolver.resolve(name, nearby=tuple(names))
        place = found[answer.place.key] if answer.place else None
        if place is not None and place.pk in mine:
            answers.append(Answer(place))
        else:
            candidates = [found[c.key] for c in answer.candidates if found[c.key].pk in mine]
            answers.append(Answer(None, candidates, _sentence(name, candidates)))
    return answers


def _sentence(name: str, candidates: Sequence[Place]) -> str:
    if candidates:
        written = "、".join(place.full_name for place in candidates[:5])
        return _("“%(name)s”不止一处，请写明是哪一个：%(candidates)s。") % {
            "name": name,
            "candidates": written,
        }
    return _("地名里没有“%(name)s”。请检查写法，或先在“地名”里添加。") % {"name": name}


RESOLVERS[Place] = resolve
