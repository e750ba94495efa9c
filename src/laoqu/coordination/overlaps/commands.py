"""What `laoqu overlaps` and the work of the night do: compare the ledgers, say what came of it."""

import sys

from django.utils.translation import gettext as _

from laoqu.access.models import Association
from laoqu.coordination.overlaps.checking import Outcome, check_ledger
from laoqu.coordination.overlaps.models import OverlapPair, open_pairs

BAR = 30


def check_all(*, watched: bool = False) -> list[str]:
    """Compare the ledger of every association here. Returns: a sentence for each.

    Args:
        watched: whether somebody looks at the terminal and wants a bar of progress.
    """
    told = []
    for association in Association.objects.all():
        outcome = check_ledger(association, _draw) if watched else check_ledger(association)
        told.append(_sentence(association, outcome))
    if watched and told:
        print(file=sys.stderr)
    return told


def _sentence(association: Association, outcome: Outcome) -> str:
    waiting = open_pairs(OverlapPair.objects.filter(association=association)).count()
    return _(
        "%(name)s：比对了 %(rows)s 条记录，新发现 %(new)s 件，重新提问 %(again)s 件，"
        "撤下 %(closed)s 件；等研判的共 %(waiting)s 件。"
    ) % {
        "name": association,
        "rows": outcome.rows,
        "new": len(outcome.new),
        "again": len(outcome.again),
        "closed": len(outcome.closed),
        "waiting": waiting,
    }


def _draw(doing: str, done: int, of: int) -> None:
    """One line of the terminal, drawn over the last."""
    filled = BAR * done // of if of else BAR
    bar = "#" * filled + "." * (BAR - filled)
    print(f"\r{doing} [{bar}] {done}/{of}   ", end="", file=sys.stderr, flush=True)
