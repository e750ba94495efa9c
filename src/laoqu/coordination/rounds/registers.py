"""统筹方案、会商意见台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.coordination.rounds.models import Opinion, Round, Stage
from laoqu.register.flows import Flow
from laoqu.register.registry import Action, Line, Register, Section, Tab

FLOW = Flow(
    "stage",
    {
        Stage.DRAFT: (Stage.CONSULTED,),
        Stage.CONSULTED: (Stage.ADJUSTED, Stage.DRAFT),
        Stage.ADJUSTED: (Stage.CONSULTED,),
        Stage.ISSUED: (Stage.COMPARED,),
    },
    strip=tuple(Stage),
    office=tuple(Stage),
)
"""会议审定 and 下达 are no plain moves: the round's own pages check the plan and make its rows."""


class RoundRegister(Register):
    """统筹方案台账: each round of bringing funds and needs together, and how far it has come."""

    model = Round
    slug = "rounds"
    purpose = _("把几笔资金和各村的需求放在一起安排，从草案到会议审定、下达、执行对比。")
    line = Line.HELP
    not_shown = ["issued", "solution"]
    columns = ["code", "name", "year", "stage", "meeting"]
    search = ["name", "meeting__name"]
    filters = ["year", "stage"]
    form = [
        Section(_("方案"), "year", "name"),
        Section(
            _("看重什么"),
            "urgency_weight", "people_weight", "weakness_weight", "history_weight",
            "history_years",
        ),
    ]  # fmt: skip
    shown = ["stage", "meeting"]
    tabs = [Tab("round-opinions", "round")]
    actions = [Action(_("打开统筹页"), "round")]
    flow = FLOW


class OpinionRegister(Register):
    """会商意见台账: what departments said about a plan, and what was made of it."""

    model = Opinion
    slug = "round-opinions"
    purpose = _("部门对统筹方案的意见，和采纳的情况。")
    detail = True
    line = Line.HELP
    columns = ["code", "round", "organisation", "attitude", "content", "handling"]
    search = ["round__name", "organisation__name", "content", "handling"]
    filters = ["year", "round", "organisation", "attitude"]
    form = [Section(_("会商意见"), "year", "round", "organisation", "attitude", "content")]
    shown = ["handling"]
