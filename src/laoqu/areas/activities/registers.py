"""送温暖、送戏、培训台账."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laoqu.areas.activities.models import (
    Attendee,
    GoodsLine,
    Performance,
    ReliefVisit,
    Training,
    TrainingSession,
)
from laoqu.areas.activities.stages import SHOW_FLOW, TRAINING_FLOW, VISIT_FLOW
from laoqu.register.filters import ANY, OnePlaceFilters, PlaceFilters, over_before
from laoqu.register.registry import Action, Line, Register, Section, Tab

WHERE = Section(_("在哪里"), "places", "open_list")
HOW_MUCH = Section(_("数量"), "count", "unit", "approximate")
FOUR_WEEKS = timedelta(weeks=4)
THREE_MONTHS = timedelta(days=91)
COVERAGE = Action(_("村村到了没有"), "village_coverage")


class ReliefVisitRegister(Register):
    """送温暖慰问台账: who visited which villages, and what was brought."""

    model = ReliefVisit
    slug = "visits"
    purpose = _("春节、七一等时候到哪些村慰问了谁，送去什么。")
    line = Line.VISITS
    columns = ["code", "name", "host", "held_on", "places", "goods", "stage"]
    search = ["name", "host__name", "goods", "location", "places__name"]
    filters = ["year", "host", "occasion", "stage"]
    filterset = PlaceFilters
    form = [
        Section(
            _("基本情况"), "year", "name", "occasion", "host", "held_on", "led_by", "companions"
        ),
        WHERE,
        Section(
            _("慰问了谁、送了什么"),
            "recipients", "people_count", "goods", "count", "unit", "approximate",
        ),
        Section(_("钱和签收"), "cash", "paid_by", "delivery", "roster_count", "signed_count"),
        Section(_("听到的困难"), "difficulties"),
    ]  # fmt: skip
    shown = ["location", "stage"]
    totals = ["cash"]
    tabs = [Tab("goods", "visit"), Tab("recipients", "visit")]
    actions = [Action(_("转成老区需求"), "visit_need", "difficulties")]
    list_actions = [COVERAGE, Action(_("物资收支"), "goods_balance")]
    flow = VISIT_FLOW

    def countable(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Reviewed visits that were made: neither planned only nor cancelled."""
        return super().countable(rows).filter(stage__in=("handed_out", "signed", "concluded"))


class GoodsRegister(Register):
    """慰问品明细台账: goods of the visits, in, out and left."""

    model = GoodsLine
    slug = "goods"
    purpose = _("每次慰问的物品：进了多少，发了多少，剩多少。")
    line = Line.VISITS
    detail = True
    columns = ["code", "visit", "name", "received", "given", "left", "source", "year"]
    search = ["name", "giver", "visit__name"]
    filters = ["year", "visit", "name", "source"]
    form = [
        Section(_("慰问品"), "year", "visit", "name", "unit", "source", "giver", "unit_price"),
        Section(_("数量"), "received", "given", "left"),
    ]
    list_actions = [Action(_("物资收支"), "goods_balance")]


