"""Which body a written name means: 市财政局, 财政局 and 永济市财政局 are one department.

Every name is brought to one full form (``canonical``), by the short forms, renames and mergers of
``data/bodies.toml``; bodies are the same when their full forms are. A rename leads from one name
to the other; a merger only proposes, because each body keeps its own years.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from laoqu_engines.values.period import Period
from laoqu_engines.values.places import Status

_UNITS = "市县区旗"
_OURS = re.compile(r"^(?:中国共产党|中共)*(?:(?:我|本|该|全)(?=[市县区旗]))?")
_ELSEWHERE = re.compile(r"[\u4e00-\u9fff]{1,7}?[省市县区州盟旗]")
_TOWNSHIP = re.compile(
    r"(?P<name>[^\W委办局]{1,6}?镇|[^\W委办局]{2,6}?乡)(?:党委[、和]?(?:镇|乡)?)?(?:(?:人民)?政府)?"
)
_STREETS = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,6}?街道)(?:党工委[、和]?)?(?:办事处|办)?")
_YOUTH = re.compile(r"(?:共青团|团)(?:(?P<where>[\u4e00-\u9fff]{0,6}[市县区旗]))?委(?:员会)?")
_COMMITTEE = re.compile(r"委(?:员会)?(?P<part>.*)")
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{1,10}(?:局|办|办公室|委|委员会|部|院|联|协|会|中心|站|社|队)"
)


@dataclass(frozen=True)
class Body:
    """A body of the ledger. ``key`` is the caller's own; ``aliases`` come before all rules."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class BodyResolution:
    """The answer to one name; see ``places.Resolution``. ``proposed`` is the full form to add."""

    status: Status
    body: Body | None
    candidates: tuple[Body, ...]
    reason: str
    proposed: str


@dataclass(frozen=True)
class Change:
    """A department that took a new name, or became part of another, at a national reform.

    ``on`` is ``None`` for two names of which a county has the one or the other.
    """

    old: str
    new: str
    on: Period | None
    merged: bool = False

    def sentence(self) -> str:
        """What happened, as a Chinese clause without its full stop."""
        if self.on is None:
            return f"{self.old}和{self.new}是同一部门在各地的叫法"
        word = "并入" if self.merged else "改称"
        return f"{self.old}在{self.on.chinese()}的国家机构改革中{word}{self.new}"


@dataclass(frozen=True)
class _Names:
    departments: dict[str, str]
    party: dict[str, str]
    changes: tuple[Change, ...]


class Bodies:
    """Resolves names among the bodies of one county's association."""

    def __init__(self, entries: Iterable[Body], county_name: str) -> None:
        self.county_name = county_name
        self._written: dict[str, list[Body]] = {}
        self._full: dict[str, list[Body]] = {}
        for body in entries:
            for name in dict.fromkeys((body.name, *body.aliases)):
                _add(self._written, _tidy(name), body)
                _add(self._full, canonical(name, county_name), body)

    def resolve(self, name: str) -> BodyResolution:
        """The body that ``name`` means, with a reason for the person who checks it."""
        proposed = canonical(name, self.county_name)
        found = self._written.get(_tidy(name)) or self._full.get(proposed, [])
        if len(found) == 1:
            reason = f"“{name}”是{found[0].name}。"
            return BodyResolution("resolved", found[0], tuple(found), reason, proposed)
        if found:
            shown = "、".join(body.name for body in found)
            reason = f"“{name}”可能是{shown}，请选定。"
            return BodyResolution("ambiguous", None, tuple(found), reason, proposed)
        return self._by_change(name, proposed)

    def _by_change(self, name: str, proposed: str) -> BodyResolution:
        """Follow renames both ways, then mergers forward."""
        for names, merged in ((_renames(proposed), False), (_mergers(proposed), True)):
            for other, change in names:
                bodies = tuple(self._full.get(other, ()))
                if not bodies:
                    continue
                reason = change.sentence()
                if len(bodies) == 1 and not merged:
                    reason += f"，按{bodies[0].name}来认。"
                    return BodyResolution("resolved", bodies[0], bodies, reason, proposed)
                shown = "、".join(body.name for body in bodies)
                reason += f"，是否记在{shown}名下，请选定。"
                return BodyResolution("ambiguous", None, bodies, reason, proposed)
        reason = f"单位里没有“{name}”，请核对写法，或添加为“{proposed}”。"
        return BodyResolution("unknown", None, (), reason, proposed)


