"""执行对比: what was planned beside what was allotted, paid and built, and why they differ."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Sum
from django.utils.translation import gettext as _

from laoqu.areas.funds.models import FundFlow, FundStep
from laoqu.areas.projects.models import Change, Project
from laoqu.areas.projects.stages import SIDE
from laoqu.coordination.rounds.deciding import final
from laoqu.coordination.rounds.models import Round
from laoqu.coordination.rounds.results import NeedRow
from laoqu.register.models import State
from laoqu_engines.values.money import yuan

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One need of the plan and what became of it, in yuan."""

    row: NeedRow
    project: Project | None
    planned: Decimal
    allotted: Decimal
    paid: Decimal
    reason: str

    @property
    def open(self) -> Decimal:
        """Planned and not yet paid; negative where more was paid."""
        return self.planned - self.paid

    @property
    def percent(self) -> int:
        """How much of the planned money is paid."""
        return round(self.paid * 100 / self.planned) if self.planned else 0


@dataclass(frozen=True)
class Execution:
    """A plan beside its execution."""

    lines: tuple[Line, ...]

    @property
    def planned(self) -> Decimal:
        """All money of the plan."""
        return sum((line.planned for line in self.lines), NOTHING)

    @property
    def allotted(self) -> Decimal:
        """All money allotted."""
        return sum((line.allotted for line in self.lines), NOTHING)

    @property
    def paid(self) -> Decimal:
        """All money paid."""
        return sum((line.paid for line in self.lines), NOTHING)

    @property
    def open(self) -> Decimal:
        """All money planned and not yet paid."""
        return self.planned - self.paid


def compare(found: Round) -> Execution:
    """The lines of an issued plan by the codes of their needs; a fixed number of queries."""
    result = final(found)
    made = (found.issued or {}).get("projects", [])
    if result is None or not made:
        return Execution(())
    changes = Prefetch("changes", Change.objects.exclude(state=State.VOID).order_by("code"))
    projects = Project.objects.filter(pk__in=[kept["key"] for kept in made])
    by_need = {
        need.pk: project
        for project in projects.prefetch_related(changes, "needs")
        for need in project.needs.all()
    }
    sums = _sums([project.pk for project in by_need.values()])
    lines = []
    for row in sorted(result.funded, key=lambda row: row.need.code):
        project = by_need.get(row.need.pk)
        key = project.pk if project else 0
        paid = max(sums[key, FundStep.PAID], (project.paid if project else None) or NOTHING)
        lines.append(
            Line(
                row,
                project,
                yuan(row.paid_fen),
                sums[key, FundStep.ALLOCATED],
                paid,
                _reason(project),
            )
        )
    return Execution(tuple(lines))


def _sums(projects: list[int]) -> dict[tuple[int, str], Decimal]:
    """The money of each project by step of the flow."""
    valid = FundFlow.objects.filter(project__in=projects).exclude(
        state__in=(State.VOID, State.RETURNED)
    )
    found: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    grouped = valid.order_by().values_list("project", "step").annotate(total=Sum("amount"))
    for project, step, total in grouped:
        found[project, step] = total
    return found


def _reason(project: Project | None) -> str:
    """Why a project does not go as planned: its changes, or that it stands still."""
    if project is None:
        return _("还没有项目")
    told = [change.reason for change in project.changes.all()]
    if project.stage in SIDE:
        told.insert(0, str(project.get_stage_display()))
    return "；".join(told)
