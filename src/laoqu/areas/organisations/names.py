"""How a written name of a body becomes an organisation of the ledger."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from laoqu.access.models import Association
from laoqu.access.rules import rows
from laoqu.areas.organisations.models import Organisation
from laoqu.register.names import RESOLVERS, Answer, kept


def called_organisations(user: object, association: Association) -> dict[str, Organisation]:
    """The association's organisations by every name they go by."""
    own = rows(user, Organisation).filter(association=association).prefetch_related("aliases")
    called: dict[str, Organisation] = {}
    for organisation in own:
        for name in [organisation.name, *(alias.name for alias in organisation.aliases.all())]:
            called.setdefault(name, organisation)
    return called


def resolve(names: Sequence[str], user: object, association: Association) -> list[Answer]:
    """The organisations of the association that `names` stand for."""
    called = kept(
        ("organisations", association.pk, getattr(user, "pk", None)),
        lambda: called_organisations(user, association),
    )
    return [
        Answer(called[name])
        if name in called
        else Answer(
            None,
            (),
            _("单位里没有“%(name)s”。请检查写法，或先在“单位”里添加。") % {"name": name},
        )
        for name in names
    ]


RESOLVERS[Organisation] = resolve
