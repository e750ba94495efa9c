"""看进度: what is under way, each count opening the list it was counted from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laoqu.access.rules import CHANGE, may_add, rows
from laoqu.areas.heritage.models import Site
from laoqu.areas.heritage.services import gap_list
from laoqu.areas.meetings.services import reminders
from laoqu.areas.projects.models import Project
from laoqu.areas.projects.stages import Stage
from laoqu.areas.rules.services import reviews_due
from laoqu.coordination.overlaps.models import waiting_overlaps
from laoqu.intake.models import Reading
from laoqu.intake.models import Stage as ReadingStage
from laoqu.intake.services import resume, sources
from laoqu.register.filters import filterset_for
from laoqu.register.models import ExportRequest, Source, State
from laoqu.register.registry import Register
from laoqu.register.reviewing import waiting_for_review

ASKED = (
    (_("督办任务，红（超期）"), "tasks", {"colour": "red"}),
    (_("督办任务，黄（滞后）"), "tasks", {"colour": "yellow"}),
    (_("督办任务，蓝（临近）"), "tasks", {"colour": "blue"}),
    (_("绿色通道诉求，超时没有办结"), "requests", {"overdue": "yes"}),
    (_("绿色通道诉求，没有办结"), "requests", {"overdue": "open"}),
    (_("老区需求，还没有答复"), "needs", {"answered": "no"}),
    (_("帮扶项目，逾期未完工"), "projects", {"late": "yes"}),
    (_("资金，快到截止日期还没支出完"), "funds", {"spending": "due"}),
    (_("送戏，交了回执还没结算"), "performances", {"settlement": "due"}),
    (_("培训，满三个月该回访"), "trainings", {"revisit": "due"}),
    (_("遗址巡查，有问题还没整改"), "heritage-inspections", {"rectified": "open"}),
    (_("基金捐赠，还没公布"), "fund-donations", {"published": "no", "counted": "yes"}),
    (_("基金使用，还没公布"), "fund-uses", {"published": "no", "counted": "yes"}),
    (_("建议，今年还没回头看"), "recommendations", {"look_back": "due"}),
)
"""What is asked of a register: a label, the register, the parameters of its list."""

ENDED = (Stage.ARCHIVED, Stage.TERMINATED, Stage.REMOVED, Stage.SCRAPPED)


@dataclass(frozen=True)
class Line:
    """A label, how many, and the list that holds them."""

    label: Any
    number: int
    url: str


def under_way(user: object) -> list[Line]:
    """What is not finished, the most pressing first; nothing that is nought."""
    found = [_asked(user, *one) for one in ASKED]
    today = timezone.localdate()
    due = len(reminders(user, today))
    found.append(Line(_("该筹备的例会"), due, reverse("meeting_reminders")))
    sites = Register.registers["heritage-sites"].countable(rows(user, Site))
    late = sum(site.overdue for site in gap_list(sites, today).rows)
    found.append(Line(_("遗址，四有已过期限"), late, reverse("heritage_gaps")))
    reviews = len(reviews_due(user, today))
    found.append(Line(_("该复查的制度"), reviews, reverse("rule_reviews")))
    waiting = rows(user, ExportRequest, CHANGE).filter(approved=None).count()
    found += [
        Line(
            _("待审核：%(register)s") % {"register": register.label},
            number,
            f"{register.url()}?state={State.SUBMITTED}",
        )
        for register, number in waiting_for_review(user, Register.registers.values())
    ]
    found.append(Line(_("个人信息导出，等批准"), waiting, reverse("exports")))
    return [one for one in found if one.number]


def _asked(user: object, label: Any, slug: str, parameters: dict[str, str]) -> Line:
    register = Register.registers[slug]
    filters = filterset_for(register, user)(parameters, rows(user, register.model), request=None)
    return Line(label, filters.qs.count(), f"{register.url()}?{urlencode(parameters)}")


def project_stages(user: object) -> Iterator[Line]:
    """How many projects stand at each stage, in the order of the chain."""
    found = rows(user, Project).exclude(state=State.VOID).exclude(stage__in=ENDED).order_by()
    counted = dict(found.values_list("stage").annotate(Count("pk")))
    url = Register.registers["projects"].url()
    for stage in Stage:
        if stage in counted:
            yield Line(stage.label, counted[stage], f"{url}?stage={stage.value}")


@login_required
def progress(request: HttpRequest) -> HttpResponse:
    """The page: what is being read, what waits for a decision, what is under way."""
    resume()
    context = {
        "readings": rows(request.user, Reading, CHANGE).exclude(stage=ReadingStage.DONE),
        "sources": sources(request.user).filter(waiting__gt=0).order_by("received_at"),
        "overlaps": waiting_overlaps(request.user),
        "under_way": under_way(request.user),
        "stages": list(project_stages(request.user)),
        "may_take_in": may_add(request.user, Source),
    }
    return render(request, "reporting/progress.html", context)
