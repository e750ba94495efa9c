"""Everything that a comparison needs of a work, read from its texts once."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from laoqu_engines.overlap.facilities import UNCLEAR, vocabulary
from laoqu_engines.overlap.places import Where, key, site, village_in, without
from laoqu_engines.overlap.scales import Scale
from laoqu_engines.overlap.spots import Inside, inside
from laoqu_engines.overlap.texts import Said, places_named, said, villages_counted
from laoqu_engines.overlap.works import Work

LONGEST = 2000
"""Characters of a name and of a content that are compared; the rest is cut."""
MOST = 40
"""Names and quantities of one text that are compared, so that no pair costs without bound."""

_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_CONTENT = attrgetter(*(name for name in Work.__slots__ if name not in ("id", "line")))


@dataclass(frozen=True, slots=True)
class Prepared:
    """One work, ready to be compared.

    Columns of whole numbers, for array and data base back ends: ``home`` is the key of its village
    (or township, or county, where none narrower is given: then ``loose``), ``visits`` further keys
    under which it is looked for; two works are compared when they share their homes or one visits
    the other's home. ``facilities`` is the mask of what it names, ``reach`` the same with all that
    may contain it, ``signature`` 63 bits of the bigrams of its text, ``line`` the key of its
    line or 0, ``same`` equal for rows that differ in nothing but their id.

    ``main`` are the facilities of the name (of the content where the name tells none), ``at`` the
    ones that only say where; ``vague``: nothing but general words is said; ``broad``: a
    general word stands beside the facility (中药材产业发展).
    """

    id: str
    line: int
    home: int
    visits: tuple[int, ...]
    loose: bool
    facilities: int
    reach: int
    signature: int
    same: int
    county: str
    where: tuple[Where, ...]
    named: frozenset[str]
    villages_counted: int
    main: int
    at: int
    general: int
    vague: bool
    broad: bool
    kinds: frozenset[str]
    actions: frozenset[str]
    title_actions: frozenset[str]
    open: bool
    many: bool
    inside: Inside
    names: frozenset[str]
    objects: frozenset[str]
    text: str
    title: str
    scales: tuple[Scale, ...]
    year: int | None
    amount: int | None
    joint: int | None
    status: str
    department: str
    fund: str
    cut: bool


def prepare(work: Work) -> Prepared:
    """Parses a work. Pure; never fails, whatever the texts hold."""
    name, content = _normal(work.name), _normal(work.content)
    village = work.village or village_in(work.county_code, work.township, name)
    place = site(work.county_code, work.county, work.township, village)
    bare_name, bare_content = without(name, place.names), without(content, place.names)
    title, body = said(bare_name), said(bare_content)
    main, general = _main(title, body)
    facilities = main | general | title.general | body.heads | title.heads or UNCLEAR
    text = f"{name}|{content}"
    within = inside(work.natural_village, bare_name, bare_content)
    named = places_named(text).difference(where.village for where in place.where)
    meant = (key(place.county, "", other) for other in (*within.hamlets, *sorted(named)))
    counted = len(place.where) if len(place.where) > 1 else 0
    return Prepared(
        id=work.id,
        line=key(work.line) if work.line else 0,
        home=place.home,
        visits=tuple(dict.fromkeys(at for at in (*place.around, *meant) if at != place.home)),
        loose=not place.where[0].village,
        facilities=facilities,
        reach=vocabulary().reach(facilities),
        signature=signature(f"{bare_name}|{bare_content}"),
        same=key(repr(_CONTENT(work))),
        county=place.county,
        where=place.where,
        named=named,
        villages_counted=max(villages_counted(text), counted),
        main=main or general,
        at=title.at | body.at,
        general=title.general or (0 if title.heads else body.general),
        vague=not main,
        broad=bool(title.broad | body.broad),
        kinds=title.kinds | body.kinds,
        actions=title.actions | body.actions,
        title_actions=title.actions,
        open=title.open or body.open,
        many=title.many or body.many,
        inside=within,
        names=frozenset(sorted(title.names | body.names)[:MOST]),
        objects=frozenset(sorted(title.objects)[:MOST]),
        text=text,
        title=_YEAR.sub("", bare_name).strip("|"),
        scales=tuple(dict.fromkeys((*title.scales, *body.scales)))[:MOST],
        year=work.year,
        amount=work.amount_fen,
        joint=work.joint_amount_fen,
        status=work.status,
        department=work.department,
        fund=work.fund,
        cut=len(work.name) > LONGEST or len(work.content) > LONGEST,
    )


def signature(text: str) -> int:
    """63 bits, one set for each bigram of the text."""
    bits = 0
    for first, second in pairwise(map(ord, text)):
        bits |= 1 << (first * 31 + second) % 63
    return bits


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:LONGEST]).lower()


def _main(title: Said, body: Said) -> tuple[int, int]:
    """The facilities that the work is about, and the general words that stay where none is."""
    general = title.general or body.general
    if title.heads:
        return title.heads, 0
    return body.heads, general
