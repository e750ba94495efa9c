"""The money lines of a sheet as proposed contributions, each citing its row."""

from laoqu.intake.mapping import Proposed, Writer
from laoqu.intake.sheets import SheetLine, SheetText
from laoqu_engines.values.money import wan_yuan
from laoqu_engines.values.period import Period


def propose_sheet(sheet: SheetText, writer: Writer) -> list[Proposed]:
    """One contribution for each money line."""
    return [
        Proposed(
            "contributions",
            {name: value for name, value in _data(line, writer).items() if value},
            {
                "rule": "sheet",
                "unsure": {"amount": "；".join(line.doubts)} if line.doubts else {},
                "amount_as_written": line.amount_as_written,
                "spans": [],
            },
            (line.start, line.end),
            key=str(number),
        )
        for number, line in enumerate(sheet.lines, 1)
    ]


def _data(line: SheetLine, writer: Writer) -> dict[str, str]:
    period = Period.parse(line.date) if line.date else None
    return {
        "kind": "funding",
        "stage": "stated",
        "year": line.year or (str(period.year) if period else ""),
        "given_on": line.date if period and period.month else "",
        "funder": writer.named(line.funder),
        "amount": wan_yuan(line.fen) if line.fen is not None else line.amount_as_written,
        "approximate": "on" if line.approximate else "",
        "places": line.places,
        "works": line.works,
        "count": line.count,
        "unit": line.unit,
        "count_approximate": "on" if line.count_approximate else "",
        "note": line.note,
    }
