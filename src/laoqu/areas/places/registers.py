"""地名台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.areas.places import names as names
from laoqu.areas.places.models import Place, Succession, VillageStatistics
from laoqu.register.filters import OnePlaceFilters
from laoqu.register.registry import Action, Line, Register, Section, Tab


class PlaceRegister(Register):
    """地名台账: the county's townships and villages, and the natural villages added by hand."""

    model = Place
    slug = "places"
    purpose = _("全县的镇（街道）和村；手工添加的自然村、俗称也在这里。")
    line = Line.BASICS
    not_shown = ["area_code"]
    columns = ["name", "parent", "level", "nbs_code", "old_area"]
    known_by = ["parent", "name"]
    search = ["name", "aliases__name", "nbs_code"]
    order = {"parent": "area_code", "nbs_code": "area_code"}
    filters = ["level", "old_area", "key_village"]
    form = [
        Section(_("基本情况"), "name", "level", "parent", "settlement", "coordinates"),
        Section(_("代码"), "nbs_code", "mca_code", "code_from", "code_until"),
        Section(
            _("老区认定"), "old_area", "old_area_kind", "key_village", "recognition_doc", "note"
        ),
    ]
    actions = [
        Action(_("一村一档"), "village_file", reading=True),
        Action(_("别名、俗称"), "place_names"),
    ]
    shown = ["other_names"]
    tabs = [
        Tab("village-statistics", "place"),
        Tab("successions", "place"),
        Tab("liaison-villages", "place"),
        Tab("needs", "place"),
        Tab("projects", "place"),
        Tab("contributions", "place"),
        Tab("visits", "place"),
        Tab("performances", "place"),
        Tab("surveys", "place"),
    ]


class VillageStatisticsRegister(Register):
    """村情台账: households, people, land and income of a village, by year and source."""

    model = VillageStatistics
    slug = "village-statistics"
    purpose = _("各村的户数、人口、耕地、收入，按年度和来源记。")
    line = Line.BASICS
    detail = True
    columns = ["code", "place", "year", "households", "population", "residents", "source"]
    search = ["place__name", "source", "industries"]
    filters = ["year"]
    filterset = OnePlaceFilters
    form = [
        Section(_("村情"), "year", "place", "source"),
        Section(_("户和人"), "households", "population", "residents", "elders"),
        Section(
            _("要关心的人"),
            "left_behind_elders", "left_behind_women", "left_behind_children",
            "low_income_households", "destitute_households", "monitored_households",
        ),
        Section(_("土地和收入"), "farmland", "industries", "collective_income", "farmer_income"),
    ]  # fmt: skip


class SuccessionRegister(Register):
    """撤并沿革台账: places merged, renamed, or become communities."""

    model = Succession
    slug = "successions"
    purpose = _("村镇撤并、更名、改居的来龙去脉，老名字照样查得到。")
    line = Line.BASICS
    detail = True
    columns = ["code", "place", "successor", "kind", "happened_on", "document"]
    search = ["place__name", "successor__name", "document"]
    filters = ["year", "kind"]
    filterset = OnePlaceFilters
    form = [Section(_("沿革"), "year", "place", "successor", "kind", "happened_on", "document")]
