"""Dates in running text, and the year that a document is about."""

import re

from laoqu_engines.reader.mentions import Date

_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d)[-/.](?P<m>[01]?\d)[-/.](?P<d>[0-3]?\d)(?!\d)"
    r"|(?P<y2>(?:19|20)\d\d)年(?:(?P<m2>[01]?\d)月(?:份|(?P<d2>[0-3]?\d)[日号]?)?|初|底|末|度|春|夏|秋|冬)?"
    r"|(?P<rel>去年|今年|上年|当年|本年|同年)(?:底|初|末)?(?:(?P<m3>[01]?\d)月(?:份|(?P<d3>[0-3]?\d)[日号]?)?)?"
    r"|(?<![\d.])(?P<m4>[01]?\d)月(?:份|(?P<d4>[0-3]?\d)[日号]?)?"
    r"|(?<![\d.至到])(?P<d5>[0-3]?\d)日"
)
_SHIFT = {"去年": -1, "上年": -1, "今年": 0, "本年": 0}


def dates(text: str) -> list[Date]:
    """Every date; a range gives its first day, the rest of the range is not reported."""
    found = []
    for match in _DATE.finditer(text):
        part = match.groupdict()
        year = part["y"] or part["y2"]
        month = part["m"] or part["m2"] or part["m3"] or part["m4"]
        day = part["d"] or part["d2"] or part["d3"] or part["d4"] or part["d5"]
        if (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
            continue
        found.append(
            Date(
                match.start(),
                match.end(),
                match[0],
                int(year) if year else None,
                int(month) if month else None,
                int(day) if day else None,
                _SHIFT.get(part["rel"] or ""),
            )
        )
    return found


def iso(year: int, month: int | None, day: int | None) -> str:
    """“2024”, “2024-04” or “2024-01-30”."""
    return "-".join([str(year), *(f"{n:02d}" for n in (month, day if month else None) if n)])
