"""How schemes and criteria are named: “五有（体系2024-002）”, the name alone, or the code."""

from laoqu.areas.assessment.models import Criterion, Scheme
from laoqu.register.coded import find_by_name_or_code

find_by_name_or_code(Scheme)
find_by_name_or_code(Criterion)
