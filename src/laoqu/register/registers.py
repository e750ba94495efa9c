"""出处台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.register.models import Source
from laoqu.register.registry import Line, Register, Section


class SourceRegister(Register):
    """出处台账: every document that came in."""

    model = Source
    slug = "sources"
    purpose = _("收进来的每一份材料，和它的原文。")
    line = Line.BASICS
    not_shown = ["file", "sha256", "text"]
    columns = ["title", "year", "dated_on", "publisher", "visibility", "received_at"]
    search = ["title", "publisher", "text"]
    filters = ["year", "visibility"]
    form = [Section(_("基本情况"), "title", "year", "dated_on", "publisher", "visibility")]
    shown = ["filename", "received_by", "received_at"]
    addable = False
