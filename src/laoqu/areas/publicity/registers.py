"""宣传、宣讲、征订台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.areas.publicity.models import Lecture, MediaPlacement, Subscription
from laoqu.register.filters import PlaceFilters
from laoqu.register.registry import Line, Register, Section


class MediaPlacementRegister(Register):
    """新闻宣传台账: articles, boards, videos and collections."""

    model = MediaPlacement
    slug = "media"
    line = Line.PUBLICITY
    columns = ["code", "name", "kind", "outlets", "held_on", "count"]
    search = ["name", "host__name", "outlets"]
    filters = ["year", "kind"]
    form = [
        Section(_("基本情况"), "year", "name", "kind", "host", "held_on"),
        Section(_("媒体与数量"), "outlets", "count", "unit", "approximate"),
    ]


class LectureRegister(Register):
    """宣讲台账: lectures and talks, whom they reached and in which form."""

    model = Lecture
    slug = "lectures"
    line = Line.PUBLICITY
    columns = ["code", "name", "host", "held_on", "forms", "count"]
    search = ["name", "host__name", "forms", "location", "places__name"]
    filters = ["year", "host"]
    filterset = PlaceFilters
    form = [
        Section(_("基本情况"), "year", "name", "host", "held_on", "location", "forms"),
        Section(_("数量"), "count", "unit", "approximate"),
    ]


class SubscriptionRegister(Register):
    """两刊征订台账: copies by periodical, year of issue and unit."""

    model = Subscription
    slug = "subscriptions"
    line = Line.PUBLICITY
    columns = ["code", "periodical", "issue_year", "subscriber", "copies"]
    search = ["periodical", "subscriber__name"]
    filters = ["year", "periodical", "issue_year"]
    form = [Section(_("基本情况"), "year", "periodical", "issue_year", "subscriber", "copies")]
    totals = ["copies"]
