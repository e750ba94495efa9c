"""Totals and their parts, so that the same money is never added up twice."""

from collections.abc import Sequence
from itertools import groupby

from laoqu_engines.reader.draft import Draft


def link(drafts: Sequence[Draft]) -> None:
    """Sets ``role`` and ``part_of``.

    A sum with 其中 is a part of the last larger sum. Sums that follow a sum in its paragraph or
    list and add up to it are its parts, whether or not 其中 is written.
    """
    sums = [d for d in drafts if d.amount is not None]
    for _, group in groupby(sums, key=lambda d: d.paragraph):
        _said(list(group))
    for index, draft in enumerate(sums):
        while _added_up(draft, sums[index + 1 : index + 40]):
            pass  # the same money may be broken down twice: by source, then by project
    with_parts = {id(draft.part_of) for draft in sums if draft.part_of is not None}
    for draft in sums:
        if draft.part_of is None:
            draft.role = "total" if id(draft) in with_parts else None
        elif id(draft) in with_parts:
            draft.role = "subtotal"


def _said(sums: Sequence[Draft]) -> None:
    """“共N，其中A…，B…”: what follows a sum said to be the total, up to that sum, is its parts."""
    total: Draft | None = None
    left = 0
    for draft, before in zip(sums, [None, *sums], strict=False):
        if draft.role == "part" and before is not None and (total is None or _fen(draft) > left):
            total, left = before, _fen(before)
        if draft.role == "total" and (total is None or _fen(draft) > left):
            total, left = draft, _fen(draft)
        elif total and draft.role != "total" and not draft.apart and _fen(draft) <= left:
            left -= _fen(draft)
            draft.role, draft.part_of = "part", total
        else:
            total = None


def _added_up(total: Draft, following: Sequence[Draft]) -> bool:
    """Links two or more sums that follow and add up to ``total``; whether there were any."""
    left = _fen(total)
    parts: list[Draft] = []
    for draft in following:
        if draft.part_of is not None:
            if parts:
                return False
            continue
        if draft.paragraph > total.paragraph + len(parts) + 1 or _fen(draft) > left:
            return False
        parts.append(draft)
        left -= _fen(draft)
        if len(parts) > 1 and left == 0:
            for part in parts:
                part.role, part.part_of = "part", total
            return True
    return False


def _fen(draft: Draft) -> int:
    return draft.amount.fen if draft.amount else 0
