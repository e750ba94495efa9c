"""A register's rows as an .xlsx sheet: numbers as numbers, text never as a formula."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.db import models
from django.http import HttpResponse

from laoqu.register.registry import Register

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export_sheet(register: Register, found: Sequence[models.Model]) -> HttpResponse:
    """A response that downloads the rows, column by column as the list shows them."""
    raise NotImplementedError
