"""选需求、选资金、看重什么、定规矩: what a round is made of."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from laoqu.access.rules import rows
from laoqu.areas.funds.models import Match
from laoqu.areas.places.models import Place
from laoqu.coordination.rounds import choosing
from laoqu.coordination.rounds.forms import ChannelForm, LimitForm, NeedFilter, WeightsForm
from laoqu.coordination.rounds.models import LimitKind, Round
from laoqu.coordination.rounds.problem import Material, cost
from laoqu.coordination.rounds.views.common import (
    back,
    carry_out,
    number_in,
    own_round,
    show,
    version_in,
)
from laoqu.register.asked import whole_number
from laoqu_engines.values.money import wan_yuan


@login_required
def needs(request: HttpRequest, pk: int) -> HttpResponse:
    """选需求: which needs of the list this round is about; only those shown are changed."""
    found = own_round(request, pk)
    if request.method == "POST":
        return _save_needs(request, found)
    narrowed = NeedFilter(request.GET, choosing.listed_needs(request.user, found), request.user)
    chosen = set(found.chosen.values_list("need", flat=True))
    shown = [
        {"need": need, "chosen": need.pk in chosen, "cost": wan_yuan(cost(need))}
        for need in narrowed.chosen()
    ]
    context = {"filter": narrowed, "shown": shown, "chosen_count": len(chosen)}
    return show(request, "needs", found, context)


def _save_needs(request: HttpRequest, found: Round) -> HttpResponse:
    shown = {whole_number(key) for key in request.POST.getlist("shown")} - {None}
    picked = {whole_number(key) for key in request.POST.getlist("need")} & shown
    if "all" in request.POST:
        picked = shown

    def change() -> None:
        with choosing.changing(found, request.user, version_in(request), _("选需求")) as current:
            choosing.choose_needs(current, request.user, shown, picked)

    saved = carry_out(request, change, _("需求已存好。"))
    onward = "round_funds" if saved and "onward" in request.POST else "round_needs"
    return back(onward, found)


@login_required
def funds(request: HttpRequest, pk: int) -> HttpResponse:
    """选资金: which funds are brought together, how much of each, and what each demands."""
    found = own_round(request, pk)
    offered = _channel_forms(request, found)
    status = 200
    if request.method == "POST":
        if all(form.is_valid() for _balance, form in offered):
            used = [
                {
                    "fund": balance.fund,
                    "budget": form.cleaned_data["budget"],
                    "match_percent": form.cleaned_data["match_percent"] or 0,
                    "fee_percent": form.cleaned_data["fee_percent"] or 0,
                }
                for balance, form in offered
                if form.cleaned_data["used"]
            ]

            def change() -> None:
                version = version_in(request)
                with choosing.changing(found, request.user, version, _("选资金")) as current:
                    choosing.choose_channels(current, used)

            if carry_out(request, change, _("资金已存好。")):
                return back("round_weights" if "onward" in request.POST else "round_funds", found)
        status = 400
    return show(request, "funds", found, {"offered": offered}, status)


def _channel_forms(request: HttpRequest, found: Round) -> list[tuple[Any, ChannelForm]]:
    known = {channel.fund_id: channel for channel in found.channels.all()}
    offered = []
    for balance in choosing.open_funds(request.user, found):
        channel = known.get(balance.fund.pk)
        policy = balance.fund.policy
        initial = {
            "used": channel is not None,
            "budget": channel.budget if channel else choosing.available(balance),
            "match_percent": _plain(channel.match_percent if channel else 0),
            "fee_percent": _plain(
                channel.fee_percent if channel else (policy and policy.fee_percent) or 0
            ),
        }
        form = ChannelForm(request.POST or None, initial=initial, prefix=f"f{balance.fund.pk}")
        balance.fund.asks_for_match = policy is not None and policy.match == Match.REQUIRED
        balance.fund.free = choosing.available(balance)
        offered.append((balance, form))
    return offered


def _plain(percent: Any) -> str:
    """A number without needless zeros."""
    return f"{Decimal(percent).normalize():f}"


@login_required
def weights(request: HttpRequest, pk: int) -> HttpResponse:
    """看重什么: the four sliders, and what they make of each need."""
    found = own_round(request, pk)
    form = WeightsForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data

        def change() -> None:
            version = version_in(request)
            with choosing.changing(found, request.user, version, _("改看重什么")) as current:
                for name, value in told.items():
                    setattr(current, name, value)

        if carry_out(request, change, _("已存好，得分按新的重算。")):
            return back("round_limits" if "onward" in request.POST else "round_weights", found)
        found = own_round(request, pk)
    material = Material(found)
    scored = sorted(
        ((one.need, material.scores[one.need.code]) for one in material.chosen),
        key=lambda pair: (-pair[1].value, pair[0].code),
    )
    context = {"form": form, "scored": scored}
    return show(request, "weights", found, context, 400 if form.errors else 200)


@login_required
def limits(request: HttpRequest, pk: int) -> HttpResponse:
    """定规矩: what the plan must keep, sentence by sentence."""
    found = own_round(request, pk)
    places = _places(request, found)
    asked = request.POST.get("kind", "")
    offered = [
        LimitForm(kind, request.POST if kind == asked else None, places) for kind in LimitKind
    ]
    form = next((form for form in offered if form.kind == asked), None)
    if form is not None and form.is_valid():
        limit = form.save(commit=False)

        def change() -> None:
            version = version_in(request)
            with choosing.changing(found, request.user, version, _("加一条规矩")) as current:
                choosing.add_limit(current, limit)

        if carry_out(request, change, _("规矩已加上。")):
            return back("round_limits", found)
    set_rules = found.limits.select_related("place__parent")
    context = {"offered": offered, "form": form, "limits": set_rules}
    status = 400 if form is not None and form.errors else 200
    return show(request, "limits", found, context, status)


def _places(request: HttpRequest, found: Round) -> Any:
    """The villages of the round's needs, and their townships."""
    inside = Place.objects.filter(needs__chosen_in__round=found)
    keys = Q(pk__in=inside.values("pk")) | Q(
        level="township", pk__in=inside.order_by().values("parent")
    )
    return rows(request.user, Place).filter(keys).select_related("parent").order_by("area_code")


@require_POST
@login_required
def remove_limit(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one rule back."""
    found = own_round(request, pk)

    def change() -> None:
        version = version_in(request)
        with choosing.changing(found, request.user, version, _("去掉一条规矩")) as current:
            choosing.remove_limit(current, number_in(request, "limit"))

    carry_out(request, change, _("规矩已去掉。"))
    return back("round_limits", found)
