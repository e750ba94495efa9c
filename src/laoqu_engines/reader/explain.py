"""Every stage of a reading as text, with the offsets of the file: what ``--explain`` prints."""

from laoqu_engines.reader.bodies import BodyFinder
from laoqu_engines.reader.facts import Fact
from laoqu_engines.reader.kinds import PATTERNS
from laoqu_engines.reader.lexicon import default_lexicon
from laoqu_engines.reader.mentions import Mention
from laoqu_engines.reader.reading import stages
from laoqu_engines.reader.structure import Clause
from laoqu_engines.reader.view import View


def explain(text: str) -> str:
    """The stages of reading ``text``: head, sentences with clauses and mentions, facts."""
    made = stages(text)
    view, marks = made.view, made.marks
    lines = [
        f"年份 {made.reading.year or '没有写'}    本报告的单位 {made.reading.author or '没有写'}"
    ]
    kinds: tuple[tuple[str, tuple[Mention, ...]], ...] = (
        ("金额", marks.amounts),
        ("数量", marks.counts),
        ("日期", marks.dates),
        ("地点", marks.places),
        ("标题", marks.titles),
    )
    for sentence in made.sentences:
        start, end = view.span(sentence.start, sentence.end)
        mood = {"states": "", "plans": "（打算）", "exhorts": "（要求）"}[sentence.mood]
        lines.append(f"\n句 {start}-{end}{mood} {view.quote(sentence.start, sentence.end)[:60]}")
        for clause in sentence.clauses:
            a, b = view.span(clause.start, clause.end)
            lines.append(f"  分句 {a}-{b} {view.quote(clause.start, clause.end)}")
            lines += _said(view, clause)
        for name, mentions in kinds:
            for mention in mentions:
                if sentence.start <= mention.start < sentence.end:
                    a, b = view.span(mention.start, mention.end)
                    lines.append(f"    {name} {a}-{b} {mention.text}")
    lines.append("")
    lines += [_fact(fact) for fact in made.reading.facts]
    lines += [f"未用 {u.span[0]}-{u.span[1]} {u.text}：{u.why}" for u in made.reading.unused]
    return "\n".join(lines)


def _said(view: View, clause: Clause) -> list[str]:
    """Who is the subject of a clause, and which words tell of an activity."""
    lines = []
    subject = BodyFinder(default_lexicon()).subject(view.text, clause.start, clause.end)
    if subject:
        a, b = view.span(subject.start, subject.end)
        lines.append(f"    单位 {a}-{b} {subject.text}")
    for pattern in PATTERNS:
        if word := pattern.words.search(view.text, clause.start, clause.end):
            a, b = view.span(word.start(), word.end())
            lines.append(f"    动作 {a}-{b} {word[0]}（{pattern.kind}）")
    return lines


def _fact(fact: Fact) -> str:
    shown = {
        "谁": fact.actor,
        "金额": fact.amount_as_written,
        "地点": "、".join(place.text for place in fact.places),
        "数量": f"{fact.count}{fact.unit}" if fact.count is not None else None,
        "时间": fact.date,
        "做了": "；".join(fact.works),
        "内容": "；".join(fact.items),
    }
    details = "  ".join(f"{label}：{value}" for label, value in shown.items() if value)
    guessed = [f"{k} {c.why}" for k, c in fact.confidence.items() if c.why]
    doubts = f"  （{'，'.join(guessed)}）" if guessed else ""
    start, end = fact.span
    return f"事实 {fact.id} {fact.kind} {start}-{end} 规则：{fact.rule}  {details}{doubts}"
