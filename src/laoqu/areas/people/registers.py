"""会员、任职、参训台账."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laoqu.areas.people import names as names
from laoqu.areas.people.ages import BANDS
from laoqu.areas.people.models import Member, Post, PostStage, Recipient, TrainingAttended
from laoqu.register.filters import ANY, OnePlaceFilters, RowFilters
from laoqu.register.flows import Flow
from laoqu.register.registry import Action, Line, Register, Section, Tab


class MemberFilters(RowFilters):
    """Also by age band today, by whether still a member, by whether in office."""

    age = django_filters.ChoiceFilter(
        method="in_band",
        label=_("年龄"),
        choices=[(band.key, band.label) for band in BANDS],
        empty_label=ANY,
    )
    standing = django_filters.ChoiceFilter(
        method="by_standing",
        label=_("在会"),
        choices=[("current", _("在会")), ("left", _("已退会"))],
        empty_label=ANY,
    )
    in_office = django_filters.ChoiceFilter(
        method="by_office",
        label=_("在任"),
        choices=[("yes", _("现任职务的")), ("no", _("没有现任职务的"))],
        empty_label=ANY,
    )

    def in_band(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Members whose age today lies in the band."""
        [band] = [band for band in BANDS if band.key == value]
        return band.of(queryset, timezone.localdate())

    def by_standing(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Members who have not left, or who have."""
        return queryset.filter(left_on="") if value == "current" else queryset.exclude(left_on="")

    def by_office(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Members who hold a post now, or who might take one over."""
        held = Post._default_manager.filter(stage=PostStage.IN_OFFICE).order_by().values("member")
        return queryset.filter(pk__in=held) if value == "yes" else queryset.exclude(pk__in=held)


class MemberRegister(Register):
    """会员台账: the people of the association and what they can do; the office's alone."""

    model = Member
    slug = "members"
    purpose = _("会员的基本情况和专长，只有秘书处能看。")
    line = Line.SELF_BUILDING
    columns = ["code", "name", "sex", "born_on", "former_unit", "skills", "joined_on"]
    search = ["name", "skills", "former_unit", "former_post"]
    filters = ["year", "sex", "politics", "leading_cadre"]
    filterset = MemberFilters
    form = [
        Section(_("本人"), "year", "name", "sex", "born_on", "politics"),
        Section(_("原单位"), "former_unit", "former_post", "retired_on", "leading_cadre"),
        Section(_("在会里"), "joined_on", "left_on", "skills", "other_posts", "volunteer_hours"),
        Section(_("内部"), "telephone", "preference"),
    ]
    tabs = [Tab("posts", "member"), Tab("trainings-attended", "member")]
    list_actions = [
        Action(_("年龄结构"), "age_structure"),
        Action(_("合规日历"), "compliance_calendar"),
    ]


class PostRegister(Register):
    """会内任职台账: one post, one person, one term, from recommendation to leaving."""

    model = Post
    slug = "posts"
    purpose = _("谁在会里任什么职、任到什么时候、审批齐不齐。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "member", "office", "session", "term", "starts_on", "ends_on", "stage"]
    search = ["member__name", "session", "document_number"]
    filters = ["year", "member", "office", "session", "stage"]
    form = [
        Section(_("职务"), "year", "member", "office", "session", "term"),
        Section(_("任期"), "starts_on", "ends_on"),
        Section(_("审批备案"), "document", "document_number", "document_on", "exception"),
        Section(_("限制"), "legal_representative", "founder", "paid"),
    ]
    shown = ["stage"]
    flow = Flow(
        "stage",
        {
            "recommended": ("examined", "left"),
            "examined": ("approved", "recommended"),
            "approved": ("elected", "recommended"),
            "elected": ("in_office", "left"),
            "in_office": ("expired", "left"),
            "expired": ("left", "honorary"),
            "left": ("honorary",),
        },
        reasons=("recommended", "left"),
        strip=("recommended", "examined", "approved", "elected", "in_office", "expired"),
    )
    actions = [Action(_("续任（新记下一届）"), "renew_post")]
    list_actions = [Action(_("合规日历"), "compliance_calendar")]


class TrainingAttendedRegister(Register):
    """参加培训台账: which member attended which course."""

    model = TrainingAttended
    slug = "trainings-attended"
    purpose = _("会员参加过哪些培训。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "member", "topic", "held_on", "hours"]
    search = ["member__name", "topic"]
    filters = ["year", "member", "training"]
    form = [Section(_("培训"), "year", "member", "topic", "training", "held_on", "hours")]
    totals = ["hours"]


class RecipientRegister(Register):
    """慰问花名册台账: who was given what, and signed for it; the office's alone."""

    model = Recipient
    slug = "recipients"
    purpose = _("慰问时逐户发了什么、签收没有，只有秘书处能看；证件、账号、电话加密保存。")
    line = Line.VISITS
    detail = True
    columns = ["code", "visit", "name", "place", "category", "cash", "goods", "signed_on"]
    search = ["name", "goods", "visit__code"]
    filters = ["year", "visit", "category"]
    filterset = OnePlaceFilters
    form = [
        Section(_("给谁"), "year", "visit", "name", "place", "category", "people"),
        Section(_("发了什么"), "goods", "cash", "signed_on"),
        Section(_("打款用"), "identity", "account", "telephone"),
    ]
    totals = ["cash"]
