"""调研与建议台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.areas.surveys.models import Recommendation, Survey
from laoqu.register.filters import PlaceFilters
from laoqu.register.registry import Line, Register, Section, Tab


class SurveyRegister(Register):
    """调研台账: topics, villages and reports."""

    model = Survey
    slug = "surveys"
    line = Line.SURVEYS
    columns = ["code", "topic", "host", "held_on", "places", "reports"]
    search = ["topic", "host__name", "partners", "reports", "location", "places__name"]
    filters = ["year", "host"]
    filterset = PlaceFilters
    form = [
        Section(_("基本情况"), "year", "topic", "host", "partners", "held_on"),
        Section(_("在哪里"), "places", "open_list"),
        Section(_("成果"), "reports", "count", "unit", "approximate"),
    ]
    shown = ["location"]
    tabs = [Tab("recommendations", "survey")]


class RecommendationRegister(Register):
    """建议台账: each proposal on its own, until it takes effect."""

    model = Recommendation
    slug = "recommendations"
    line = Line.SURVEYS
    columns = ["code", "content", "proposer", "survey", "adoption", "year"]
    search = ["content", "proposer__name", "addressee"]
    filters = ["year", "proposer", "survey", "adoption"]
    form = [
        Section(_("建议"), "year", "content", "proposer", "survey", "made_on"),
        Section(_("办理"), "addressee", "adoption"),
    ]