def canonical(name: str, county_name: str) -> str:
    """The full form of a name as the county would write it: 市财政局 → 永济市财政局.

    Bodies of other places, enterprises and persons are returned as written, short forms of known
    departments written out (石狮市文旅局 → 石狮市文化和旅游局).
    """
    written = _OURS.sub("", _tidy(name))
    known = _township_office(written.removeprefix(county_name)) or _own(written, county_name)
    return known or _other(written, county_name)


def changes() -> tuple[Change, ...]:
    """The renames and mergers known, for a page that shows them."""
    return _names().changes


def _township_office(written: str) -> str:
    """One form for the committee and government of a township, which act together."""
    if match := _TOWNSHIP.fullmatch(written):
        return f"{match['name']}人民政府"
    match = _STREETS.fullmatch(written)
    return f"{match['name']}办事处" if match else ""


def _own(written: str, county_name: str) -> str:
    """The full form of a known body of the county, with or without the county in front."""
    if match := _YOUTH.fullmatch(written):
        where = match["where"]
        return f"共青团{where if where and len(where) > 1 else county_name}委"
    if full := _department(written) or _party(written):
        return county_name + full
    for ours in filter(None, (county_name, county_name[:-1], county_name[-1:])):
        rest = written.removeprefix(ours)
        if rest == written:
            continue
        full = _department(rest)
        if not full and ours[-1] in _UNITS:
            full = _party(rest)
        if full:
            return county_name + full
    return ""


def _other(written: str, county_name: str) -> str:
    """Bodies of other places, and local bodies that no list knows."""
    if written[:1] in set("省市县区旗") - {county_name[-1:]}:
        return written  # of the level above, or of another county
    if elsewhere := _ELSEWHERE.match(written):
        rest = written[elsewhere.end() :]
        return elsewhere.group() + (_department(rest) or rest)
    if written.startswith(county_name[-1:]) and _OFFICE.fullmatch(written[1:]):
        return county_name + written[1:]
    if len(written) <= 6 and _OFFICE.fullmatch(written):
        return county_name + written
    return written


def _department(name: str) -> str:
    """The full name of a department or party body without its county, or nothing."""
    names = _names()
    if name in names.departments:
        return names.departments[name]
    return f"委{names.party[name]}" if len(name) > 2 and name in names.party else ""


def _party(rest: str) -> str:
    """委组织部 as it follows 永济市 or 市; 委 alone is the committee itself."""
    match = _COMMITTEE.fullmatch(rest)
    part = match["part"] if match else None
    if part is None or not (part == "" or part in _names().party or _OFFICE.fullmatch(part)):
        return ""
    return "委" + _names().party.get(part, part)


def _renames(full: str) -> list[tuple[str, Change]]:
    """Full forms that the same body had or has, nearest first."""
    found: list[tuple[str, Change]] = []
    open_names = [full]
    seen = {full}
    while open_names:
        name = open_names.pop(0)
        for change in _names().changes:
            for mine, other in ((change.old, change.new), (change.new, change.old)):
                if change.merged or not name.endswith(mine):
                    continue
                renamed = name.removesuffix(mine) + other
                if renamed not in seen and _same_place(name, mine):
                    seen.add(renamed)
                    open_names.append(renamed)
                    found.append((renamed, change))
    return found


def _mergers(full: str) -> list[tuple[str, Change]]:
    """Full forms of what the body, under any of its names, became part of."""
    return [
        (name.removesuffix(change.old) + change.new, change)
        for name in (full, *(name for name, _ in _renames(full)))
        for change in _names().changes
        if change.merged and name.endswith(change.old) and _same_place(name, change.old)
    ]


def _same_place(name: str, department: str) -> bool:
    """Whether what stands before the department is a place (not 教育科技 before 局)."""
    return re.fullmatch(r"(?:.*[省市县区州盟旗])?", name.removesuffix(department)) is not None


def _add(table: dict[str, list[Body]], name: str, body: Body) -> None:
    known = table.setdefault(name, [])
    if body not in known:
        known.append(body)


def _tidy(name: str) -> str:
    return re.sub(r"[\s“”\"《》]", "", unicodedata.normalize("NFKC", name))


@cache
def _names() -> _Names:
    source = files("laoqu_engines.values").joinpath("data/bodies.toml")
    raw = tomllib.loads(source.read_text("utf-8"))
    departments, party = (
        {form: full for full, forms in raw[part].items() for form in (full, *forms)}
        for part in ("departments", "party")
    )
    dated = (
        Change(old, new, Period(*map(int, on.split("-"))), part == "merged")
        for part in ("renamed", "merged")
        for on, pairs in raw[part].items()
        for old, new in pairs
    )
    variants = (Change(old, new, None) for old, new in raw["variants"]["pairs"])
    return _Names(departments, party, (*dated, *variants))
