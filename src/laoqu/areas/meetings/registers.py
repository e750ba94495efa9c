"""会议、例会、议定事项台账."""

from django.utils.translation import gettext_lazy as _

from laoqu.areas.meetings import names as names
from laoqu.areas.meetings.models import Meeting, MeetingSeries, Resolution
from laoqu.register.registry import Action, Line, Register, Section, Tab


class MeetingRegister(Register):
    """会议台账: meetings held and attended, their agenda, decisions and minutes."""

    model = Meeting
    slug = "meetings"
    purpose = _("开过和参加过的会，议题、议定事项和纪要。")
    line = Line.SELF_BUILDING
    not_shown = ["open_list", "places"]
    columns = ["code", "name", "host", "held_on", "location", "count"]
    search = ["name", "host__name", "location", "agenda", "resolutions__content"]
    filters = ["year", "kind", "host", "series"]
    form = [
        Section(_("基本情况"), "year", "name", "kind", "series", "host", "held_on", "location"),
        Section(_("参加"), "chair", "expected", "count", "unit", "approximate"),
        Section(_("名单"), "attendees", "absent", "observers"),
        Section(_("内容"), "agenda", "materials"),
        Section(_("纪要"), "minutes_number", "minutes_on", "copies_to"),
    ]
    tabs = [Tab("resolutions", "meeting")]
    actions = [
        Action(_("会议纪要（Word）"), "meeting_minutes"),
        Action(_("议定事项转督办"), "chase_resolutions"),
    ]
    list_actions = [Action(_("例会提醒"), "meeting_reminders")]


class MeetingSeriesRegister(Register):
    """例会台账: meetings that recur; those due are reminded of."""

    model = MeetingSeries
    slug = "meeting-series"
    purpose = _("定期要开的会，到日子提醒。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "name", "kind", "every", "first_on", "participants", "ended_on"]
    search = ["name", "participants", "basis"]
    filters = ["year", "kind", "every"]
    form = [
        Section(_("例会"), "year", "name", "kind", "participants", "basis"),
        Section(_("时间"), "every", "first_on", "remind_days", "ended_on"),
    ]
    tabs = [Tab("meetings", "series")]
    list_actions = [Action(_("例会提醒"), "meeting_reminders")]


class ResolutionRegister(Register):
    """议定事项台账: each thing decided, one by one; those with a demand become tasks."""

    model = Resolution
    slug = "resolutions"
    purpose = _("会上定下的事，一条一行，有要求的转成督办任务。")
    line = Line.SELF_BUILDING
    detail = True
    columns = ["code", "content", "meeting", "lead", "partners", "due_on", "chased"]
    search = ["content", "meeting__name", "lead__name", "standard"]
    filters = ["year", "meeting", "lead", "chased"]
    form = [
        Section(_("议定"), "year", "meeting", "content"),
        Section(_("谁办、何时、什么标准"), "lead", "partners", "due_on", "standard", "chased"),
    ]
    tabs = [Tab("tasks", "resolution")]
