"""Members are written by name; namesakes by their code."""

from laoqu.areas.people.models import Member
from laoqu.register.coded import find_by_name_or_code

find_by_name_or_code(Member)
