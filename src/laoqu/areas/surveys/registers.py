"""调研、建议、回头看、题库、问卷台账."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laoqu.areas.surveys.models import (
    LookBack,
    Question,
    Questionnaire,
    Recommendation,
    Survey,
    Tally,
)
from laoqu.areas.surveys.stages import ADOPTION_FLOW, SURVEY_FLOW, Adoption
from laoqu.register.filters import ANY, PlaceFilters, RowFilters
from laoqu.register.registry import Action, Line, Register, Section, Tab

TAKEN_UP = ("adopted", "partly_adopted", "carried_out", "effective")
OPEN = ("made", "delivered", "studied")


class SurveyRegister(Register):
    """调研台账: topics, villages and reports."""

    model = Survey
    slug = "surveys"
    purpose = _("每个调研课题：到了哪些村，写了什么报告，走到哪一步。")
    line = Line.SURVEYS
    columns = ["code", "topic", "host", "held_on", "places", "reports", "stage"]
    search = ["topic", "host__name", "partners", "reports", "text", "location", "places__name"]
    filters = ["year", "host", "origin", "stage"]
    filterset = PlaceFilters
    form = [
        Section(_("基本情况"), "year", "topic", "origin", "host", "lead", "partners"),
        Section(_("在哪里"), "places", "open_list"),
        Section(_("怎么做的"), "held_on", "ended_on", "trips", "methods", "sample_size"),
        Section(_("成果"), "reports", "text", "words", "count", "unit", "approximate"),
        Section(_("报送"), "submitted_to", "submitted_on", "instruction", "published_in"),
    ]
    shown = ["location", "stage"]
    tabs = [
        Tab("recommendations", "survey"),
        Tab("questionnaires", "survey"),
        Tab("awards", "survey"),
    ]
    actions = [Action(_("记一条老区需求"), "survey_need")]
    flow = SURVEY_FLOW

    def countable(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Reviewed surveys that were begun: neither topics only nor dropped."""
        return super().countable(rows).exclude(stage__in=("topic", "approved", "dropped"))


class RecommendationFilters(RowFilters):
    """Also by whether this year's look back is still to come."""

    look_back = django_filters.ChoiceFilter(
        method="by_look_back",
        label=_("今年回头看"),
        choices=[("due", _("还没回头看")), ("done", _("已回头看"))],
        empty_label=ANY,
    )

    outcome = django_filters.ChoiceFilter(
        method="by_outcome",
        label=_("结果"),
        choices=[("adopted", _("采纳了的")), ("open", _("还没有结果"))],
        empty_label=ANY,
    )

    def by_outcome(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Recommendations taken up in whole or part, or still open."""
        return queryset.filter(adoption__in=TAKEN_UP if value == "adopted" else OPEN)

    def by_look_back(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Recommendations of earlier years, except those turned down, looked back on or not."""
        year = timezone.localdate().year
        done = LookBack._default_manager.filter(year=year).exclude(state="void")
        seen = done.order_by().values("recommendation")
        if value == "done":
            return queryset.filter(pk__in=seen)
        earlier = queryset.filter(year__lt=year).exclude(adoption=Adoption.NOT_ADOPTED)
        return earlier.exclude(pk__in=seen)


class RecommendationRegister(Register):
    """建议台账: each proposal on its own, until it takes effect."""

    model = Recommendation
    slug = "recommendations"
    purpose = _("提出的建议一条一行，跟到采纳、落实、见效。")
    line = Line.SURVEYS
    columns = ["code", "content", "proposer", "survey", "handler", "adoption", "year"]
    search = ["content", "proposer__name", "addressee", "handler__name"]
    filters = ["year", "proposer", "survey", "subject", "handler", "adoption"]
    filterset = RecommendationFilters
    form = [
        Section(_("建议"), "year", "content", "subject", "proposer", "survey", "made_on"),
        Section(_("送给谁"), "addressee", "delivered_on"),
        Section(_("办理"), "handler", "answer", "became", "evidence"),
    ]
    shown = ["adoption"]
    tabs = [Tab("look-backs", "recommendation")]
    flow = ADOPTION_FLOW


class LookBackRegister(Register):
    """建议回头看台账: every year, what has become of each proposal."""

    model = LookBack
    slug = "look-backs"
    purpose = _("每年回头看一次：提过的建议后来怎么样了。")
    line = Line.SURVEYS
    detail = True
    columns = ["code", "recommendation", "looked_on", "findings", "next_step"]
    search = ["recommendation__content", "findings", "obstacles"]
    filters = ["year", "recommendation"]
    form = [
        Section(_("回头看"), "year", "recommendation", "looked_on", "looked_by"),
        Section(_("情况"), "findings", "obstacles", "next_step"),
    ]


class QuestionRegister(Register):
    """题库台账: questions to ask again and again."""

    model = Question
    slug = "questions"
    purpose = _("常问的问题，编问卷时挑着用。")
    line = Line.SURVEYS
    detail = True
    columns = ["code", "theme", "rank", "wording", "kind", "options"]
    search = ["theme", "wording", "options"]
    filters = ["year", "theme", "kind"]
    form = [Section(_("题目"), "year", "theme", "rank", "wording", "kind", "options")]


class QuestionnaireRegister(Register):
    """问卷台账: questions asked together, on paper."""

    model = Questionnaire
    slug = "questionnaires"
    purpose = _("一次调研用的问卷，打印出来在纸上填。")
    line = Line.SURVEYS
    detail = True
    columns = ["code", "name", "survey", "questions", "sent_count", "valid_count", "year"]
    search = ["name", "survey__topic"]
    filters = ["year", "survey"]
    form = [
        Section(_("问卷"), "year", "name", "survey", "greeting", "questions"),
        Section(_("发放"), "sent_count", "valid_count"),
    ]
    totals = ["sent_count", "valid_count"]
    tabs = [Tab("tallies", "questionnaire")]
    actions = [
        Action(_("打印纸质问卷"), "paper_form"),
        Action(_("结果表"), "questionnaire_results"),
    ]


class TallyRegister(Register):
    """问卷统计台账: how many ticked what, by group; the office's alone."""

    model = Tally
    slug = "tallies"
    purpose = _("问卷各个选项有多少人选，只记人数，不记是谁。")
    line = Line.SURVEYS
    detail = True
    columns = ["code", "questionnaire", "question", "option", "group", "count"]
    search = ["question__wording", "option"]
    filters = ["year", "questionnaire", "question", "group"]
    form = [
        Section(_("统计"), "year", "questionnaire", "question", "option", "group", "count"),
    ]
