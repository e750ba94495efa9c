"""The rules table: role → action → the anchor a row must share with the person's appointment.

`rows()` returns a queryset and `may()` is defined by `rows()`, so a page that forgets to ask shows
nothing rather than everything.
"""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from laoqu.access.anchors import (
    ANCHORS,
    ASSOCIATION,
    DEPARTMENT,
    NOBODY,
    PLACE,
    PUBLIC,
    SHOWN_AT_PLACE,
    SHOWN_TO_DEPARTMENT,
    UPPER,
)
from laoqu.access.models import Appointment, Association, Role

M = TypeVar("M", bound=Model)

VIEW, ADD, CHANGE, DELETE, REVIEW = ACTIONS = ("view", "add", "change", "delete", "review")

RULES: dict[str, dict[str, str]] = {
    Role.OFFICE: {
        VIEW: ASSOCIATION,
        ADD: ASSOCIATION,
        CHANGE: ASSOCIATION,
        DELETE: ASSOCIATION,
        REVIEW: ASSOCIATION,
    },
    Role.DEPARTMENT: {VIEW: DEPARTMENT, ADD: DEPARTMENT, CHANGE: DEPARTMENT},
    Role.TOWNSHIP: {VIEW: PLACE, ADD: PLACE, CHANGE: PLACE},
    Role.VILLAGE: {VIEW: PLACE},
    Role.UPPER: {VIEW: UPPER},
}
"""What each role may do, and through which anchor. An action that is absent is denied."""

FOR_VIEWING = {
    DEPARTMENT: (SHOWN_TO_DEPARTMENT, ASSOCIATION),
    PLACE: (SHOWN_AT_PLACE, ASSOCIATION),
    UPPER: (ASSOCIATION,),
}
"""The anchors that viewing falls back to, in turn, where a model lacks the one of the rule."""

ALL = Q()
"""The condition that every row meets; written out, it would keep a database from its indexes."""

EVERYBODY: dict[str, str] = {VIEW: PUBLIC}
"""What anybody may do, logged in or not."""


def appointments(user: object) -> list[Appointment]:
    """The appointments of a person; an association itself (in reports) has its office's."""
    if isinstance(user, Association):
        return [Appointment(role=Role.OFFICE, association=user)]
    if not getattr(user, "is_authenticated", False):
        return []
    cached = getattr(user, "_appointments", None)
    if cached is None:
        cached = list(
            Appointment.objects.filter(user_id=user.pk)  # type: ignore[attr-defined]
            .select_related("association", "organisation", "place")
            .order_by("pk")
        )
        user._appointments = cached  # type: ignore[attr-defined]
    return cached


def association_of(user: object, model: type[Model] | None = None) -> Association | None:
    """The association a person works for: that of the first appointment.

    Args:
        model: if given, of the first appointment that may add rows of it.
    """
    held = [one for one in appointments(user) if not model or anchor_of(model, one.role, ADD)]
    return held[0].association if held else None


def associations_below(user: object) -> list[Association]:
    """The associations whose rows a person sees from a level above, by area code; mostly none."""
    above = [held.association for held in appointments(user) if held.role == Role.UPPER]
    if not above:
        return []
    inside = _any(Q(area_code__startswith=association.area_code) for association in above)
    return list(Association.objects.filter(inside).order_by("area_code"))


def is_office(user: object, association: int) -> bool:
    """Whether a person belongs to the office of the association with this key."""
    return any(
        held.role == Role.OFFICE and held.association_id == association
        for held in appointments(user)
    )


def of_association(found: QuerySet[M], association: Association) -> QuerySet[M]:
    """Of `found`, the rows of one association; places, which belong to none, stay."""
    own = hasattr(found.model, "association")
    return found.filter(association=association) if own else found


def rows(
    user: object, model: type[M], action: str = VIEW, *, published: bool = True
) -> QuerySet[M]:
    """The rows of `model` on which `user` may carry out `action`. Shape: a queryset without joins.

    Args:
        user: a Django user (anonymous too), or an `Association` acting as its own office.
        action: one of `ACTIONS`.
        published: whether with the rows that anybody may look at.
    """
    if action not in ACTIONS:
        raise ValueError(f"unknown action {action!r}")
    manager = model._default_manager
    allowed = [_by_appointment(model, action, held) for held in appointments(user)]
    if published and EVERYBODY.get(action):
        allowed.append(_published(model))
    if ALL in allowed:
        return manager.all()
    return manager.filter(_any(allowed))


def may(user: object, action: str, row: Model) -> bool:
    """Whether `user` may carry out `action` on this saved row."""
    return rows(user, type(row), action).filter(pk=row.pk).exists()


def is_inside(user: object, row: Model) -> bool:
    """Whether an appointment lets `user` look at this row, not only that it is published."""
    return rows(user, type(row), published=False).filter(pk=row.pk).exists()


def may_any(user: object, model: type[Model], action: str) -> bool:
    """Whether `user` may carry out `action` on some rows of `model`; costs no query of rows."""
    return any(anchor_of(model, held.role, action) for held in appointments(user))


def may_add(user: object, model: type[Model]) -> bool:
    """Whether `user` may add any row of `model` at all; the saved row is checked by `may()`."""
    return may_any(user, model, ADD)


def _any(conditions: Iterable[Q | None]) -> Q:
    combined = Q(pk__in=[])
    for condition in conditions:
        if condition is not None:
            combined |= condition
    return combined


def _published(model: type[Model]) -> Q | None:
    public = ANCHORS[model._meta.label].get(PUBLIC)
    if public is None:
        return None
    assert isinstance(public, dict)
    return Q(**public)


def anchor_of(model: type[Model], role: str, action: str) -> str:
    """The anchor through which a role reaches rows of a model; empty where it reaches none."""
    anchor = RULES[role].get(action, "")
    anchors = ANCHORS[model._meta.label]
    if action == VIEW and anchor and anchor not in anchors:
        anchor = next((other for other in FOR_VIEWING[anchor] if other in anchors), "")
    return anchor if anchors.get(anchor, NOBODY) != NOBODY else ""


def _by_appointment(model: type[Model], action: str, held: Appointment) -> Q | None:
    anchor = anchor_of(model, held.role, action)
    if not anchor:
        return None
    path = ANCHORS[model._meta.label][anchor]
    assert isinstance(path, str)
    if anchor == ASSOCIATION:
        return _in_area(path, held)
    if anchor == SHOWN_TO_DEPARTMENT:
        inner = model._default_manager.filter(**{path: held.organisation})
        return Q(pk__in=inner.values("pk"))
    if anchor == DEPARTMENT:
        return Q(pk=held.organisation_id) if path == "self" else Q(**{path: held.organisation})
    return _at_place(model, path, held)


def _in_area(path: str, held: Appointment) -> Q:
    """Rows of the association; an upper level covers all associations whose code begins like it."""
    code = held.association.area_code
    if path == "area":
        return Q(area_code__startswith=code)
    if held.role == Role.UPPER:
        column = "area_code" if path == "self" else f"{path}__area_code"
        return Q(**{f"{column}__startswith": code})
    return Q(pk=held.association_id) if path == "self" else Q(**{path: held.association})


def _at_place(model: type[Model], path: str, held: Appointment) -> Q:
    """Rows at the place of the appointment or below it; the outer rows are never joined."""
    prefix = held.place.prefix  # type: ignore[union-attr]
    if path == "self":
        return Q(area_code__startswith=prefix)
    inner = model._default_manager.filter(
        **{f"{path}__area_code__startswith": prefix, "association": held.association}
    )
    return Q(pk__in=inner.values("pk"))
