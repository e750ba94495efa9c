"""How a written name of a body becomes an organisation of the ledger."""

from collections.abc import Sequence

from laoqu.access.models import Association
from laoqu.access.rules import rows
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.register.names import RESOLVERS, Answer, kept
from laoqu_engines.values.bodies import Bodies, Body


def county_name(association: Association) -> str:
    """What documents put before the names of the area's departments: 永济市."""
    code = association.area_code.ljust(12, "0")
    place = Place.objects.filter(nbs_code=code).first()
    return place.name if place else ""


def bodies_of(user: object, association: Association) -> tuple[Bodies, dict[str, Organisation]]:
    """The association's organisations, ready to be found by any of their names."""
    own = rows(user, Organisation).filter(association=association).prefetch_related("aliases")
    found = {str(organisation.pk): organisation for organisation in own}
    entries = [
        Body(key, organisation.name, tuple(alias.name for alias in organisation.aliases.all()))
        for key, organisation in found.items()
    ]
    return Bodies(entries, county_name(association)), found


def resolve(names: Sequence[str], user: object, association: Association) -> list[Answer]:
    """The organisations of the association that `names` stand for."""
    bodies, found = kept(
        ("bodies", association.pk, getattr(user, "pk", None)),
        lambda: bodies_of(user, association),
    )
    answers = []
    for name in names:
        meant = bodies.resolve(name)
        row = found[meant.body.key] if meant.body else None
        answers.append(Answer(row, [found[body.key] for body in meant.candidates], meant.reason))
    return answers


RESOLVERS[Organisation] = resolve
