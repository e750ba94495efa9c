"""Meetings and their series are written by name; those of one name by their code."""

from laoqu.areas.meetings.models import Meeting, MeetingSeries
from laoqu.register.coded import find_by_name_or_code

find_by_name_or_code(Meeting)
find_by_name_or_code(MeetingSeries)
