"""Names of records known by name: “张庄旧址（遗址2024-001）”, the name alone, or the code."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from laoqu.access.models import Association
from laoqu.access.rules import rows
from laoqu.register.names import RESOLVERS, Answer

CODE_AT_END = re.compile(r"（(?P<code>[^（）]+\d{4}-\d+)）$")


def find_by_name_or_code(model: Any) -> None:
    """Let rows of `model`, which have `name` and `code`, be written by either, or by both."""

    def resolve(names: Sequence[str], user: object, association: Association) -> list[Answer]:
        written = [_code_of(name) for name in names]
        own = rows(user, model).filter(association=association)
        by_code = {row.code: row for row in own.filter(code__in=written)}
        by_name: dict[str, list[Any]] = {}
        for row in own.filter(name__in=list(names)):
            by_name.setdefault(row.name, []).append(row)
        return [
            Answer(by_code[code]) if code in by_code else _answer(model, name, by_name.get(name))
            for name, code in zip(names, written, strict=True)
        ]

    RESOLVERS[model] = resolve


def _code_of(name: str) -> str:
    match = CODE_AT_END.search(name)
    return match["code"] if match else name


def _answer(model: Any, name: str, found: list[Any] | None) -> Answer:
    words = {"name": name, "register": model._meta.verbose_name}
    if not found:
        sentence = _("“%(register)s”里没有“%(name)s”。请检查写法，或先在那里记一行。") % words
        return Answer(None, (), sentence)
    if len(found) == 1:
        return Answer(found[0])
    words["codes"] = "、".join(row.code for row in found)
    sentence = _("叫“%(name)s”的有几个：%(codes)s。请写编号。") % words
    return Answer(None, tuple(found), sentence)
