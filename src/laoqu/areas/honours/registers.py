"""荣誉台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.areas.honours.models import Award
from laoqu.register.registry import Line, Register, Section


class AwardRegister(Register):
    """荣誉台账: honours received, and who gave them."""

    model = Award
    slug = "awards"
    purpose = _("得到的荣誉，谁授予的。")
    line = Line.SELF_BUILDING
    columns = ["code", "name", "receiver", "giver", "awarded_on", "year"]
    search = ["name", "receiver__name", "giver"]
    filters = ["year", "receiver"]
    form = [Section(_("基本情况"), "year", "name", "receiver", "giver", "awarded_on")]
