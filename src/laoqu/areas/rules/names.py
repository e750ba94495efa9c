"""Rules are written by name; namesakes by their code."""

from laoqu.areas.rules.models import Rule
from laoqu.register.coded import find_by_name_or_code

find_by_name_or_code(Rule)
