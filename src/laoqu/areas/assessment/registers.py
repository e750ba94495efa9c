"""考评指标体系、指标、考评、逐项评定台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.areas.assessment import names as names
from laoqu.areas.assessment.models import Assessment, Criterion, Mark, Scheme
from laoqu.register.flows import Flow
from laoqu.register.registry import Action, Line, Register, Section, Tab


class SchemeRegister(Register):
    """考评指标体系台账: sets of criteria, each version a row."""

    model = Scheme
    slug = "schemes"
    purpose = _("“六有四好”“五有”等考评办法的各个版本。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "name", "edition", "for_whom", "year"]
    search = ["name", "edition"]
    filters = ["year", "name"]
    form = [Section(_("体系"), "year", "name", "edition", "for_whom")]
    tabs = [Tab("criteria", "scheme"), Tab("assessments", "scheme")]
    list_actions = [Action(_("放入通行的两套指标"), "add_common_schemes")]


class CriterionRegister(Register):
    """考评指标台账: the standards, and the figures that show them."""

    model = Criterion
    slug = "criteria"
    purpose = _("考评的每一条标准，看台账里的哪些数。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "scheme", "group", "rank", "name", "way", "figures"]
    search = ["name", "standard", "figures"]
    filters = ["year", "scheme", "group", "way"]
    form = [
        Section(_("指标"), "year", "scheme", "group", "rank", "name"),
        Section(_("怎么评"), "standard", "way", "figures"),
    ]


class AssessmentRegister(Register):
    """自身建设考评台账: whom, by which set, in which year."""

    model = Assessment
    slug = "assessments"
    purpose = _("每年对谁、按哪个办法考评。")
    line = Line.SELF_BUILDING
    columns = ["code", "organisation", "scheme", "year", "stage"]
    search = ["organisation__name", "scheme__name"]
    filters = ["year", "scheme", "organisation", "stage"]
    form = [
        Section(_("考评"), "year", "scheme", "organisation"),
        Section(_("复核和反馈"), "checked_by", "answer"),
    ]
    shown = ["stage"]
    tabs = [Tab("marks", "assessment")]
    actions = [Action(_("考评表（自动取数）"), "assessment_sheet")]
    flow = Flow(
        "stage",
        {
            "planned": ("self_assessed",),
            "self_assessed": ("checked", "planned"),
            "checked": ("answered", "self_assessed"),
            "answered": ("rectifying", "cleared"),
            "rectifying": ("cleared",),
            "cleared": ("filed", "rectifying"),
        },
        strip=(
            "planned", "self_assessed", "checked", "answered", "rectifying", "cleared", "filed",
        ),
        office=("checked", "answered", "cleared", "filed"),
    )  # fmt: skip


class MarkRegister(Register):
    """逐项评定台账: each criterion with its mark, gap and measure."""

    model = Mark
    slug = "marks"
    purpose = _("考评逐条的评定、差距和整改措施。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "assessment", "criterion", "result", "gap", "due_on", "rectified_on"]
    search = ["criterion__name", "gap", "measure", "responsible"]
    filters = ["year", "assessment", "criterion", "result"]
    form = [
        Section(_("评定"), "year", "assessment", "criterion", "result", "evidence"),
        Section(_("差距和整改"), "gap", "measure", "responsible", "due_on", "rectified_on"),
        Section(_("复核"), "check_note"),
    ]
