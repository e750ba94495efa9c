"""A person says once what an unknown name stands for; it is remembered as an alias."""

import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from laoqu.access.models import Association
from laoqu.access.rules import ADD, may, rows
from laoqu.areas.organisations.models import Kind, Organisation, OrganisationAlias
from laoqu.areas.organisations.names import county_name
from laoqu.areas.places.models import Level, Place, PlaceAlias
from laoqu_engines.values.bodies import canonical

PARENT_OPEN = "所属行政村待核实"
KINDS = (
    (Kind.ASSOCIATION, r"(老促会|老区建设促进会|促进会)$"),
    (Kind.TOWNSHIP, r"(镇|乡|街道)(党委|政府|党委政府|党工委|办事处|人民政府)?$"),
    (Kind.MEDIA, r"(报社|电视台|融媒体中心|网|杂志社)$"),
    (Kind.ENTERPRISE, r"(公司|集团|企业|银行|厂|商会|合作社)$"),
    (Kind.SCHOOL, r"(学校|小学|中学|大学|学院)$"),
    (Kind.TROUPE, r"(剧团|剧院|文工团|艺术团)$"),
    (Kind.VILLAGE, r"(村|村委会|社区|居委会)$"),
    (Kind.DEPARTMENT, r"(局|部|委|办|办公室|中心|院|会|站|所|大队|队)$"),
)


def kind_of(name: str) -> Kind:
    """The likely kind of a body by how its name ends; an association of another area is upper."""
    for kind, ending in KINDS:
        if re.search(ending, name):
            return Kind.UPPER if kind is Kind.ASSOCIATION else kind
    return Kind.OTHER


def canonical_name(name: str, association: Association) -> str:
    """The full name to propose for a body as written: 市财政局 → 永济市财政局.

    Of an association of another area: 中国老促会 → 中国老区建设促进会.
    """
    if kind_of(name) is Kind.UPPER:
        return re.sub(r"老促会$", "老区建设促进会", name)
    return canonical(name, county_name(association))


@transaction.atomic
def name_place(name: str, place: Place, user: object) -> None:
    """Remember that documents call `place` by `name`."""
    _mine(rows(user, Place).filter(pk=place.pk).exists())
    if name != place.name:
        PlaceAlias.objects.get_or_create(place=place, name=name)


@transaction.atomic
def add_natural_village(
    name: str, parent: Place | None, association: Association, user: object
) -> Place:
    """Register a natural village under a village; under the county while that is not known yet."""
    county = Place.objects.filter(nbs_code=association.area_code.ljust(12, "0")).first()
    above = parent or county
    if above is None:
        raise ValidationError(_("没有找到上级地名，请先选择所属行政村。"))
    place, _created = Place.objects.get_or_create(
        name=name,
        parent=above,
        level=Level.NATURAL_VILLAGE,
        defaults={"note": "" if parent else PARENT_OPEN},
    )
    _mine(may(user, ADD, place))
    return place


@transaction.atomic
def name_organisation(name: str, organisation: Organisation, user: object) -> None:
    """Remember that documents call `organisation` by `name`."""
    _mine(rows(user, Organisation).filter(pk=organisation.pk).exists())
    if name != organisation.name:
        OrganisationAlias.objects.get_or_create(organisation=organisation, name=name)


@transaction.atomic
def add_organisation(
    name: str, full_name: str, kind: str, association: Association, user: object
) -> Organisation:
    """Register a body under its full name, and remember the name as written."""
    organisation, _created = Organisation.objects.get_or_create(
        association=association, name=full_name.strip() or name, defaults={"kind": kind}
    )
    _mine(may(user, ADD, organisation))
    name_organisation(name, organisation, user)
    return organisation


def _mine(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
