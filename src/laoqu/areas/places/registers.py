"""地名台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.areas.places import names as names
from laoqu.areas.places.models import Place
from laoqu.register.registry import Line, Register, Section, Tab


class PlaceRegister(Register):
    """地名台账: the county's townships and villages, and the natural villages added by hand."""

    model = Place
    slug = "places"
    line = Line.BASICS
    columns = ["name", "parent", "level", "nbs_code", "old_area"]
    search = ["name", "aliases__name", "nbs_code"]
    filters = ["level", "old_area"]
    form = [
        Section(_("基本情况"), "name", "level", "parent", "nbs_code"),
        Section(_("老区认定"), "old_area", "recognition_doc", "note"),
    ]
    tabs = [
        Tab("needs", "place"),
        Tab("projects", "place"),
        Tab("contributions", "place"),
        Tab("visits", "place"),
        Tab("performances", "place"),
        Tab("surveys", "place"),
    ]