class PerformanceFilters(PlaceFilters):
    """Also by whether the shows are signed for, and by whether they should be settled by now."""

    receipt = django_filters.ChoiceFilter(
        method="by_receipt",
        label=_("演出回执"),
        choices=[("yes", _("回执齐全")), ("no", _("没有回执或不全"))],
        empty_label=ANY,
    )

    settlement = django_filters.ChoiceFilter(
        method="by_settlement",
        label=_("结算进度"),
        choices=[("due", _("交回执满20个工作日，还没结算"))],
        empty_label=ANY,
    )

    def by_settlement(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Shows whose receipt came more than four weeks ago and that are not settled."""
        waiting = queryset.filter(stage__in=("receipted", "rated")).exclude(receipted_on="")
        return over_before(waiting, "receipted_on", timezone.localdate() - FOUR_WEEKS)

    def by_receipt(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows with a whole receipt, or without."""
        whole = {"receipted_count__gt": 0, "village_sealed": True, "supervisor_signed": True}
        return queryset.filter(**whole) if value == "yes" else queryset.exclude(**whole)


class PerformanceRegister(Register):
    """送戏下乡台账: shows by villages; one count over several villages stays one row."""

    model = Performance
    slug = "performances"
    purpose = _("送戏到哪些村、演了几场，有没有回执、结算没有。")
    line = Line.VISITS
    columns = [
        "code", "name", "host", "held_on", "places", "count", "attribution", "receipted_count",
        "stage",
    ]  # fmt: skip
    search = ["name", "host__name", "troupe", "location", "places__name"]
    filters = ["year", "host", "stage"]
    filterset = PerformanceFilters
    form = [
        Section(
            _("基本情况"), "year", "name", "host", "troupe", "performers", "held_on", "contract"
        ),
        WHERE,
        Section(_("上报演了多少"), "count", "unit", "approximate", "plays", "audience"),
        Section(
            _("演出回执"),
            "receipted_count", "village_sealed", "supervisor_signed", "receipted_on",
            "satisfaction",
        ),
        Section(_("结算"), "subsidy", "cost_shares", "settled", "settled_on"),
    ]  # fmt: skip
    shown = ["location", "stage"]
    totals = ["count", "receipted_count", "settled"]
    list_actions = [COVERAGE]
    flow = SHOW_FLOW

    def countable(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Reviewed shows that were held: neither planned only nor cancelled."""
        held = ("performed", "receipted", "rated", "settled", "published")
        return super().countable(rows).filter(stage__in=held)


class TrainingFilters(PlaceFilters):
    """Also by whether it is time to see what became of a training."""

    revisit = django_filters.ChoiceFilter(
        method="by_revisit",
        label=_("回访"),
        choices=[("due", _("满三个月，还没回访"))],
        empty_label=ANY,
    )

    def by_revisit(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Trainings in a craft, held three months ago or more, that nobody went to see."""
        held = queryset.filter(stage__in=("held", "filed"), revisited_on="").exclude(industry="")
        return over_before(held.exclude(held_on=""), "held_on", timezone.localdate() - THREE_MONTHS)


class TrainingRegister(Register):
    """培训学习台账: courses and study tours."""

    model = Training
    slug = "trainings"
    purpose = _("实用技术培训、外出学习，一次一行。")
    line = Line.SELF_BUILDING
    columns = ["code", "name", "host", "held_on", "location", "count", "stage"]
    search = ["name", "host__name", "location", "places__name", "industry"]
    filters = ["year", "host", "stage"]
    filterset = TrainingFilters
    form = [
        Section(_("基本情况"), "year", "name", "host", "held_on"),
        Section(_("在哪里"), "places", "location", "open_list"),
        HOW_MUCH,
        Section(_("内容"), "demand", "industry", "season", "provider", "materials"),
        Section(_("经费"), "cost", "cost_items"),
        Section(
            _("效果"),
            "examination", "certificates", "satisfaction", "revisited_on", "revisited_count",
            "adopted_count", "effect",
        ),
    ]  # fmt: skip
    shown = ["stage"]
    tabs = [Tab("training-sessions", "training")]
    flow = TRAINING_FLOW

    def countable(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Reviewed trainings that were held."""
        return super().countable(rows).filter(stage__in=("held", "filed", "followed"))


class TrainingSessionRegister(Register):
    """培训场次台账: every session, how many were due and how many came."""

    model = TrainingSession
    slug = "training-sessions"
    purpose = _("每一场培训应到多少人、实到多少人。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "training", "held_on", "venue", "hours", "due_count", "present_count"]
    search = ["training__name", "teacher", "location"]
    filters = ["year", "training", "venue", "proof"]
    form = [
        Section(_("场次"), "year", "training", "held_on", "venue", "location", "hours", "teacher"),
        Section(_("到课"), "due_count", "present_count", "women_count", "elders_count", "proof"),
    ]
    totals = ["due_count", "present_count", "women_count", "elders_count"]
    tabs = [Tab("attendees", "session")]


class AttendeeRegister(Register):
    """参训名册台账: who came; the office's alone."""

    model = Attendee
    slug = "attendees"
    purpose = _("参加培训的名单，只有秘书处能看。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "session", "name", "sex", "age", "place"]
    search = ["name", "session__code"]
    filters = ["year", "session", "sex"]
    filterset = OnePlaceFilters
    form = [Section(_("参训人"), "year", "session", "name", "sex", "age", "place")]
