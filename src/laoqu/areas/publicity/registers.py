"""宣传、展出、宣讲、读本、征订台账."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from laoqu.areas.publicity import names as names
from laoqu.areas.publicity.models import (
    Book,
    BookIssue,
    Lecture,
    MediaPlacement,
    PeriodicalGift,
    Showing,
    Subscription,
    SubscriptionTarget,
)
from laoqu.areas.publicity.stages import MEDIA_FLOW, SUBSCRIPTION_FLOW
from laoqu.register.filters import OnePlaceFilters, PlaceFilters
from laoqu.register.registry import Action, Line, Register, Section, Tab

DONE = Action(_("任务与完成"), "subscription_targets")


class MediaPlacementRegister(Register):
    """新闻宣传台账: articles, boards, videos and collections."""

    model = MediaPlacement
    slug = "media"
    purpose = _("登了什么稿件、做了什么板面和视频，登在哪里。")
    line = Line.PUBLICITY
    not_shown = ["location"]
    columns = ["code", "name", "kind", "outlets", "held_on", "count", "stage"]
    search = ["name", "host__name", "outlets", "author", "reprints", "places__name"]
    filters = ["year", "kind", "genre", "level", "stage"]
    filterset = PlaceFilters
    form = [
        Section(
            _("基本情况"), "year", "name", "kind", "genre", "host", "held_on", "author", "words"
        ),
        Section(_("写到哪些村"), "places", "open_list"),
        Section(_("媒体与数量"), "outlets", "level", "count", "unit", "approximate", "link"),
        Section(_("转载和存档"), "reprints", "archive"),
        Section(_("审稿"), "edited_by", "checked_by", "approved_by"),
    ]
    shown = ["stage"]
    tabs = [Tab("showings", "board")]
    list_actions = [Action(_("没有报道过的村"), "never_reported")]
    flow = MEDIA_FLOW

    def countable(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Reviewed rows that came out."""
        return super().countable(rows).filter(stage__in=("published", "filed"))


class ShowingRegister(Register):
    """板面展出台账: where boards were shown and how many people saw them."""

    model = Showing
    slug = "showings"
    purpose = _("板面在哪里展出过，多少人看过。")
    line = Line.PUBLICITY
    detail = True
    columns = ["code", "board", "location", "starts_on", "ends_on", "boards_count", "visitors"]
    search = ["location", "board__name"]
    filters = ["year", "board"]
    filterset = OnePlaceFilters
    form = [
        Section(_("展出"), "year", "board", "location", "place", "starts_on", "ends_on"),
        Section(_("规模"), "boards_count", "visitors"),
    ]
    totals = ["visitors"]


class LectureRegister(Register):
    """宣讲台账: lectures and talks, whom they reached and in which form."""

    model = Lecture
    slug = "lectures"
    purpose = _("宣讲会、诵读会、党课等，讲给谁听、多少人。")
    line = Line.PUBLICITY
    columns = ["code", "name", "host", "held_on", "forms", "goes_into", "audience", "count"]
    search = ["name", "host__name", "forms", "location", "places__name", "audience"]
    filters = ["year", "host", "goes_into"]
    filterset = PlaceFilters
    form = [
        Section(_("基本情况"), "year", "name", "host", "held_on", "forms"),
        Section(_("在哪里"), "places", "open_list", "location"),
        Section(_("谁讲、讲给谁"), "goes_into", "audience", "lecturers"),
        Section(_("数量"), "count", "unit", "approximate", "people_count"),
    ]
    totals = ["people_count"]


class BookRegister(Register):
    """编印读本台账: readers compiled, copies printed and given out."""

    model = Book
    slug = "books"
    purpose = _("编印的读本：书名、印数。")
    line = Line.PUBLICITY
    columns = ["code", "name", "compiler", "printed_on", "printed_count", "year"]
    search = ["name", "compiler", "permit"]
    filters = ["year"]
    form = [
        Section(_("读本"), "year", "name", "compiler", "permit"),
        Section(_("印制"), "printed_on", "printed_count", "cost"),
    ]
    shown = ["given_count"]
    totals = ["printed_count", "cost"]
    tabs = [Tab("book-issues", "book")]


class BookIssueRegister(Register):
    """读本发放台账: who was given how many copies."""

    model = BookIssue
    slug = "book-issues"
    purpose = _("读本发给了哪些单位和村，各多少册。")
    line = Line.PUBLICITY
    detail = True
    columns = ["code", "book", "receiver", "place", "copies", "given_on"]
    search = ["book__name", "receiver"]
    filters = ["year", "book"]
    filterset = OnePlaceFilters
    form = [Section(_("发放"), "year", "book", "receiver", "place", "copies", "given_on")]
    totals = ["copies"]


class SubscriptionRegister(Register):
    """两刊征订台账: copies by periodical, year of issue and unit."""

    model = Subscription
    slug = "subscriptions"
    purpose = _("两刊订了多少份，哪个单位订的、哪一年的。")
    line = Line.PUBLICITY
    columns = ["code", "periodical", "issue_year", "subscriber", "copies", "stage"]
    search = ["periodical", "subscriber__name", "address"]
    filters = ["year", "periodical", "issue_year", "subscriber", "stage"]
    form = [
        Section(_("基本情况"), "year", "periodical", "issue_year", "subscriber", "copies"),
        Section(_("付款"), "unit_price", "funding", "paid_on"),
        Section(_("投递"), "address", "given_copies", "arrived_copies", "complaint"),
    ]
    shown = ["arrival_rate", "stage"]
    totals = ["copies", "given_copies"]
    tabs = [Tab("periodical-gifts", "subscription")]
    list_actions = [DONE]
    flow = SUBSCRIPTION_FLOW

    def countable(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Reviewed subscriptions that were not called off."""
        return super().countable(rows).exclude(stage="cancelled")


class PeriodicalGiftRegister(Register):
    """两刊赠阅台账: which village, school or reading room is given how many copies."""

    model = PeriodicalGift
    slug = "periodical-gifts"
    purpose = _("两刊赠给了哪些村、学校和阅览室，各多少份。")
    line = Line.PUBLICITY
    detail = True
    columns = ["code", "subscription", "receiver", "place", "copies", "year"]
    search = ["receiver", "subscription__periodical"]
    filters = ["year", "subscription"]
    filterset = OnePlaceFilters
    form = [Section(_("赠阅"), "year", "subscription", "receiver", "place", "copies")]
    totals = ["copies"]


class SubscriptionTargetRegister(Register):
    """征订任务台账: what each unit was asked to order."""

    model = SubscriptionTarget
    slug = "subscription-targets"
    purpose = _("上级下达的征订任务，分到各单位多少份。")
    line = Line.PUBLICITY
    detail = True
    columns = ["code", "periodical", "issue_year", "unit", "copies", "set_by"]
    search = ["periodical", "unit__name"]
    filters = ["year", "periodical", "issue_year", "unit"]
    form = [Section(_("任务"), "year", "periodical", "issue_year", "unit", "copies", "set_by")]
    totals = ["copies"]
    list_actions = [DONE]
