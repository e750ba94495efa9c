"""会议台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.areas.meetings.models import Meeting
from laoqu.register.registry import Line, Register, Section


class MeetingRegister(Register):
    """会议台账: meetings held and attended."""

    model = Meeting
    slug = "meetings"
    line = Line.SELF_BUILDING
    columns = ["code", "name", "host", "held_on", "location", "count"]
    search = ["name", "host__name", "location"]
    filters = ["year", "host"]
    form = [
        Section(_("基本情况"), "year", "name", "host", "held_on", "location"),
        Section(_("参加"), "count", "unit", "approximate"),
    ]
