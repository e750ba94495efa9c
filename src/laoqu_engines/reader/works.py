"""What was done: phrases of a verb and its object, and the quantity that leads."""

import re
from collections.abc import Sequence

from laoqu_engines.reader.context import Context
from laoqu_engines.reader.lexicon import Lexicon, any_of
from laoqu_engines.reader.marks import within
from laoqu_engines.reader.mentions import Count

_TAIL = re.compile(r"(?:等(?:设施|工程|项目|建设|方面)?|设施|项目)?[，。；]?$")
_LINK = re.compile(r"、|，|和(?!谐|睦|平|美)|以及|及|并(?!网)|；")
_QUANTITY = re.compile(
    r"(?:近|约)?[\d一二两三四五六七八九十百千万.,]+[余多]?(?:个|公里|米|座|口|盏|眼|处|条|亩|台|套|户|平方米|根|基|间|项|组|块)$"
)
_DID = "[架拉接挖打埋盖搭垒立栽铺修建装砌筑通换添购买配扩拓](?:了|起|好|成|通|上|下)"
_NO_LEAD = re.compile(r"^(?:一|1)$")
_PEOPLE = frozenset("名人位户家级届")


class WorkWords:
    """Finds works with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        verbs = any_of(lexicon.words("works.verbs")).pattern
        self.verb = re.compile(rf"{verbs}|{_DID}")
        self.noun = any_of(lexicon.words("works.nouns"))
        self._phrase = re.compile(rf"(?:{verbs})[^，。；：、]{{1,24}}")

    def phrases(self, ctx: Context, start: int, end: int) -> tuple[str, ...]:
        """Works named in a passage, as written (“铺设柏油路”, “广场绿化”)."""
        found: list[str] = []
        at = start
        while match := self._next(ctx.text, at, end):
            stop = self._list_end(ctx.text, match.end(), end)
            for index, part in enumerate(_LINK.split(ctx.text[match.start() : stop])):
                phrase = self._clean(part)
                if len(phrase) >= 2 and (index == 0 or self._is_work(phrase)):
                    found.append(phrase)
            at = stop
        if not found:
            found = [p for p in map(self._clean, self._bare(ctx, start, end)) if p]
        return tuple(dict.fromkeys(found))

    def _next(self, text: str, at: int, end: int) -> re.Match[str] | None:
        return self._phrase.search(text, at, end)

    def _list_end(self, text: str, at: int, end: int) -> int:
        rest = re.match(r"(?:[、][^，。；、]{1,24})*", text[at:end])
        return at + (rest.end() if rest else 0)

    def _clean(self, part: str) -> str:
        part = re.sub(r"等$|等(?:设施|工程|项目|建设).*$|设施$", "", _TAIL.sub("", part))
        part = _QUANTITY.sub("", part)
        return re.sub(r"^(?:了|起|好|成|出|并)", "", part)

    def _is_work(self, phrase: str) -> bool:
        return bool(self.noun.search(phrase) or self.verb.search(phrase))

    def _bare(self, ctx: Context, start: int, end: int) -> list[str]:
        """Works without a verb of their own (“张营村循环圈绿化”, “人饮巩固提升”)."""
        found = []
        for piece in re.split(r"[，、；]", ctx.text[start:end]):
            if (match := self.noun.search(piece)) and "元" not in piece and len(piece) < 30:
                offset = ctx.text.find(piece, start, end)
                places = within(ctx.marks.places, offset, offset + len(piece))
                found.append(piece[places[-1].end - offset :] if places else piece[: match.end()])
        return found


def leading(counts: Sequence[Count], prefer: str = "") -> Count | None:
    """The quantity that leads: one of the preferred units first; an article 一 never.

    ``prefer`` names units, the best first; those joined by | are as good as each other.
    """
    usable = [c for c in counts if not (c.value == 1 and c.text[0] == "一")]
    for units in prefer.split():
        for count in usable:
            if count.unit in units.split("|"):
                return count
    return usable[0] if usable else None
