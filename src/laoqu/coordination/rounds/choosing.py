"""What a round is made of: every change checks that nobody else changed it, and leaves history."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext as _

from laoqu.access.rules import CHANGE, may, rows
from laoqu.areas.funds.balance import Balance, balances
from laoqu.areas.funds.models import Fund, FundFlow
from laoqu.areas.needs.models import Need
from laoqu.areas.needs.models import Stage as NeedStage
from laoqu.areas.places.models import Place
from laoqu.coordination.rounds.models import Pin, Round, RoundChannel, RoundLimit, RoundNeed
from laoqu.register.models import State

GONE = (State.VOID, State.RETURNED)


@contextmanager
def changing(found: Round, user: object, version: int | None, note: str) -> Iterator[Round]:
    """The open round, locked; what the block does to it is one change with one history entry.

    Errors: `ValidationError` with a sentence where somebody changed the round since the page was
    opened, or the meeting has decided; `PermissionDenied` where the round is not the user's.
    """
    with transaction.atomic():
        current = locked(found, user, version)
        current.check_edit()
        yield current
        keep(current, note)


def locked(found: Round, user: object, version: int | None) -> Round:
    """The stored round, locked until the end of the transaction. Errors as `changing`."""
    current = Round.objects.select_for_update().get(pk=found.pk)
    if not may(user, CHANGE, current):
        raise PermissionDenied
    if version != current.version:
        raise ValidationError(
            _("您打开这一页以后，别人已经改过这个方案，您的改动没有存。请看过新内容再改。")
        )
    return current


def keep(current: Round, note: str) -> None:
    """Save a change of the round with its version and history."""
    current.version += 1
    current._change_reason = note[:100]
    current.full_clean(exclude=["association"])
    current.save()


def listed_needs(user: object, found: Round) -> QuerySet[Need]:
    """The needs that may be taken in: on the list, estimated, with something left to pay."""
    own = rows(user, Need).filter(association=found.association, stage=NeedStage.LISTED)
    to_pay = own.exclude(state__in=GONE).filter(estimated__isnull=False)
    with_cost = to_pay.exclude(self_raised__gte=F("estimated")).filter(estimated__gt=0)
    places = Prefetch("places", Place.objects.select_related("parent"))
    return with_cost.prefetch_related(places).order_by("year", "code")


def open_funds(user: object, found: Round) -> list[Balance]:
    """The funds that may be taken in, with their balances; those without money left come too."""
    own = rows(user, Fund).filter(association=found.association, year=found.year)
    funds = list(own.exclude(state__in=GONE).select_related("policy", "manager").order_by("code"))
    return balances(funds, FundFlow.objects.filter(fund__in=funds))


def available(balance: Balance) -> Any:
    """What of a fund is not yet allocated, paid or returned, in yuan."""
    used = max(balance.allocated, balance.paid, balance.spent) + balance.returned
    return max(balance.quota - used, 0)


def choose_needs(current: Round, user: object, shown: set[int], picked: set[int]) -> int:
    """Take in the picked ones of the needs shown, and leave out the others. Returns: how many."""
    allowed = set(listed_needs(user, current).filter(pk__in=shown).values_list("pk", flat=True))
    present = set(current.chosen.values_list("need", flat=True))
    leaving = (shown - picked) & present
    decided = current.departures.filter(withdrawn=False, need__in=leaving).select_related("need")
    if decided:
        raise ValidationError(
            _("“%(need)s”会议已经调整过，不能拿掉。请先撤回这条调整。")
            % {"need": decided[0].need.name}
        )
    current.chosen.filter(need__in=leaving).delete()
    for key in sorted((picked & allowed) - present):
        RoundNeed.objects.create(round=current, need_id=key)
    return len(picked & allowed | (present - leaving))


def choose_channels(current: Round, offered: Sequence[dict[str, Any]]) -> None:
    """Take in the funds offered with their budgets; a fund left out is no longer used.

    Args:
        offered: `fund`, `budget`, `match_percent` and `fee_percent` of each fund to use.
    """
    kept = {row["fund"].pk for row in offered}
    used = {
        payment["channel"]
        for departure in current.departures.filter(withdrawn=False)
        for payment in departure.payments
    }
    for channel in current.channels.exclude(fund__in=kept).select_related("fund"):
        if channel.fund.code in used:
            raise ValidationError(
                _("会议调整里用到了“%(fund)s”，不能拿掉。请先撤回那条调整。")
                % {"fund": channel.fund.name}
            )
        channel.delete()
    for row in offered:
        told = {name: row[name] for name in ("budget", "match_percent", "fee_percent")}
        channel, _created = RoundChannel.objects.update_or_create(
            round=current, fund=row["fund"], defaults=told
        )


def pin(current: Round, need: int, choice: str) -> RoundNeed:
    """Fix a need in or out, or leave it to the rule."""
    one = _chosen(current, need)
    if choice not in Pin.values:
        raise ValidationError(_("请选“一定要办”“这次不办”或“由算法定”。"))
    one.pin = choice
    one.save()
    return one


def set_terms(current: Round, need: int, terms: dict[str, Any]) -> None:
    """How one need may be paid: in part or whole, and after which other."""
    one = _chosen(current, need)
    one.divisible = terms["divisible"]
    one.min_stage = terms["min_stage"] if terms["divisible"] else None
    one.after = terms["after"]
    first = dict(current.chosen.values_list("pk", "after"))
    first[one.pk] = before = one.after_id
    while before is not None:
        if before == one.pk:
            raise ValidationError(_("这几条互相要对方先办，谁也办不成。请另选。"))
        before = first.get(before)
    one.save()


def _chosen(current: Round, need: int) -> RoundNeed:
    one = current.chosen.filter(need=need).select_related("need").first()
    if one is None:
        raise ValidationError(_("这条需求已经不在方案里了。请刷新页面再看。"))
    return one


def add_limit(current: Round, limit: RoundLimit) -> None:
    """Set one more rule for the round."""
    limit.round = current
    limit.save()


def remove_limit(current: Round, key: int) -> None:
    """Take a rule back; one that is gone already stays gone."""
    current.limits.filter(pk=key).delete()
