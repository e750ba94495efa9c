"""The demo ledger: 永济市 2024, handed in as documents and confirmed as on the pages."""

import json
from pathlib import Path
from typing import Any

from laoqu.access.models import Association
from laoqu.areas.places.models import Place
from laoqu.areas.places.services import set_up_association
from laoqu.intake.decisions import confirm_all
from laoqu.intake.naming import add_natural_village, add_organisation, canonical_name, kind_of
from laoqu.intake.review import Review
from laoqu.intake.services import AlreadyHere, receive, run
from laoqu.register.models import Source, Visibility
from laoqu.register.names import resolve_names

DATA = Path(__file__).parent / "demo_data"
MATERIAL = {
    "report.docx": "永济市老促会2024年工作总结.docx",
    "transport.xlsx": "市交通局2024年帮扶情况表.xlsx",
}
"""The files and the names under which an office hands them in."""


def facts() -> dict[str, Any]:
    """The public facts from which the demo's documents were written."""
    found: dict[str, Any] = json.loads((DATA / "facts.json").read_text("utf-8"))
    return found


def create_demo() -> Association:
    """Fill the ledger with the demo; doing it again changes nothing."""
    known = facts()
    association = set_up_association(known["county"])
    association.stated_units = known["stated"]["units"]
    association.stated_villages = known["stated"]["villages"]
    association.stated_branches = known["stated"]["branches"]
    association.save()
    for file, filename in MATERIAL.items():
        _take_in((DATA / file).read_bytes(), filename, association)
    _mark_old_area(known["old_area_villages"], association)
    return association


def _take_in(data: bytes, filename: str, association: Association) -> None:
    """Upload, read, name, confirm: what a person does on the pages, in the same functions."""
    try:
        reading = receive(data, filename, association, association)
    except AlreadyHere:
        return
    run(reading.pk)
    source = Source.objects.select_related("association").get(reading=reading)
    source.visibility = Visibility.PUBLIC  # the facts are published
    source.save()
    for unknown in Review(source, association).names.unknown:
        if unknown.is_place:
            add_natural_village(unknown.name, None, association, association)
        else:
            full = canonical_name(unknown.name, association)
            add_organisation(unknown.name, full, kind_of(full), association, association)
    confirm_all(Review(source, association).ready, association)


def _mark_old_area(names: list[str], association: Association) -> None:
    for answer in resolve_names(Place, names, association, association):
        place = answer.row
        if isinstance(place, Place) and not place.old_area:
            place.old_area = True
            place.save()
