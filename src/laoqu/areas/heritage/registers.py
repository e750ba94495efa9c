"""红色遗址、巡查、修缮、人物、事件台账."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from laoqu.areas.heritage import names as names
from laoqu.areas.heritage.models import Event, HistoricPerson, Inspection, Repair, Site
from laoqu.register.filters import ANY, RowFilters
from laoqu.register.flows import Flow
from laoqu.register.registry import Action, Line, Register, Section, Tab

SITE_FLOW = Flow(
    "stage",
    {
        "clue": ("surveyed", "lost"),
        "surveyed": ("recognised", "clue", "lost"),
        "recognised": ("listed", "surveyed", "lost"),
        "listed": ("four_complete", "under_repair", "downgraded", "lost"),
        "four_complete": ("patrolled", "under_repair", "downgraded", "lost"),
        "patrolled": ("opened", "under_repair", "downgraded", "lost"),
        "under_repair": ("listed", "patrolled", "lost"),
        "opened": ("patrolled", "under_repair", "downgraded", "lost"),
        "downgraded": ("listed", "lost"),
    },
    reasons=("clue", "downgraded", "lost"),
    strip=("clue", "surveyed", "recognised", "listed", "four_complete", "patrolled", "opened"),
    office=("recognised", "listed", "four_complete", "downgraded", "lost"),
)


class SiteRegister(Register):
    """红色遗址遗迹台账: every site, what it lacks of the four, how it is kept and used."""

    model = Site
    slug = "heritage-sites"
    purpose = _("每处红色遗址遗迹：级别、产权、四有缺什么、谁来管。")
    line = Line.PUBLICITY
    columns = ["code", "name", "place", "protection", "condition", "use", "stage"]
    search = ["name", "aliases", "address", "route", "place__name", "records"]
    filters = ["year", "era", "protection", "ownership", "condition", "use", "route", "stage"]
    form = [
        Section(_("遗址"), "year", "name", "aliases", "kind", "list_class", "era", "built"),
        Section(_("在哪里"), "place", "address", "longitude", "latitude", "blurred", "route"),
        Section(
            _("保护级别"), "protection", "batch", "announced_by", "announced_on", "document_number"
        ),
        Section(_("归谁管"), "ownership", "used_by", "managed_by", "responsible"),
        Section(
            _("四有"),
            "protection_area",
            "control_zone",
            "sign_by",
            "sign_on",
            "archive",
            "custodian",
        ),
        Section(_("保存和利用"), "condition", "damage", "use", "visitors", "base_title", "records"),
    ]
    shown = ["stage"]
    flow = SITE_FLOW
    tabs = [
        Tab("heritage-inspections", "site"),
        Tab("heritage-repairs", "site"),
        Tab("heritage-persons", "sites"),
        Tab("heritage-events", "sites"),
    ]
    list_actions = [Action(_("缺项清单"), "heritage_gaps")]


class InspectionFilters(RowFilters):
    """Also by whether a problem found is still open."""

    rectified = django_filters.ChoiceFilter(
        method="by_rectified",
        label=_("整改"),
        choices=[("open", _("有问题，还没整改")), ("done", _("已整改"))],
        empty_label=ANY,
    )

    def by_rectified(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rounds that found a problem, put right or not."""
        found = queryset.exclude(problems="")
        return found.filter(rectified_on="") if value == "open" else found.exclude(rectified_on="")


class InspectionRegister(Register):
    """遗址巡查台账: rounds at the sites, always photographed from the same spot."""

    model = Inspection
    slug = "heritage-inspections"
    purpose = _("每次到遗址巡查看到了什么，整改没有。")
    line = Line.PUBLICITY
    detail = True
    columns = [
        "code",
        "site",
        "inspected_on",
        "condition",
        "problems",
        "rectify_by",
        "rectified_on",
    ]
    search = ["site__name", "inspected_by", "problems"]
    filters = ["year", "site", "condition"]
    filterset = InspectionFilters
    form = [
        Section(
            _("巡查"), "year", "site", "inspected_on", "inspected_by", "condition", "photo_spot"
        ),
        Section(_("问题和整改"), "problems", "measures", "rectify_by", "rectified_on"),
    ]


class RepairRegister(Register):
    """遗址修缮台账: works at the sites and what they cost."""

    model = Repair
    slug = "heritage-repairs"
    purpose = _("遗址修缮做了什么、花了多少钱。")
    line = Line.PUBLICITY
    detail = True
    columns = ["code", "site", "works", "amount", "funding", "finished_on", "year"]
    search = ["site__name", "works", "funding", "builder"]
    filters = ["year", "site", "project"]
    form = [
        Section(_("修缮"), "year", "site", "works", "project", "started_on", "finished_on"),
        Section(_("资金"), "amount", "funding", "builder"),
    ]
    totals = ["amount"]


class HistoricPersonRegister(Register):
    """革命人物台账: the people whom the sites remember."""

    model = HistoricPerson
    slug = "heritage-persons"
    purpose = _("遗址纪念的革命人物。")
    line = Line.PUBLICITY
    detail = True
    columns = ["code", "name", "native_place", "died_on", "sites"]
    search = ["name", "aliases", "native_place", "deeds"]
    filters = ["year", "sites"]
    form = [
        Section(_("人物"), "year", "name", "aliases", "born_on", "died_on", "native_place"),
        Section(_("事迹"), "deeds", "records", "sites"),
    ]
    tabs = [Tab("heritage-events", "persons")]


class EventRegister(Register):
    """革命事件台账: what happened at the sites, and who took part."""

    model = Event
    slug = "heritage-events"
    purpose = _("遗址发生过的革命事件，有哪些人参加。")
    line = Line.PUBLICITY
    detail = True
    columns = ["code", "name", "happened_on", "location", "persons", "sites"]
    search = ["name", "location", "summary"]
    filters = ["year", "persons", "sites"]
    form = [
        Section(_("事件"), "year", "name", "happened_on", "location"),
        Section(_("经过"), "summary", "records", "persons", "sites"),
    ]
