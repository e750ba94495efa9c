"""The example of docs/engines/document.md runs as it stands there."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

PAGE = Path(__file__).parents[3] / "docs" / "engines" / "document.md"


def test_the_example_of_the_page_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), flags=re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    assert is_zipfile(BytesIO(names["clean_copy"]))
    assert len(names["check_copy"]) > len(names["clean_copy"])
