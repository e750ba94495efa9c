"""What speaks for and against two works being one: small facts, each with its words.

The functions look at one side of a comparison each and add to a list; nothing is weighed here.
Names of evidence are the keys of ``data/weights.toml``. ``bounds`` says the same on arrays; a test
holds both together.
"""

import re
from dataclasses import dataclass

from laoqu_engines.overlap.facilities import UNCLEAR, vocabulary
from laoqu_engines.overlap.places import Where, sound_alike
from laoqu_engines.overlap.prepare import Prepared
from laoqu_engines.overlap.scales import Scale

COMPARED = ("length", "area", "volume", "power", "count", "room", "household")
"""The dimensions whose quantities are compared."""

CLOSE = 0.015
ABOUT = 0.06
_WITHIN = frozenset(("item", "part_of_joint", "part_of_package", "part_of_groups"))
_PLANNED = re.compile(r"分步|分期|分年|分阶段|分段实施|总体方案|总体规划")
_FINISHED = ("完成", "完工", "验收", "竣工", "建成", "投用", "交付", "移交", "已建")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that spoke for or against: its name, its weight and the words of both sides."""

    name: str
    weight: float
    a: str = ""
    b: str = ""


Found = list[tuple[str, float, str, str]]
"""Name, how much of it (1 is once), words of both sides."""


def place(a: Prepared, b: Prepared) -> str:
    """same, named (one's text names the other's village), sound (spelt with a character
    that sounds the same), doubt (one character more), loose (neither has a
    village), wide (one has none), or other."""
    if a.county != b.county:
        return "other"
    best = "other"
    for first in a.where:
        for second in b.where:
            found = _village(first, second)
            if found == "same":
                return found
            if found != "other":
                best = found
    if best == "loose":
        text, village = (a.text, b.where[0].village) if a.loose else (b.text, a.where[0].village)
        if len(village) > 1 and village in text:
            return "named"
        return "loose" if a.loose and b.loose else "wide"
    if best == "other" and _within_township(a.where[0], b.where[0]) != "other" and _in_text(a, b):
        return "named"
    return best


def _village(a: Where, b: Where) -> str:
    area = _within_township(a, b)
    if area == "other":
        return "other"
    if not a.village or not b.village:
        return "loose"
    if a.village == b.village:
        return area
    if a.village not in b.maybe and b.village not in a.maybe:
        return "other"
    return "sound" if sound_alike(a.village, b.village) else "doubt"


def _in_text(a: Prepared, b: Prepared) -> bool:
    """Whether one names the village of the other; rows of one record repeat its list of villages
    and are no evidence."""
    if a.text == b.text:
        return False
    return any(
        item.village in other.named or item.village in other.inside.hamlets
        for own, other in ((a, b), (b, a))
        for item in own.where
    )


def _within_township(a: Where, b: Where) -> str:
    if not a.township or not b.township or a.township == b.township:
        return "same"
    return "other" if a.township_listed and b.township_listed else "doubt"


def facility(a: Prepared, b: Prepared, found: Found) -> None:
    """Whether both name the same kind of work, one names a part of it, or neither."""
    wholes = vocabulary().wholes
    if UNCLEAR in (a.facilities, b.facilities):
        found.append(("unclear" if a.facilities == b.facilities else "one_unclear", 1, "", ""))
    elif a.vague or b.vague:
        both = a.vague and b.vague
        fits = both or wholes(a.main) & b.general or wholes(b.main) & a.general
        found.append(("general" if fits else "general_aside", 1, "", ""))
    elif a.main == b.main:
        found.append(("same_facility", 1, "", ""))
    elif a.main & b.main:
        found.append(("shared_facility", 1, "", ""))
    elif a.main & b.facilities or b.main & a.facilities:
        found.append(("item", 1, "", ""))
    elif wholes(a.main) & b.general or wholes(b.main) & a.general:
        found.append(("general", 1, "", ""))
    elif a.main & b.reach or b.main & a.reach:
        found.append(("within", 1, "", ""))
    else:
        found.append(("aside", 1, "", ""))
    if a.kinds and b.kinds:
        same = a.kinds & b.kinds
        found.append(("same_kind" if same else "other_kind", 1, *_joined(a.kinds, b.kinds)))
    _site(a, b, found)


def _site(a: Prepared, b: Prepared, found: Found) -> None:
    """公墓道路 and 村部道路: the same kind of work at or for something else."""
    sites = vocabulary().sites
    ours, theirs = a.at | a.main & sites, b.at | b.main & sites
    if ours & theirs:
        return
    ours, theirs = ours & ~b.facilities, theirs & ~a.facilities
    if ours and theirs:
        found.append(("other_site", 1, "", ""))
    elif (ours | theirs) & sites:
        found.append(("one_site", 1, "", ""))


def scale(a: Prepared, b: Prepared, found: Found) -> None:
    """Equal and different quantities of the same kind, of facilities that fit."""
    done: set[str] = set()
    equal = 0.0
    words = ("", "")
    unlike: tuple[Scale, Scale] | None = None
    for first in a.scales:
        if first.dimension not in COMPARED:
            continue
        for second in b.scales:
            if second.dimension != first.dimension or not _fits(first, second, a, b):
                continue
            if _equal(first, second):
                if first.dimension not in done:
                    done.add(first.dimension)
                    equal += min(distinctive(first), distinctive(second))
                    words = words if words[0] else (first.text, second.text)
            elif unlike is None:
                unlike = (first, second)
    if done:
        found.append(("equal_scale", min(equal, 2.0), *words))
    if unlike and not equal > 0.5:
        _unlike(a, b, unlike, found)
    elif not done and not (a.scales and b.scales):
        found.append(("no_scale", 1, "", ""))


def _unlike(a: Prepared, b: Prepared, scales: tuple[Scale, Scale], found: Found) -> None:
    """Different quantities: a part of a whole that covers more, or simply another work."""
    (small, part), (large, whole) = sorted(
        ((scales[0].value, 0), (scales[1].value, 1)), key=lambda item: item[0]
    )
    words = (scales[0].text, scales[1].text)
    inner, outer = (a, b)[part], (a, b)[whole]
    if large < 1.12 * small:
        name = "near_scale"
    elif covers(outer):
        name = "part_of_joint"
    elif outer.facilities.bit_count() > inner.facilities.bit_count() and outer.general:
        name = "part_of_package"
    elif _fewer(inner, outer):
        name = "part_of_groups"
    elif inner.inside.placed and not outer.inside.placed:
        name = "part_of_length"
    else:
        name = "much_less" if large >= 4 * small else "other_scale"
    found.append((name, 1, *words))


def _fewer(inner: Prepared, outer: Prepared) -> bool:
    """Whether the groups or hamlets of one are some of those of the other."""
    groups = inner.inside.groups and inner.inside.groups != outer.inside.groups
    hamlets = set(inner.inside.hamlets)
    return bool(groups and inner.inside.groups & outer.inside.groups == inner.inside.groups) or (
        bool(hamlets) and hamlets < set(outer.inside.hamlets)
    )


def covers(work: Prepared) -> bool:
    """Whether the text is about several villages."""
    return work.villages_counted > 1 or work.many


def _fits(first: Scale, second: Scale, a: Prepared, b: Prepared) -> bool:
    """Whether two quantities can be of one thing; those of no facility are of the main one."""
    ours, theirs = first.of or a.main, second.of or b.main
    reach = vocabulary().reach
    return not (ours and theirs) or bool(ours & reach(theirs) or theirs & reach(ours))


def _equal(a: Scale, b: Scale) -> bool:
    room = ABOUT if a.about or b.about else CLOSE
    return abs(a.value - b.value) <= room * max(a.value, b.value)


def distinctive(item: Scale) -> float:
    """How seldom two works share this quantity by chance: 1215.32㎡ says more than 1处."""
    if item.dimension in ("count", "room", "household"):
        steps = ((1, 0.1), (4, 0.5), (9, 0.9), (19, 1.2))
        return next((weight for most, weight in steps if item.value <= most), 1.6)
    digits = len(f"{item.value:.6g}".replace(".", "").strip("0"))
    return (0.8, 1.2, 1.6, 1.8)[min(digits, 4) - 1] if digits else 0.0


def money(a: Prepared, b: Prepared, found: Found) -> None:
    """Equal sums of the works alone; joint totals are never divided or compared."""
    if a.amount and a.amount == b.amount:
        found.append(("equal_amount", 1, "", ""))


def inside(a: Prepared, b: Prepared, found: Found) -> None:
    """Groups, hamlets, directions and endpoints within the village."""
    if a.inside.groups and b.inside.groups:
        if a.inside.groups == b.inside.groups:
            found.append(("same_group", 1, "", ""))
        elif a.inside.groups & b.inside.groups:
            found.append(("some_groups", 1, "", ""))
        else:
            found.append(("other_group", 1, "", ""))
    elif a.inside.groups or b.inside.groups:
        found.append(("one_group", 1, "", ""))
    _hamlets(a, b, found)
    _spots(a, b, found)
    _ends(a, b, found)


def _hamlets(a: Prepared, b: Prepared, found: Found) -> None:
    if not (a.inside.hamlets or b.inside.hamlets):
        return
    ours = any(name in b.text or name in b.inside.hamlets for name in a.inside.hamlets)
    theirs = any(name in a.text or name in a.inside.hamlets for name in b.inside.hamlets)
    ours = ours or any(sound_alike(x, y) for x in a.inside.hamlets for y in b.inside.hamlets)
    words = ("、".join(a.inside.hamlets), "、".join(b.inside.hamlets))
    if ours or theirs:
        found.append(("same_hamlet", 1, *words))
    elif a.inside.hamlets and b.inside.hamlets:
        found.append(("other_hamlet", 1, *words))
    else:
        found.append(("one_hamlet", 1, *words))


def _spots(a: Prepared, b: Prepared, found: Found) -> None:
    if not a.inside.spots or not b.inside.spots:
        if a.inside.spots or b.inside.spots:
            found.append(("one_spot", 1, "、".join(a.inside.spots), "、".join(b.inside.spots)))
        return
    if set(a.inside.spots) & set(b.inside.spots):
        found.append(("same_spot", 1, *_joined(a.inside.spots, b.inside.spots)))
    elif any(x[0] != y[0] for x in a.inside.spots for y in b.inside.spots if x[1:] == y[1:]):
        found.append(("other_spot", 1, *_joined(a.inside.spots, b.inside.spots)))


def _ends(a: Prepared, b: Prepared, found: Found) -> None:
    if a.inside.stakes and b.inside.stakes:
        apart = a.inside.stakes[1] <= b.inside.stakes[0] or b.inside.stakes[1] <= a.inside.stakes[0]
        found.append(("next_stretch" if apart else "same_ends", 1, "", ""))
        return
    if not a.inside.ends or not b.inside.ends:
        if a.inside.stretch != b.inside.stretch:
            found.append(("one_ends", 1, "", ""))
        return
    words = ("至".join(a.inside.ends), "至".join(b.inside.ends))
    matches = [(x, y) for x in (0, 1) for y in (0, 1) if _alike(a.inside.ends[x], b.inside.ends[y])]
    straight = {(0, 0), (1, 1)} <= set(matches) or {(0, 1), (1, 0)} <= set(matches)
    open_end = not all((*a.inside.ends, *b.inside.ends)) and bool(matches)
    if straight or open_end:
        found.append(("same_ends", 1, *words))
    else:
        found.append(("next_stretch" if matches else "other_ends", 1, *words))


def _alike(a: str, b: str) -> bool:
    return bool(a) and bool(b) and (a in b or b in a)


def naming(a: Prepared, b: Prepared, found: Found) -> None:
    """Names of ponds, bridges, products; and how alike the wording is."""
    if a.title and a.title == b.title:
        found.append(("same_title", 1, "", ""))
    if a.names and b.names:
        common = sorted(_common(a.names, b.names), key=lambda word: (-len(word), word))
        if common:
            found.append(("same_name", 1, common[0], common[0]))
        else:
            other = "other_object" if a.objects and b.objects else "other_name"
            found.append((other, 1, *_joined(a.names, b.names)))
    elif a.names or b.names:
        found.append(("one_name", 1, "", ""))
    shared = (a.signature & b.signature).bit_count()
    either = (a.signature | b.signature).bit_count()
    found.append(("alike", round(shared / either, 2) if either else 0.0, "", ""))


def _common(a: frozenset[str], b: frozenset[str]) -> set[str]:
    return {x if len(x) <= len(y) else y for x in a for y in b if x in y or y in x}


def time(a: Prepared, b: Prepared, found: Found) -> None:
    """Stages, what is left over, repairs and equipment after the building, years apart."""
    equal = any(item[0] == "equal_scale" and item[1] > 0.7 for item in found)
    within = any(item[0] in _WITHIN for item in found)
    apart = abs(a.year - b.year) if a.year and b.year else 0
    if a.inside.stage != b.inside.stage and max(a.inside.stage, b.inside.stage) > 1:
        planned = _PLANNED.search(a.text if a.inside.stage < b.inside.stage else b.text)
        found.append(("stage_of_plan" if planned else "other_stage", 1, "", ""))
    for action in ("rest",) if within else ("rest", "repair", "replace", "widen"):
        if (action in a.actions) != (action in b.actions):
            found.append((action + _when(a, b, action, apart, equal), 1, "", ""))
    if ("equip" in a.title_actions) != ("equip" in b.title_actions):
        found.append(("equip_equal" if equal and not apart else "equip", 1, "", ""))
    if apart:
        steps = ((1, "next_year"), (2, "two_years"), (4, "years_apart"))
        name = next((name for most, name in steps if apart <= most), "long_after")
        found.append((name, 1, str(a.year), str(b.year)))
    done = [finished(a), finished(b)]
    if done[0] != done[1]:
        first = (a.year or 0) < (b.year or 0) if done[0] else (b.year or 0) < (a.year or 0)
        found.append(("after_finish" if first and apart else "one_finished", 1, a.status, b.status))


def _when(a: Prepared, b: Prepared, action: str, apart: int, equal: bool) -> str:
    """How much an action of one side tells: much after the other was built, little otherwise."""
    acted, other = (a, b) if action in a.actions else (b, a)
    done_first = finished(acted) and not finished(other) and acted.scales != other.scales
    before, after = (a, b) if (a.year or 0) < (b.year or 0) else (b, a)
    if apart > 1 or done_first or (apart and finished(before) and not finished(after)):
        return "_later"
    if equal:
        return "_equal"
    plain = "new" in other.actions and "new" not in acted.actions
    return "" if plain or action == "rest" else "_open"


def finished(work: Prepared) -> bool:
    """Whether the status says that it is built."""
    return any(word in work.status for word in _FINISHED)


def assignment(a: Prepared, b: Prepared, found: Found) -> None:
    """Lines that name several villages or works without saying which gets what."""
    if covers(a) != covers(b):
        found.append(("joint", 1, "", ""))
    elif covers(a):
        found.append(("both_joint", 1, "", ""))
    if a.open or b.open:
        found.append(("open", 1, "", ""))
    if a.inside.portion != b.inside.portion:
        found.append(("portion", 1, "", ""))


def _joined(
    a: frozenset[str] | tuple[str, ...], b: frozenset[str] | tuple[str, ...]
) -> tuple[str, str]:
    return "、".join(sorted(a)), "、".join(sorted(b))
