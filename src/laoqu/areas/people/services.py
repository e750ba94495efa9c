"""What is seen over all members and posts: the compliance calendar and the age structure."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from laoqu.access.rules import rows
from laoqu.areas.people.ages import BANDS, Band
from laoqu.areas.people.compliance import Finding
from laoqu.areas.people.models import Member, Post, PostStage, Sex
from laoqu.register.models import State

SERVING = (PostStage.APPROVED, PostStage.ELECTED, PostStage.IN_OFFICE)
OUTLOOK_YEARS = 2


@dataclass(frozen=True)
class Entry:
    """One thing to see to about one post."""

    post: Post
    finding: Finding


@dataclass(frozen=True)
class Calendar:
    """What must be seen to now, and what comes, by year."""

    now: tuple[Entry, ...]
    coming: tuple[tuple[str, tuple[Entry, ...]], ...]
    until: date


def compliance_calendar(user: object, today: date) -> Calendar:
    """What the rules say about the posts held now, from today to two years ahead.

    What came earlier stands under `now`: it has not been seen to yet.
    """
    until = today.replace(year=today.year + OUTLOOK_YEARS, day=min(today.day, 28))
    own = list(rows(user, Post).exclude(state=State.VOID).select_related("member"))
    of_member: dict[int, list[Post]] = {}
    for post in own:
        of_member.setdefault(post.member_id, []).append(post)
    entries = [
        Entry(post, finding)
        for post in own
        if post.stage in SERVING
        for finding in post.findings([p for p in of_member[post.member_id] if p.pk != post.pk])
        if finding.comes_by(until)
    ]
    entries.sort(key=lambda entry: (entry.finding.on, entry.post.code))
    now = tuple(entry for entry in entries if entry.finding.comes_by(today))
    later = [entry for entry in entries if not entry.finding.comes_by(today)]
    by_year = groupby(later, key=lambda entry: entry.finding.on[:4])
    return Calendar(now, tuple((year, tuple(group)) for year, group in by_year), until)


@dataclass(frozen=True)
class AgeRow:
    """How many people of an age band there are, and how many of them hold a post."""

    band: Band
    men: int
    women: int
    members: int
    in_office: int


def age_structure(user: object, today: date) -> list[AgeRow]:
    """The reviewed members who have not left, by age band; each counted once."""
    current = rows(user, Member).filter(left_on="", state=State.REVIEWED)
    held = rows(user, Post).filter(stage=PostStage.IN_OFFICE).order_by()
    serving = set(held.values_list("member", flat=True))
    people = list(current.order_by().values_list("pk", "born_on", "sex"))
    table = []
    for band in BANDS:
        inside = [(pk, sex) for pk, born_on, sex in people if band.holds(born_on, today)]
        table.append(
            AgeRow(
                band,
                men=sum(sex == Sex.MAN for _pk, sex in inside),
                women=sum(sex == Sex.WOMAN for _pk, sex in inside),
                members=len(inside),
                in_office=sum(pk in serving for pk, _sex in inside),
            )
        )
    return table
