"""送温暖、送戏、培训台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.areas.activities.models import Performance, ReliefVisit, Training
from laoqu.register.filters import PlaceFilters
from laoqu.register.registry import Line, Register, Section

WHERE = Section(_("在哪里"), "places", "open_list")
HOW_MUCH = Section(_("数量"), "count", "unit", "approximate")


class ReliefVisitRegister(Register):
    """送温暖慰问台账: who visited which villages, and what was brought."""

    model = ReliefVisit
    slug = "visits"
    line = Line.VISITS
    columns = ["code", "name", "host", "held_on", "places", "goods"]
    search = ["name", "host__name", "goods", "location", "places__name"]
    filters = ["year", "host"]
    filterset = PlaceFilters
    form = [
        Section(_("基本情况"), "year", "name", "host", "held_on"),
        WHERE,
        Section(_("慰问了谁、送了什么"), "recipients", "goods", "count", "unit", "approximate"),
    ]
    shown = ["location"]


class PerformanceRegister(Register):
    """送戏下乡台账: shows by villages; one count over several villages stays one row."""

    model = Performance
    slug = "performances"
    line = Line.VISITS
    columns = ["code", "name", "host", "held_on", "places", "count"]
    search = ["name", "host__name", "troupe", "location", "places__name"]
    filters = ["year", "host"]
    filterset = PlaceFilters
    form = [
        Section(_("基本情况"), "year", "name", "host", "troupe", "held_on"),
        WHERE,
        Section(_("演了多少"), "count", "unit", "approximate", "plays"),
    ]
    shown = ["location"]
    totals = ["count"]


class TrainingRegister(Register):
    """培训学习台账: courses and study tours."""

    model = Training
    slug = "trainings"
    line = Line.SELF_BUILDING
    columns = ["code", "name", "host", "held_on", "location", "count"]
    search = ["name", "host__name", "location", "places__name"]
    filters = ["year", "host"]
    filterset = PlaceFilters
    form = [
        Section(_("基本情况"), "year", "name", "host", "held_on", "location"),
        HOW_MUCH,
    ]
