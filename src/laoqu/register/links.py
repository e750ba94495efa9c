"""What many-to-many fields held in each version of a record: history tables keep only columns."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from laoqu.register.models import LinkSet, Record

Links = dict[str, list[int]]
BATCH = 500
"""Rows in one insert."""
LOOKED_UP = 5_000
"""Rows looked up by one query."""


def linked_fields(model: type[models.Model]) -> list[Any]:
    """The many-to-many fields that people fill in; passages are not edited, only added."""
    return [field for field in model._meta.many_to_many if field.name != "passages"]


def named(model: Any) -> Any:
    """The rows of a model with what their full names are made of."""
    found = model._default_manager.all()
    return found.select_related("parent") if hasattr(model, "parent") else found


def links_of(model: type[models.Model], keys: Sequence[int]) -> dict[int, Links]:
    """The present links of rows. One query for each many-to-many field and batch."""
    found: dict[int, Links] = {key: {f.name: [] for f in linked_fields(model)} for key in keys}
    for field in linked_fields(model):
        source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        through = field.remote_field.through._default_manager
        for start in range(0, len(keys), LOOKED_UP):
            part = keys[start : start + LOOKED_UP]
            pairs = through.filter(**{f"{source}__in": part}).order_by("pk")
            for key, linked in pairs.values_list(source, target):
                found[key][field.name].append(linked)
    return found


def write_links(model: type[models.Model], wanted: Mapping[int, Links], *, new: bool) -> None:
    """Make the links of rows be these; those of fields that are not named stay."""
    for field in model._meta.many_to_many:
        source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        through: Any = field.remote_field.through._default_manager  # type: ignore[union-attr]
        keys = [key for key, links in wanted.items() if field.name in links]
        for start in range(0, 0 if new else len(keys), LOOKED_UP):
            through.filter(**{f"{source}__in": keys[start : start + LOOKED_UP]}).delete()
        pairs = [(key, linked) for key in keys for linked in wanted[key][field.name]]
        through.bulk_create(
            (through.model(**{source: key, target: linked}) for key, linked in pairs),
            batch_size=BATCH,
        )


def note_links(
    rows: Sequence[Record], before: Mapping[int, Links], after: Mapping[int, Links]
) -> None:
    """Keep the links of the versions before and after a change, for the rows where they differ.

    Args:
        rows: as they are after the change; the version before is one less.
        before: links by key, without the keys of new rows.
    """
    sets = []
    for row in rows:
        old, new = before.get(row.pk, {}), {**before.get(row.pk, {}), **after.get(row.pk, {})}
        if {name: set(keys) for name, keys in old.items() if keys} == {
            name: set(keys) for name, keys in new.items() if keys
        }:
            continue
        label = row._meta.label
        if row.pk in before:
            sets.append(LinkSet(model=label, object_id=row.pk, version=row.version - 1, links=old))
        sets.append(LinkSet(model=label, object_id=row.pk, version=row.version, links=new))
    if sets:
        LinkSet.objects.bulk_create(sets, batch_size=BATCH, ignore_conflicts=True)


class LinkHistory:
    """The links of rows at every version. One query for each batch."""

    def __init__(self, model: type[models.Model], keys: Sequence[int]) -> None:
        self.sets: dict[int, list[LinkSet]] = defaultdict(list)
        for start in range(0, len(keys), LOOKED_UP):
            part = keys[start : start + LOOKED_UP]
            found = LinkSet.objects.filter(model=model._meta.label, object_id__in=part)
            for link_set in found.order_by("version"):
                self.sets[link_set.object_id].append(link_set)

    def at(self, key: int, version: int) -> Links | None:
        """The links of one row at a version; None where its links never changed."""
        sets = self.sets.get(key)
        if sets is None:
            return None
        before = [link_set for link_set in sets if link_set.version <= version]
        return (before or sets[:1])[-1].links  # type: ignore[no-any-return]
