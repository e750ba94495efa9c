"""荣誉、表彰台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.areas.honours.models import Award, Commendation, Nominee
from laoqu.areas.honours.stages import COMMENDATION_FLOW
from laoqu.register.registry import Action, Line, Register, Section, Tab

WALL = Action(_("荣誉墙"), "honour_wall")


class AwardRegister(Register):
    """荣誉台账: honours received, and who gave them."""

    model = Award
    slug = "awards"
    purpose = _("得到的荣誉，谁授予的。")
    line = Line.SELF_BUILDING
    columns = ["code", "name", "level", "receiver", "giver", "awarded_on", "year"]
    search = ["name", "receiver__name", "giver", "reason"]
    filters = ["year", "level", "receiver", "survey"]
    form = [
        Section(_("基本情况"), "year", "name", "level", "receiver", "giver", "awarded_on"),
        Section(_("因为什么"), "reason", "survey"),
    ]
    list_actions = [WALL]


class CommendationRegister(Register):
    """表彰台账: commendations of one's own, from the application to the certificate."""

    model = Commendation
    slug = "commendations"
    purpose = _("会里开展的表彰：先批准，再推荐、征求意见、公示、决定。")
    line = Line.SELF_BUILDING
    columns = ["code", "name", "approval", "quota", "decision", "decided_on", "stage"]
    search = ["name", "approval", "decision"]
    filters = ["year", "stage"]
    form = [
        Section(_("批准"), "year", "name", "approval", "approved_by", "quota", "conditions"),
        Section(_("评审和奖金"), "judges", "prize_approval"),
        Section(_("公示"), "notice_from", "notice_to", "notice_result"),
        Section(_("决定"), "decision", "decided_on"),
    ]
    shown = ["stage"]
    flow = COMMENDATION_FLOW
    tabs = [Tab("nominees", "commendation"), Tab("fund-uses", "commendation")]
    list_actions = [WALL]


class NomineeRegister(Register):
    """表彰推荐台账: who was recommended, what was said of them, what came of it."""

    model = Nominee
    slug = "nominees"
    purpose = _("推荐表彰的人和单位，征求了哪些意见，结果怎样。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "commendation", "name", "unit", "recommended_by", "result", "prize"]
    search = ["name", "unit", "recommended_by", "deeds"]
    filters = ["year", "commendation", "result"]
    form = [
        Section(_("推荐"), "year", "commendation", "name", "member", "unit", "recommended_by"),
        Section(_("评议和意见"), "appraisal", "deeds", "opinions"),
        Section(_("结果"), "result", "certificate", "prize"),
    ]
    totals = ["prize"]
