"""Pages of rules beyond the registers: the wall sheet, what changed, the reviews due."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from laoqu.access.rules import rows
from laoqu.areas.rules import services
from laoqu.areas.rules.models import Rule, RuleVersion


def rule_wall_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """上墙版: the text in force in large type, to print and put up."""
    rule = get_object_or_404(rows(request.user, Rule), pk=pk)
    version = services.version_in_force(rule, timezone.localdate())
    if version is not None and not rows(request.user, RuleVersion).filter(pk=version.pk).exists():
        version = None
    return render(request, "rules/wall.html", {"rule": rule, "version": version})


def rule_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """改了什么: a version against the one before, sentence by sentence."""
    version = get_object_or_404(rows(request.user, RuleVersion), pk=pk)
    before = version.before()
    if before is not None:
        get_object_or_404(rows(request.user, RuleVersion), pk=before.pk)
    context = {"version": version, "before": before, "changes": list(version.changes())}
    return render(request, "rules/changes.html", context)


@login_required
def rule_reviews(request: HttpRequest) -> HttpResponse:
    """该复查的制度: rules neither renewed nor reviewed for a year."""
    due = services.reviews_due(request.user, timezone.localdate())
    return render(request, "rules/reviews.html", {"due": due})
