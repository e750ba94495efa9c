"""单位台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.areas.organisations import names as names
from laoqu.areas.organisations.models import Organisation
from laoqu.register.registry import Line, Register, Section, Tab


class OrganisationRegister(Register):
    """单位台账: the association, its council units and branches, and those it works with."""

    model = Organisation
    slug = "organisations"
    line = Line.BASICS
    columns = ["name", "kind", "council_member"]
    search = ["name", "aliases__name"]
    filters = ["kind", "council_member"]
    form = [Section(_("基本情况"), "name", "kind", "council_member", "note")]
    tabs = [
        Tab("contributions", "funder"),
        Tab("projects", "department"),
        Tab("needs", "lead"),
        Tab("funds", "manager"),
    ]
