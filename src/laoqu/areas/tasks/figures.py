"""Figures of tasks, plans and tasks from above."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.figures import Figure, Ratio, Rows, declare

COUNTED = {"counted": "yes"}

TASKS = Figure(
    "tasks.rows",
    _("督办任务"),
    _("本年度已审核的督办任务，一事一行。"),
    _("项"),
    "tasks",
    Rows(),
    COUNTED,
)
TASKS_DONE = Figure(
    "tasks.done",
    _("办结的督办任务"),
    _("本年度督办任务中已办结、销号或归档的。"),
    _("项"),
    "tasks",
    Rows(),
    {**COUNTED, "open": "no"},
)
PLANNED = Figure(
    "plan.items",
    _("年度计划事项"),
    _("本年度已审核的计划事项，一事一行。"),
    _("项"),
    "plan-items",
    Rows(),
    COUNTED,
)
PLAN_KEPT = Figure(
    "plan.kept",
    _("兑现的计划事项"),
    _("本年度计划事项中已兑现的。"),
    _("项"),
    "plan-items",
    Rows(),
    {**COUNTED, "stage": "kept"},
)

declare(
    TASKS,
    TASKS_DONE,
    Ratio(
        "tasks.done_share",
        _("督办任务办结率"),
        _("办结的督办任务 ÷ 督办任务。"),
        TASKS_DONE,
        TASKS,
    ),
    PLANNED,
    PLAN_KEPT,
    Ratio(
        "plan.kept_share",
        _("计划兑现率"),
        _("兑现的计划事项 ÷ 年度计划事项。"),
        PLAN_KEPT,
        PLANNED,
    ),
    Figure(
        "directives.rows",
        _("上级任务"),
        _("本年度已审核的上级任务，一项一行。"),
        _("项"),
        "directives",
        Rows(),
        COUNTED,
    ),
)
