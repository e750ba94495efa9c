"""下达: a decided plan becomes projects, planned contributions and allotted money, all or none.

Each row names the round as its ground. While nothing has been built upon them, one step takes all
of it back: projects become void, money is reversed, needs return to the list.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from laoqu.areas.contributions.models import Contribution
from laoqu.areas.contributions.models import Stage as MoneyStage
from laoqu.areas.funds.models import Fund, FundFlow, FundStep
from laoqu.areas.needs.models import Category, Need
from laoqu.areas.needs.models import Stage as NeedStage
from laoqu.areas.projects.models import Project
from laoqu.areas.projects.stages import SIDE
from laoqu.areas.projects.stages import Stage as ProjectStage
from laoqu.coordination.rounds.choosing import keep, locked
from laoqu.coordination.rounds.deciding import final
from laoqu.coordination.rounds.models import Round, Stage
from laoqu.coordination.rounds.results import NeedRow
from laoqu.register.models import Record, State
from laoqu.register.money import reverse_line
from laoqu_engines.values.money import yuan

Texts = dict[str, dict[str, str]]
"""`target` and `benefit_mechanism` of each project to be made, by code of the need."""


def project_of(need: Need) -> Project | None:
    """The project that already stands for a need."""
    standing = need.projects.exclude(state=State.VOID).exclude(stage__in=SIDE)
    return standing.order_by("code").first()


def first_target(need: Need) -> str:
    """A performance target in the need's own words, to be looked over by a person."""
    built = "、".join(need.works.splitlines()) or need.name
    count = f"{need.count:f}".rstrip("0").rstrip(".") if need.count else ""
    told = [
        _("建成%(built)s%(count)s") % {"built": built, "count": count and f"{count}{need.unit}"}
    ]
    if need.people:
        told.append(_("受益 %(people)s 人") % {"people": need.people})
    return "，".join(told) + "。"


@transaction.atomic
def issue(found: Round, user: object, version: int | None, texts: Texts) -> None:
    """Make the rows of a decided plan.

    Errors: `ValidationError` with a sentence: the round is not decided, a need is no longer on the
    list, a project lacks what its state demands, or a fund has not been issued so much yet.
    """
    current = locked(found, user, version)
    if current.stage != Stage.DECIDED:
        raise ValidationError(_("会议审定以后才能下达，审定过的也只下达一次。请刷新页面看看。"))
    result = final(current)
    assert result is not None
    made: dict[str, list[Any]] = {"projects": [], "needs": [], "contributions": [], "flows": []}
    flows = []
    for row in result.funded:
        project, kept = _project(current, user, row, texts.get(row.need.code, {}))
        made["projects"].append({**kept, "key": project.pk, "version": project.version})
        for paid in row.paid:
            contribution = _contribution(current, user, row, paid.fund, yuan(paid.fen))
            made["contributions"].append(contribution.pk)
            flows.append(_flow(current, user, project, paid.fund, yuan(paid.fen)))
        made["needs"].append(_match(current, row))
    FundFlow.check_written(flows)
    made["flows"] = [flow.pk for flow in flows]
    current.issued, current.stage = made, Stage.ISSUED
    keep(current, _("下达"))


def _write(row: Record, current: Round, user: object) -> None:
    """Check and save a row made from the plan."""
    row.entered_by = user if getattr(user, "is_authenticated", False) else None  # type: ignore[assignment]
    row.note = _("据%(round)s，%(meeting)s审定。") % {
        "round": current.code,
        "meeting": current.meeting.name if current.meeting else "",
    }
    row._change_reason = (_("据%s下达") % current.code)[:100]  # type: ignore[attr-defined]
    row.full_clean(exclude=["association", "code", "amount_as_written"])
    row.save()


def _project(
    current: Round, user: object, row: NeedRow, texts: dict[str, str]
) -> tuple[Project, dict[str, Any]]:
    """The need's own project where there is one, else a new one in the year's plan."""
    need = row.need
    standing = project_of(need)
    if standing is not None:
        return _take_up(current, standing)
    project = Project(
        association=current.association,
        year=current.year,
        name=need.name,
        category=need.category,
        location=need.location,
        department=need.lead or row.paid[0].fund.manager,
        works=need.works,
        count=need.count,
        unit=need.unit,
        planned=yuan(row.paid_fen),
        financing="\n".join(paid.words() for paid in row.paid),
        households=need.households,
        people=need.people,
        target=texts.get("target", "").strip(),
        benefit_mechanism=texts.get("benefit_mechanism", "").strip(),
        admitted_year=current.year,
        approval_doc=f"{current.code} {current.meeting or ''}"[:100].strip(),
        plan_batch=current.code,
        stage=ProjectStage.FUNDED,
    )
    try:
        _write(project, current, user)
    except ValidationError as error:
        raise ValidationError([f"{need.code} {need.name}：{m}" for m in error.messages]) from None
    project.places.set(need.places.all())
    project.needs.set([need])
    return project, {"made": True}


