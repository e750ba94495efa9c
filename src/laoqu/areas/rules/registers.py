"""规章制度、版本、学习台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.areas.rules import names as names
from laoqu.areas.rules.models import Rule, RuleVersion, Study
from laoqu.register.filters import PlaceFilters
from laoqu.register.registry import Action, Line, Register, Section, Tab


class RuleRegister(Register):
    """规章制度台账: the rules library; each rule keeps all its versions."""

    model = Rule
    slug = "rules"
    purpose = _("会里有哪些规章制度，现在用哪一版。")
    line = Line.SELF_BUILDING
    columns = ["code", "name", "kind", "posted_at", "reviewed_on", "repealed_on"]
    search = ["name", "versions__text"]
    filters = ["year", "kind"]
    form = [
        Section(_("制度"), "year", "name", "kind"),
        Section(_("执行"), "posted_at", "reviewed_on", "repealed_on"),
    ]
    tabs = [Tab("rule-versions", "rule")]
    actions = [Action(_("上墙版"), "rule_wall_sheet")]
    list_actions = [Action(_("该复查的制度"), "rule_reviews")]


class RuleVersionRegister(Register):
    """制度版本台账: what a rule says from a day on, and what changed."""

    model = RuleVersion
    slug = "rule-versions"
    purpose = _("每项制度各个版本的全文，和改了什么。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "rule", "effective_on", "meeting", "to_acknowledge", "acknowledged"]
    search = ["rule__name", "text", "reason"]
    filters = ["year", "rule"]
    form = [
        Section(_("版本"), "year", "rule", "effective_on", "meeting"),
        Section(_("内容"), "text", "reason"),
        Section(_("知悉签收"), "to_acknowledge", "acknowledged"),
    ]
    totals = ["to_acknowledge", "acknowledged"]
    actions = [Action(_("改了什么"), "rule_changes", "before")]


class StudyRegister(Register):
    """学习台账: study together, party lessons, outings with their approval and cost."""

    model = Study
    slug = "studies"
    purpose = _("集体学习、党课、外出瞻仰，费用和审批一起记。")
    line = Line.SELF_BUILDING
    not_shown = ["open_list"]
    columns = ["code", "topic", "kind", "held_on", "location", "count", "cost"]
    search = ["topic", "materials", "points", "location", "places__name"]
    filters = ["year", "kind", "host"]
    filterset = PlaceFilters
    form = [
        Section(_("学习"), "year", "topic", "kind", "host", "held_on", "location", "places"),
        Section(_("参加"), "participants", "count", "unit", "approximate"),
        Section(_("内容"), "materials", "points", "thoughts"),
        Section(_("外出"), "approved_by", "cost"),
    ]
    totals = ["cost"]
