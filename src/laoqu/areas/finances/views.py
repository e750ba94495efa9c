"""The page of the working budget beyond the registers: its execution by use."""

from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from laoqu.access.rules import rows
from laoqu.areas.finances.models import BudgetExpense, BudgetItem
from laoqu.areas.finances.services import Execution, execution_by_use
from laoqu.register.filters import filterset_for
from laoqu.register.registry import Register


@login_required
def budget_execution(request: HttpRequest) -> HttpResponse:
    """预算执行表: budget, spent and left by use, for the budget lines of the filtered list."""
    register = Register.registers["budget"]
    filters = filterset_for(register, request.user)(
        request.GET, rows(request.user, BudgetItem), request=request
    )
    items = register.countable(filters.qs)
    expenses = Register.registers["expenses"].countable(rows(request.user, BudgetExpense))
    uses = execution_by_use(items, expenses)
    total = Execution(
        _("合计"),
        sum((use.planned for use in uses), Decimal(0)),
        sum((use.spent for use in uses), Decimal(0)),
    )
    context = {
        "register": register,
        "uses": uses,
        "total": total,
        "query": request.GET.urlencode(),
        "year": request.GET.get("year", ""),
    }
    return render(request, "finances/execution.html", context)
