"""Setting up an association with the places of its county; the villages of a person's area."""

from django.db import transaction
from django.db.models import QuerySet
from simple_history.utils import bulk_create_with_history

from laoqu.access.models import Association
from laoqu.access.rules import appointments
from laoqu.areas.organisations.models import Kind, Organisation, OrganisationAlias
from laoqu.areas.places.models import Level, Place, Succession
from laoqu.register.models import State
from laoqu.register.registry import Register
from laoqu.register.search import index_rows
from laoqu_engines.values import gazetteer


@transaction.atomic
def set_up_association(area_code: str, name: str = "") -> Association:
    """Make the association of a county ready to work: its places, itself as an organisation.

    Repeating it adds what is missing and changes nothing else.

    Args:
        area_code: six digits of a county of China.
        name: the association's own name where it differs from “…革命老区建设促进会”.
    Errors: `gazetteer.UnknownCounty` with a Chinese sentence.
    """
    county = gazetteer.county(area_code)
    _add_places(county)
    association, _created = Association.objects.get_or_create(
        area_code=area_code, defaults={"name": name or f"{county.name}革命老区建设促进会"}
    )
    itself, created = Organisation.objects.get_or_create(
        association=association, name=association.name, defaults={"kind": Kind.ASSOCIATION}
    )
    if created:
        short = county.name[-1]
        for alias in (f"{county.name}老促会", f"{short}老促会", "老促会"):
            OrganisationAlias.objects.create(organisation=itself, name=alias)
    return association


def _add_places(county: gazetteer.County) -> None:
    """Add the units that are missing, level by level so that each finds its parent."""
    known = {place.nbs_code: place for place in Place.objects.filter(nbs_code__in=_codes(county))}
    for units in county.levels():
        missing = [
            Place(
                name=unit.name,
                level=unit.level,
                parent=known.get(unit.parent or ""),
                nbs_code=unit.code,
                area_code=unit.code,
            )
            for unit in units
            if unit.code not in known
        ]
        bulk_create_with_history(missing, Place, default_change_reason="国家统计局 2023 年代码")
        known.update({place.nbs_code: place for place in missing})
        index_rows(Register.registers["places"], missing)


def _codes(county: gazetteer.County) -> list[str]:
    return [unit.code for units in county.levels() for unit in units]


def own_villages(user: object) -> QuerySet[Place]:
    """The villages of today for which this person sees all there is."""
    own = Place.objects.none()
    for held in appointments(user):
        prefix = held.place.prefix if held.place else held.association.area_code
        own = own | Place.objects.filter(area_code__startswith=prefix)
    return still_there(own).filter(level__in=(Level.VILLAGE, Level.NATURAL_VILLAGE))


def successors(association: Association | None = None) -> dict[int, Place]:
    """What each merged or renamed village is today, by its key; as one association says, or all."""
    said = Succession.objects.exclude(state=State.VOID).order_by("pk")
    if association is not None:
        said = said.filter(association=association)
    became = {
        one.place_id: one.successor
        for one in said.select_related("successor__parent__parent__parent")
    }
    today: dict[int, Place] = {}
    for key, place in became.items():
        passed = {key}
        while place.pk in became and place.pk not in passed:
            passed.add(place.pk)
            place = became[place.pk]
        today[key] = place
    return today


def still_there(places: QuerySet[Place]) -> QuerySet[Place]:
    """Those of the places that have not become others."""
    gone = Succession.objects.exclude(state=State.VOID).order_by().values("place")
    return places.exclude(pk__in=gone)
