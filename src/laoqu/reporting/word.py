"""A document made of one row, answered as a Word file, or a sentence saying what is missing."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from laoqu.register.registry import record_url
from laoqu_engines.document import Document, DocumentError, write_document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_file(
    request: HttpRequest, row: Any, compose: Callable[[Any], Document], name: str
) -> HttpResponse:
    """The file that `compose` makes of the row, under `name`; else back to the row with why not."""
    try:
        made = write_document(compose(row), comments=False)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except DocumentError as error:
        messages.error(request, str(error))
    else:
        disposition = f"attachment; filename*=UTF-8''{quote(name)}"
        return HttpResponse(made, content_type=DOCX, headers={"Content-Disposition": disposition})
    return redirect(record_url(row))
