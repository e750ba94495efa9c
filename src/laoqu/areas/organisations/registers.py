"""单位台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.areas.organisations import names as names
from laoqu.areas.organisations.models import CouncilSeat, LiaisonVillage, Organisation
from laoqu.register.filters import OnePlaceFilters
from laoqu.register.flows import Flow
from laoqu.register.registry import Action, Line, Register, Section, Tab


class OrganisationRegister(Register):
    """单位台账: the association, its council units and branches, and those it works with."""

    model = Organisation
    slug = "organisations"
    purpose = _("老促会、理事单位、镇街分会和其他打交道的单位，简称和曾用名都认得。")
    line = Line.BASICS
    columns = ["name", "kind", "council_member"]
    known_by = ["name"]
    search = ["name", "aliases__name"]
    filters = ["kind", "council_member", "standing"]
    form = [
        Section(_("基本情况"), "name", "kind", "council_member", "place", "credit_code"),
        Section(
            _("组织"),
            "superior", "supervised_by", "registration", "standing", "session",
            "term_from", "term_until",
        ),
        Section(_("职责与场所"), "duties", "premises", "nameplate"),
        Section(_("人员与经费"), "staff", "funding", "note"),
        Section(_("沿革"), "succeeded_by", "succeeded_on"),
    ]  # fmt: skip
    shown = ["other_names"]
    tabs = [
        Tab("council-seats", "organisation"),
        Tab("liaison-villages", "organisation"),
        Tab("contributions", "funder"),
        Tab("projects", "department"),
        Tab("needs", "lead"),
        Tab("funds", "manager"),
    ]
    actions = [
        Action(_("帮扶档案"), "department_file", reading=True),
        Action(_("简称、曾用名"), "organisation_names"),
    ]
    list_actions = [Action(_("说的数与列出的数"), "stated_numbers")]


class CouncilSeatRegister(Register):
    """理事资格台账: which unit sits on the council in which term."""

    model = CouncilSeat
    slug = "council-seats"
    purpose = _("哪个单位在哪一届是理事单位，由谁代表。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "organisation", "session", "representative", "starts_on", "ends_on", "stage"]
    search = ["organisation__name", "session", "representative"]
    filters = ["year", "organisation", "session", "stage"]
    form = [
        Section(_("理事"), "year", "organisation", "session", "representative", "added"),
        Section(_("任期"), "starts_on", "ends_on", "document"),
    ]
    shown = ["stage"]
    flow = Flow(
        "stage",
        {
            "seated": ("replaced", "withdrawn", "ended"),
            "replaced": ("seated",),
            "withdrawn": ("seated",),
        },
        reasons=("replaced", "withdrawn"),
        strip=("seated", "ended"),
    )
    list_actions = [Action(_("说的数与列出的数"), "stated_numbers")]


class LiaisonVillageRegister(Register):
    """联系村台账: which unit looks after which village."""

    model = LiaisonVillage
    slug = "liaison-villages"
    purpose = _("哪个单位联系哪个村。")
    line = Line.HELP
    columns = ["code", "organisation", "place", "contact", "starts_on", "ends_on"]
    search = ["organisation__name", "place__name", "task"]
    filters = ["year", "organisation"]
    filterset = OnePlaceFilters
    form = [
        Section(_("联系村"), "year", "organisation", "place", "contact"),
        Section(_("期限和任务"), "starts_on", "ends_on", "task"),
    ]
