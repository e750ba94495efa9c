"""What a declaration lacks, found at start: a sentence each, naming the file and what to write."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db import models

from laoqu.access.anchors import ANCHORS
from laoqu.register.models import Record
from laoqu.register.registry import Register
from laoqu.register.sealed import sealed_fields

NEEDED = {
    "model": "model = the class in models.py",
    "purpose": "purpose = _(“one Chinese sentence that says what it holds。”)",
    "line": "line = Line.HELP or another line of work",
    "columns": 'columns = ["code", …], the fields of the list',
}
NOT_PATHS = ("self", "area", "")
"""Anchors that are not names of fields; `access.rules` knows what they mean."""


def refuse_faults() -> None:
    """Raise `ImproperlyConfigured` with every fault of every register; silent where all is well."""
    found = [fault for one in Register.registers.values() for fault in faults_of(one)]
    found += _shared_prefixes(Register.registers.values())
    if found:
        raise ImproperlyConfigured("\n".join(found))


def faults_of(register: Register) -> Iterator[str]:
    """The faults of one register; the later kinds only where the earlier ones are mended."""
    missing = [
        f"{_place(register)}: write {words}."
        for name, words in NEEDED.items()
        if not hasattr(register, name)
    ]
    if missing:
        yield from missing
        return
    yield from _faults_of_model(register)
    unknown = list(_unknown_names(register))
    yield from unknown or [*_faults_of_pages(register), *_faults_of_links(register)]


def _place(register: Register) -> str:
    """Where a register is declared: “src/laoqu/areas/honours/registers.py, AwardRegister”."""
    kind = type(register)
    return f"src/{kind.__module__.replace('.', '/')}.py, {kind.__name__}"


def _faults_of_model(register: Register) -> Iterator[str]:
    model = register.model
    place = f"src/{model.__module__.replace('.', '/')}.py, {model.__name__}"
    label = model._meta.label
    if not re.search(r"[一-鿿]", str(model._meta.verbose_name_plural)):
        yield f"{place}.Meta: write verbose_name and verbose_name_plural, the Chinese name in _()."
    if issubclass(model, Record) and not model.CODE_PREFIX:
        yield f"{place}: write CODE_PREFIX = two Chinese characters that begin every code."
    if label not in ANCHORS:
        yield (
            f'src/laoqu/access/anchors.py: write "{label}": {{ASSOCIATION: "association", …}}, '
            "how a row reaches its association, department and place; until then nobody sees a row."
        )
        return
    for anchor, path in ANCHORS[label].items():
        for name in path if isinstance(path, dict) else [path]:
            if name not in NOT_PATHS and not _leads_somewhere(model, name):
                yield (
                    f"src/laoqu/access/anchors.py, {label}: the anchor “{anchor}” names {name}, "
                    f"which {model.__name__} has not{_meant(model, name)}."
                )
    if sealed_fields(model) and not register.is_personal:
        yield (
            f"src/laoqu/access/anchors.py, {label}: write PERSONAL, because the rows hold numbers "
            f"of persons ({', '.join(field.name for field in sealed_fields(model))})."
        )


def _unknown_names(register: Register) -> Iterator[str]:
    """Names in the declaration that the model has not."""
    model = register.model
    shown: dict[str, Iterable[str]] = {
        "columns": register.columns,
        "shown": register.shown,
        "totals": register.totals,
    }
    for attribute, names in shown.items():
        for name in names:
            if not hasattr(model, name):
                yield _not_there(register, attribute, name)
    paths: dict[str, Iterable[str]] = {
        "search": register.search,
        "filters": register.filters,
        "form": [name for section in register.form for name in section.fields],
        "not_shown": register.not_shown,
    }
    for attribute, names in paths.items():
        for name in names:
            if not _leads_somewhere(model, name):
                yield _not_there(register, attribute, name)


def _not_there(register: Register, attribute: str, name: str) -> str:
    model = register.model
    return (
        f"{_place(register)}.{attribute}: {name} is not a field of {model.__name__}"
        f"{_meant(model, name)}."
    )


def _faults_of_pages(register: Register) -> Iterator[str]:
    """Every field is on a page, or said to be on none."""
    meta = register.model._meta
    common = {field.name for field in Record._meta.get_fields()} | {"id", "reverses"}
    fields = {field.name for field in (*meta.concrete_fields, *meta.many_to_many)} - common
    on_form = {name for section in register.form for name in section.fields}
    shown = on_form | {*register.filters, *register.columns, *register.shown}
    for name in sorted(fields - shown - set(register.not_shown)):
        yield f"{_place(register)}: {name} is on no page; write it into form, shown or not_shown."
    for name in sorted(set(register.not_shown) & shown):
        yield f"{_place(register)}.not_shown: take {name} out, a page shows it."


def _faults_of_links(register: Register) -> Iterator[str]:
    for tab in register.tabs:
        other = Register.registers.get(tab.register)
        if other is None:
            yield f"{_place(register)}.tabs: there is no register with the slug {tab.register}."
        elif tab.filter not in {*other.filters, *other.filterset.base_filters}:
            yield f"{_place(other)}.filters: write {tab.filter}, by which {register.slug} finds it."
    flow = register.flow
    if flow is not None:
        choices: Any = register.model._meta.get_field(flow.field).choices or ()  # type: ignore[union-attr]
        for state in sorted(set(flow.moves) - {key for key, _label in choices}):
            yield f"{_place(register)}.flow: {state} is not a choice of {flow.field}."


def _shared_prefixes(registers: Iterable[Register]) -> Iterator[str]:
    """Codes are counted by prefix, so that no two registers may have the same."""
    seen: dict[str, type[models.Model]] = {}
    for register in registers:
        model = getattr(register, "model", None)
        prefix = getattr(model, "CODE_PREFIX", "")
        if model is None or not prefix:
            continue
        first = seen.setdefault(prefix, model)
        if first is not model:
            yield (
                f"src/{model.__module__.replace('.', '/')}.py, {model.__name__}: choose another "
                f"CODE_PREFIX, {first.__name__} has {prefix} already."
            )


def _leads_somewhere(model: type[models.Model], path: str) -> bool:
    """Whether a path such as `place__name` leads from field to field."""
    current: Any = model
    for part in path.split("__"):
        if current is None:
            return False
        try:
            current = current._meta.get_field(part).related_model
        except FieldDoesNotExist:
            return False
    return True


def _meant(model: type[models.Model], path: str) -> str:
    """“; did you mean place?”, or nothing."""
    names = [field.name for field in model._meta.get_fields()]
    near = get_close_matches(path.split("__")[0], names, n=1)
    return f"; did you mean {near[0]}?" if near and near[0] != path else ""
