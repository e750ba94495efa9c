"""Keeps the search entries in step: every saved or linked row of a register is entered again."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save

from laoqu.register.registry import Register, register_of
from laoqu.register.search import forget_row, index_rows
from laoqu.register.search_sql import create_index


def connect() -> None:
    """Listen to the models of all registers and to those whose names their rows show."""
    post_migrate.connect(_migrated, sender=apps.get_app_config("register"))
    post_save.connect(_saved)
    post_delete.connect(_deleted)
    m2m_changed.connect(_linked)


def _migrated(using: str, **_rest: Any) -> None:
    create_index(connections[using])


def _saved(
    sender: type[models.Model], instance: models.Model, created: bool, raw: bool, **_rest: Any
) -> None:
    if raw:
        return
    register = register_of(sender)
    if register is not None:
        index_rows(register, [instance])
    index_dependents(sender, [instance], new=created)


def index_dependents(
    model: type[models.Model], changed: Sequence[models.Model], *, new: bool = False
) -> None:
    """Enter again the rows of other registers that show the names of these rows."""
    for other, path, owned in _shown_in(model) if changed else ():
        if new and not owned:  # nothing can point at a row that was not there before
            continue
        related: Any = other.model._default_manager
        keys = [row.pk for row in changed]
        index_rows(other, list(related.filter(**{f"{path}__in": keys}).distinct()))


def _deleted(sender: type[models.Model], instance: models.Model, **_rest: Any) -> None:
    if register_of(sender) is not None:
        forget_row(instance)


def _linked(instance: models.Model, action: str, **_rest: Any) -> None:
    register = register_of(type(instance))
    if register is not None and action.startswith("post_"):
        index_rows(register, [instance])


@cache
def _shown_in(sender: type[models.Model]) -> list[tuple[Register, str, bool]]:
    """The registers whose search text shows names of this model, by which path, and whether as
    rows of their own (aliases) rather than as something they point at."""
    found = []
    for register in Register.registers.values():
        for path in {path.rsplit("__", 1)[0] for path in register.search if "__" in path}:
            if _end(register.model, path) is sender:
                owned = register.model._meta.get_field(path.split("__")[0]).one_to_many
                found.append((register, path, bool(owned)))
    return found


def _end(model: Any, path: str) -> Any:
    for part in path.split("__"):
        model = model._meta.get_field(part).related_model
    return model
