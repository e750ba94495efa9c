"""Pages of surveys beyond the registers: the paper form, the results, needs found."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from laoqu.access.rules import CHANGE, rows
from laoqu.areas.surveys import services
from laoqu.areas.surveys.models import Questionnaire, Survey, Tally
from laoqu.register.registry import Register


def paper_form(request: HttpRequest, pk: int) -> HttpResponse:
    """纸质问卷: the questions on A4, to be filled in by hand."""
    questionnaire = get_object_or_404(rows(request.user, Questionnaire), pk=pk)
    context = {"questionnaire": questionnaire, "questions": questionnaire.asked()}
    return render(request, "surveys/paper.html", context)


@login_required
def questionnaire_results(request: HttpRequest, pk: int) -> HttpResponse:
    """结果表: options × groups with small cells kept back, fit to be handed on."""
    questionnaire = get_object_or_404(rows(request.user, Questionnaire), pk=pk)
    tables = services.results(request.user, questionnaire)
    context = {
        "questionnaire": questionnaire,
        "tables": tables,
        "hides": any(table.hides for table in tables),
        "least": services.LEAST,
        "may_tally": rows(request.user, Tally, CHANGE).exists(),
    }
    return render(request, "surveys/results.html", context)


@login_required
def survey_need(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a new need that a survey brought to light."""
    survey = get_object_or_404(rows(request.user, Survey, CHANGE), pk=pk)
    if "needs" not in Register.registers:
        raise Http404
    places = survey.places.select_related("parent")
    given = {
        "year": survey.year,
        "survey": survey.pk,
        "places": "、".join(place.full_name for place in places),
    }
    return redirect(f"{reverse('register_create', args=['needs'])}?{urlencode(given)}")
