"""The rules for retired leading cadres in an association's posts, and the days they bite.

One association only, two terms, 70 years, approval or filing before each term, not the legal
representative, not a founder, no pay. Source: 中组发〔2014〕11号, as civil affairs
offices apply it.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from laoqu_engines.values.period import Period

AGE_LIMIT = 70
TERM_LIMIT = 2


@dataclass(frozen=True)
class Facts:
    """What the rules look at in one post. Dates are ISO texts as precise as known, or empty."""

    leading_cadre: bool
    born_on: str
    other_posts: int
    term: int
    starts_on: str
    ends_on: str
    document_number: str
    earlier_numbers: frozenset[str]
    legal_representative: bool
    founder: bool
    paid: bool
    exception: str


@dataclass(frozen=True)
class Finding:
    """One thing to see to. `on` is the ISO text of the day it comes, empty where it holds now.

    `bar`: a person may not take office on a day when it holds.
    """

    kind: str
    on: str
    sentence: str
    bar: bool = True

    @property
    def day(self) -> str:
        """The day in words, as precise as it is known."""
        period = Period.parse(self.on)
        return period.chinese() if period else ""

    def bars(self, starts_on: str) -> bool:
        """Whether it surely forbids to take office in that period; where unknown, it does not."""
        comes, starts = Period.parse(self.on), Period.parse(starts_on)
        known = comes is not None and starts is not None
        return self.bar and (not self.on or (known and comes.last_day() <= starts.first_day()))

    def comes_by(self, day: date) -> bool:
        """Whether it may have come by that day; a date known only by its year counts early."""
        comes = Period.parse(self.on)
        return comes is None or comes.first_day() <= day


def birthday(born_on: str, years: int) -> str:
    """The day, month or year in which somebody reaches an age, as precise as the birth is known."""
    born = Period.parse(born_on) if born_on else None
    if born is None:
        return ""
    if (born.month, born.day) == (2, 29):
        return date(born.year + years, 3, 1).isoformat()
    return Period(born.year + years, born.month, born.day).iso()


def findings(facts: Facts) -> list[Finding]:
    """Everything the rules say about one post, what holds now first."""
    found = _of_cadres(facts) if facts.leading_cadre else []
    if facts.ends_on:
        sentence = _("任期届满：请准备换届；续任须重新报批。")
        found.append(Finding("term", facts.ends_on, sentence, bar=False))
    turns = birthday(facts.born_on, AGE_LIMIT)
    if turns and not facts.exception:
        sentence = _("到 70 周岁：请安排接替的人，或先取得特批并填写“特批依据”。")
        found.append(Finding("age", turns, sentence, bar=facts.leading_cadre))
    return sorted(found, key=lambda finding: finding.on)


def _of_cadres(facts: Facts) -> list[Finding]:
    broken = {
        "document": not facts.document_number,
        "same_document": bool(
            facts.document_number and facts.document_number in facts.earlier_numbers
        ),
        "terms": facts.term > TERM_LIMIT and not facts.exception,
        "other_posts": facts.other_posts > 0,
        "legal": facts.legal_representative,
        "founder": facts.founder,
        "paid": facts.paid,
    }
    sentences = {
        "document": _("缺审批或备案：退（离）休领导干部任职前要先报批或备案，请补上文号。"),
        "same_document": _("续任用的还是上一届的文号：续任须重新报批，请填新的文号。"),
        "terms": _("任职超过两届：请另推人选，或填写“特批依据”。"),
        "other_posts": _("在其他社团还有兼职：只能兼任一个社团的职务，请先辞去其他兼职。"),
        "legal": _("不得担任法定代表人：请改由他人担任。"),
        "founder": _("不得担任发起人：请改正登记。"),
        "paid": _("不得取酬（薪酬、奖金、津贴）：请停发并改正登记。"),
    }
    return [Finding(kind, "", sentences[kind]) for kind, holds in broken.items() if holds]
