"""One search over all registers and sources: Chinese by pairs of characters, so two suffice."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from laoqu.access.rules import rows
from laoqu.register import search_sql
from laoqu.register.models import SearchEntry

if TYPE_CHECKING:
    from laoqu.register.registry import Register

RUN = re.compile(r"[0-9A-Za-z]+|[\u3400-\u9fff\U00020000-\U0003ffff]+")
BATCH = 5_000
"""So many rows are looked up by one query; so many entries stand in one insert:"""
INSERTED = 500
SHOWN = 10
FEW = 5_000
EXCERPTS = 3
"""So many lines of a source are shown, each with so many characters on both sides of the word:"""
AROUND = 30


def tokens(text: str) -> list[str]:
    """“铺设柏油路 2024” → 铺设 设柏 柏油 油路 2024; a lone character stays by itself."""
    found = []
    for run in RUN.findall(text.lower()):
        if run.isascii() or len(run) == 1:
            found.append(run)
        else:
            found += [run[i : i + 2] for i in range(len(run) - 1)]
    return found


def index_rows(register: "Register", found: Sequence[models.Model]) -> None:
    """Bring the entries of these rows up to date, batch by batch."""
    if not register.searched:
        return
    label = register.model._meta.label
    for start in range(0, len(found), BATCH):
        batch = list(found[start : start + BATCH])
        paths = {path.rsplit("__", 1)[0] for path in register.search if "__" in path}
        models.prefetch_related_objects(batch, *sorted(paths))
        SearchEntry.objects.bulk_create(
            [
                SearchEntry(
                    model=label, object_id=row.pk, bigrams=" ".join(tokens(_text(register, row)))
                )
                for row in batch
            ],
            update_conflicts=True,
            unique_fields=["model", "object_id"],
            update_fields=["bigrams"],
            batch_size=INSERTED,
        )


def forget_row(row: models.Model) -> None:
    """Drop the entry of a deleted row."""
    SearchEntry.objects.filter(model=row._meta.label, object_id=row.pk).delete()


def _text(register: "Register", row: models.Model) -> str:
    return "\n".join(str(value) for path in register.searched for value in _values(row, path))


def _values(start: Any, path: str) -> Iterable[Any]:
    """The values at the end of a path like `places__name`."""
    found = [start]
    for part in path.split("__"):
        following = []
        for item in found:
            value: Any = getattr(item, part, None)
            following += list(value.all()) if hasattr(value, "all") else [value]
        found = [value for value in following if value is not None]
    return found


def _phrase(words: str) -> str | None:
    """What the index is asked for; None for a lone character, which it does not hold."""
    found = tokens(words)
    if not found or max(len(token) for token in found) < 2:
        return None
    return search_sql.phrase(connection, found)


def matching(model: type[models.Model], words: str) -> RawSQL | None:
    """The keys of the rows whose text holds `words`, as a subquery; None for a lone character."""
    phrase = _phrase(words)
    if phrase is None:
        return None
    return RawSQL(search_sql.MATCH[connection.vendor], (model._meta.label, phrase))


def _models_holding(query: str) -> set[str] | None:
    """The models of which rows hold the words of a query; None where the index cannot tell."""
    phrases = [phrase for word in query.split() if (phrase := _phrase(word)) is not None]
    held = []
    with connection.cursor() as cursor:
        for phrase in phrases:
            cursor.execute(search_sql.HOLDING[connection.vendor], [phrase])
            held.append({model for (model,) in cursor.fetchall()})
    return set.intersection(*held) if held else None


def few_keys(model: type[models.Model], words: str) -> "RawSQL | list[int] | None":
    """Like `matching`, but the keys themselves where they are few: a list asks for them twice."""
    keys = matching(model, words)
    if keys is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"{keys.sql} LIMIT {FEW + 1}", keys.params)
        found = [key for (key,) in cursor.fetchall()]
    return found if len(found) <= FEW else keys


@dataclass(frozen=True)
class Excerpt:
    """A word found in a source: the characters around it, and its span in the text."""

    before: str
    word: str
    after: str
    start: int

    @property
    def end(self) -> int:
        """Where the word ends."""
        return self.start + len(self.word)


def excerpts(text: str, query: str) -> list[Excerpt]:
    """The first lines of a text that hold a word of the query, each cut to the words around it."""
    found: list[Excerpt] = []
    line_start = 0
    words = [word for word in query.split() if word]
    for line in text.splitlines(keepends=True):
        at, word = min(
            ((line.find(word), word) for word in words if word in line), default=(-1, "")
        )
        if word:
            before, after = line[max(at - AROUND, 0) : at], line[at + len(word) :][:AROUND]
            found.append(Excerpt(before, word, after.rstrip(), line_start + at))
        if len(found) == EXCERPTS:
            break
        line_start += len(line)
    return found


@dataclass(frozen=True)
class Hits:
    """What was found in one register: how many rows, and the first of them."""

    register: "Register"
    count: int
    rows: list[models.Model]
    query: str


def search_everywhere(user: object, query: str, registers: Iterable["Register"]) -> list[Hits]:
    """The rows of every register that hold every word of `query` and that this person may see."""
    found = []
    held = _models_holding(query)
    for register in registers:
        if not register.searched or (held is not None and register.model._meta.label not in held):
            continue
        hits: Any = rows(user, register.model)
        for word in query.split():
            keys = matching(register.model, word)
            if keys is not None:
                hits = hits.filter(pk__in=keys)
        first = list(hits[: SHOWN + 1])
        if first:
            count = len(first) if len(first) <= SHOWN else hits.count()
            found.append(Hits(register, count, first[:SHOWN], query))
    return found
