"""How readers are named: “老区故事（读本2024-001）”, the name alone, or the code."""

from laoqu.areas.publicity.models import Book
from laoqu.register.coded import find_by_name_or_code

find_by_name_or_code(Book)
