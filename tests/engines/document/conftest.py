"""LibreOffice for the tests that measure a page; they are marked `libreoffice`."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import as_file, files
from pathlib import Path

import pdfplumber
import pytest
from tests.parts import OFFICE, find_program

Converter = Callable[[Mapping[str, bytes]], dict[str, pdfplumber.PDF]]


@pytest.fixture(scope="session")
def to_pdf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Converter]:
    """Turns named .docx bytes into opened PDFs, all in one run of LibreOffice with our fonts."""
    program = find_program(OFFICE)
    assert program is not None
    opened: list[pdfplumber.PDF] = []

    def convert(documents: Mapping[str, bytes]) -> dict[str, pdfplumber.PDF]:
        folder = tmp_path_factory.mktemp("pdf")
        sources = [folder / f"{name}.docx" for name in documents]
        for source, data in zip(sources, documents.values(), strict=True):
            source.write_bytes(data)
        _run(program, sources, folder)
        pdfs = {source.stem: pdfplumber.open(source.with_suffix(".pdf")) for source in sources}
        opened.extend(pdfs.values())
        return pdfs

    yield convert
    for pdf in opened:
        pdf.close()


def _run(program: str, sources: list[Path], folder: Path) -> None:
    with as_file(files("laoqu_engines.document") / "fonts.conf") as fonts:
        subprocess.run(
            [
                program,
                "--headless",
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--convert-to",
                "pdf",
                "--outdir",
                str(folder),
                *map(str, sources),
            ],
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
            check=True,
            capture_output=True,
            timeout=300,
        )
