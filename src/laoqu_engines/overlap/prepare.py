"""Everything that a comparison needs of a work, read from its texts once."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from laoqu_engines.overlap import spots
from laoqu_engines.overlap.facilities import UNCLEAR, vocabulary
from laoqu_engines.overlap.lexicon import meanings
from laoqu_engines.overlap.places import Where, locate, villages
from laoqu_engines.overlap.scales import Scale
from laoqu_engines.overlap.texts import Said, places_named, said, villages_counted
from laoqu_engines.overlap.works import Work

_CALLED = "(?:大桥|桥|山塘|塘|水库|河|沟|渠|坝|泵站|闸)(?!村|组|屯)"
_PORTION = re.compile(r"部分|村段|[东南西北中上下前后]段|其中的|一段")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
LONGEST = 2000
"""Characters of a name and of a content that are compared; the rest is cut."""


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
    ones that only say where; ``vague``: nothing but general words is said.
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
    kinds: frozenset[str]
    actions: frozenset[str]
    title_actions: frozenset[str]
    open: bool
    portion: bool
    many: bool
    hamlets: tuple[str, ...]
    groups: int
    spots: tuple[str, ...]
    ends: tuple[str, str] | None
    stakes: tuple[int, int] | None
    stage: int
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
    county = work.county_code or work.county
    where = tuple(locate(county, work.township, name) for name in villages(work.village) or ("",))
    name, content = _normal(work.name), _normal(work.content)
    own = _own_names(work, where)
    title, body = said(_without(name, own)), said(_without(content, own))
    main, general = _main(title, body)
    facilities = main | general | title.general | body.heads | title.heads or UNCLEAR
    text = f"{name}|{content}"
    inner = f"{work.natural_village}|{text}"
    hamlets = spots.hamlets(work.natural_village)
    named = places_named(text) - {place.village for place in where}
    home, visits = _keys(county, where, (*hamlets, *sorted(named)))
    return Prepared(
        id=work.id,
        line=key(work.line) if work.line else 0,
        home=home,
        visits=visits,
        loose=not where[0].village,
        facilities=facilities,
        reach=vocabulary().reach(facilities),
        signature=signature(_without(text, own)),
        same=_same(work),
        county=county,
        where=where,
        named=named,
        villages_counted=max(villages_counted(text), len(where) if len(where) > 1 else 0),
        main=main or general,
        at=title.at | body.at,
        general=title.general or (0 if title.heads else body.general),
        vague=not main,
        kinds=title.kinds | body.kinds,
        actions=title.actions | body.actions,
        title_actions=title.actions,
        open=title.open or body.open,
        portion=bool(_PORTION.search(text)),
        many=title.many or body.many,
        hamlets=hamlets,
        groups=spots.groups(inner),
        spots=spots.spots(_without(text, own)),
        ends=spots.ends(_without(name, own)) or spots.ends(_without(content, own)),
        stakes=spots.stakes(text),
        stage=spots.stage(text),
        names=title.names | body.names,
        objects=title.objects,
        text=text,
        title=_YEAR.sub("", _without(name, own)).strip("|"),
        scales=tuple(dict.fromkeys((*title.scales, *body.scales))),
        year=work.year,
        amount=work.amount_fen,
        joint=work.joint_amount_fen,
        status=work.status,
        department=work.department,
        fund=work.fund,
        cut=len(work.name) > LONGEST or len(work.content) > LONGEST,
    )


def key(*parts: str) -> int:
    """A 63-bit number that stands for these texts, the same on every machine."""
    digest = blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


def signature(text: str) -> int:
    """63 bits, one set for each bigram of the text."""
    bits = 0
    for first, second in pairwise(text):
        bits |= 1 << (ord(first) * 31 + ord(second)) % 63
    return bits


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:LONGEST]).lower()


def _main(title: Said, body: Said) -> tuple[int, int]:
    """The facilities that the work is about, and the general words that stay where none is."""
    general = title.general or body.general
    if title.heads:
        return title.heads, 0
    return body.heads, general


def _own_names(work: Work, where: tuple[Where, ...]) -> tuple[str, ...]:
    """The names of the own places, longest first; never a word that means something."""
    found = {work.township, work.county, work.village}
    for place in where:
        found |= {f"{place.village}村", place.village, place.township}
    known = meanings()
    usable = {name for name in found if len(name) > 1 and name not in known}
    return tuple(sorted(usable, key=lambda name: (-len(name), name)))


def _without(text: str, names: tuple[str, ...]) -> str:
    """The text without the own places, unless a bridge, pond or river is called after one."""
    for name in names:
        if name in text:
            text = re.sub(f"{re.escape(name)}(?!{_CALLED})", "|", text)
    return text


def _keys(
    county: str, where: tuple[Where, ...], meant: tuple[str, ...]
) -> tuple[int, tuple[int, ...]]:
    """The home, and the keys visited: other villages meant, township and county."""
    inside = [key(county, "", place.village) for place in where if place.village]
    around = [key(county, place.township) for place in where if place.township]
    around.append(key(county))
    home = (inside or around)[0]
    maybe = [name for place in where for name in place.maybe]
    inside += [key(county, "", name) for name in (*maybe, *meant)]
    return home, tuple(dict.fromkeys(at for at in (*inside, *around) if at != home))


def _same(work: Work) -> int:
    fields = (getattr(work, name) for name in work.__slots__ if name not in ("id", "line"))
    return key(*map(str, fields))
