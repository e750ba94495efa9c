"""What another part of the product has to say about rows before they are saved or moved on.

The registers ask; who knows something answers. Advice informs and asks, it never forbids.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from laoqu.register.forms import RecordForm
from laoqu.register.models import Record
from laoqu.register.sheet_rows import ImportRow


class Advisor(Protocol):
    """Knows something about the rows of a register. Answers are None or empty where it is well."""

    label: Any
    """What the button says that asks for advice while a row is typed."""
    template: str
    """Shows the advice on a row being typed, as `advice`."""
    move_template: str
    """Shows what is to be seen before a move, as `advice`."""

    def on_typed(self, form: RecordForm) -> Any:
        """On a form as far as it is filled in."""

    def on_sheet(self, rows: Sequence[ImportRow], user: object) -> dict[int, list[str]]:
        """On the rows of a sheet that could be saved: sentences by their position in `rows`."""

    def before_move(self, row: Record, target: str, user: object) -> Any:
        """On a move of a row to its next state."""

    def went_on(self, row: Record, target: str, user: object) -> str:
        """Keep that a person saw the advice and moves on; what the row's history says of it."""

    def after_saving(self, rows: Sequence[Record], user: object) -> str:
        """Take note of saved rows; a sentence for the person who saved them."""


ADVISORS: dict[str, Advisor] = {}
"""Who is asked, by the slug of the register."""
