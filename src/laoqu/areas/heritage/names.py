"""Sites and persons are written by name; namesakes by their code."""

from laoqu.areas.heritage.models import HistoricPerson, Site
from laoqu.register.coded import find_by_name_or_code

find_by_name_or_code(Site)
find_by_name_or_code(HistoricPerson)