def _take_up(current: Round, project: Project) -> tuple[Project, dict[str, Any]]:
    """An approved project enters the year's plan; any other stays where its chain brought it."""
    before = {"made": False, "stage": project.stage, "plan_batch": project.plan_batch}
    if project.stage == ProjectStage.APPROVED:
        project.stage = ProjectStage.FUNDED
    project.plan_batch = current.code
    project.version += 1
    project._change_reason = (_("据%s下达") % current.code)[:100]  # type: ignore[attr-defined]
    project.full_clean(exclude=["association"])
    project.save()
    return project, before


def _contribution(
    current: Round, user: object, row: NeedRow, fund: Fund, amount: Decimal
) -> Contribution:
    line = Contribution(
        association=current.association,
        year=current.year,
        funder=fund.manager,
        amount=amount,
        stage=MoneyStage.PLANNED,
        works=row.need.name,
    )
    places = list(row.need.places.all())
    line.settle({"places": places})
    _write(line, current, user)
    line.places.set(places)
    return line


def _flow(current: Round, user: object, project: Project, fund: Fund, amount: Decimal) -> FundFlow:
    flow = FundFlow(
        association=current.association,
        year=current.year,
        fund=fund,
        step=FundStep.ALLOCATED,
        amount=amount,
        project=project,
        moved_on=current.meeting.held_on if current.meeting else "",
        document=current.code,
    )
    _write(flow, current, user)
    return flow


def _match(current: Round, row: NeedRow) -> dict[str, Any]:
    """The need is matched, with the funds that pay for it."""
    need = Need.objects.select_for_update().get(pk=row.need.pk)
    if need.stage != NeedStage.LISTED:
        raise ValidationError(
            _("%(need)s 现在是“%(stage)s”，不在清单里，不能下达。请先撤回审定，把它拿掉再测算。")
            % {"need": f"{need.code} {need.name}", "stage": need.get_stage_display()}
        )
    before = need.matched_with
    need.matched_with = f"{current.code}：{row.paid_words()}"[:200]
    need.stage = NeedStage.MATCHED
    _step(need, _("据%s匹配") % current.code)
    return {"key": need.pk, "version": need.version, "matched_with": before}


def _step(row: Any, note: str) -> None:
    row.version += 1
    row._change_reason = note[:100]
    row.full_clean(exclude=["association"])
    row.save()


def built_upon(current: Round) -> list[str]:
    """What was done since on the rows that the plan made, each in words; then it stays."""
    made = current.issued or {}
    found = []
    for kept in made.get("projects", []):
        project = Project.objects.get(pk=kept["key"])
        own = set(made["flows"])
        further = project.flows.exclude(pk__in=own).exists()
        if project.version != kept["version"] or further or _has_followers(project):
            found.append(_("项目 %s 已经有了进展") % f"{project.code} {project.name}")
    for kept in made.get("needs", []):
        need = Need.objects.get(pk=kept["key"])
        if need.version != kept["version"]:
            found.append(_("需求 %s 后来又改过") % f"{need.code} {need.name}")
    for model, name in ((Contribution, "contributions"), (FundFlow, "flows")):
        for line in model._default_manager.filter(pk__in=made.get(name, [])):
            if not line.may_be_reversed():
                found.append(_("%s 已经冲销过") % line.code)
    return found


def _has_followers(project: Project) -> bool:
    return any(
        getattr(project, name).exclude(state=State.VOID).exists()
        for name in ("followups", "indicators", "changes")
    )


@transaction.atomic
def take_back(found: Round, user: object, version: int | None, reason: str) -> None:
    """撤回下达: undo what `issue` made, while nothing has been built upon it.

    Errors: `ValidationError` naming what stands in the way.
    """
    current = locked(found, user, version)
    if current.stage != Stage.ISSUED:
        raise ValidationError(_("这个方案现在不在“下达”，没有可撤回的。请刷新页面看看。"))
    if not reason.strip():
        raise ValidationError(_("请写明为什么撤回下达。"))
    in_the_way = built_upon(current)
    if in_the_way:
        raise ValidationError([_("不能撤回：%s。") % words for words in in_the_way])
    made: dict[str, Any] = current.issued or {}
    note = _("撤回%s的下达") % current.code
    _reverse(FundFlow, made["flows"], user, note)
    _reverse(Contribution, made["contributions"], user, note)
    for kept in made["needs"]:
        need = Need.objects.get(pk=kept["key"])
        need.stage, need.matched_with = NeedStage.LISTED, kept["matched_with"]
        _step(need, note)
    for kept in made["projects"]:
        project = Project.objects.get(pk=kept["key"])
        if kept["made"]:
            project.state = State.VOID
        else:
            project.stage, project.plan_batch = kept["stage"], kept["plan_batch"]
        _step(project, note)
    current.issued, current.stage = None, Stage.DECIDED
    keep(current, _("撤回下达：%s") % reason.strip())


def _reverse(model: Any, keys: Sequence[int], user: object, note: str) -> None:
    for line in model._default_manager.filter(pk__in=keys).order_by("pk"):
        reverse_line(line, user, note)


def asks_for_mechanism(need: Need) -> bool:
    """Whether a project of the need must say how farmers benefit."""
    return need.category == Category.INDUSTRY
