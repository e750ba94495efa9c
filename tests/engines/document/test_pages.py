"""The printed page, measured in the PDF that LibreOffice makes; lengths in mm from the top left."""

from collections import defaultdict
from typing import Any

import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1

from laoqu_engines.document import Paragraph, Signature, write_document
from laoqu_engines.document.wording import date_text

from .conftest import Converter
from .samples import ASSOCIATION, DAY, SAMPLES, document

pytestmark = pytest.mark.libreoffice

CHARACTERS = "永济市革命老区建设促进会帮扶村庄道路水利"
MM = 25.4 / 72
SIGNED_LENGTHS = range(19, 24)  # lines of text before the signature: around a full page


@pytest.fixture(scope="session")
def pdfs(to_pdf: Converter) -> dict[str, pdfplumber.PDF]:
    full = Paragraph.of((CHARACTERS * 80)[: 28 * 50 - 2])
    documents = {
        "full": document(full),
        **SAMPLES,
        **{
            f"signed{count}": document(
                *(Paragraph.of("特此报告。") for _ in range(count)), Signature(ASSOCIATION, DAY)
            )
            for count in SIGNED_LENGTHS
        },
        "long": document(
            *(Paragraph.of("特此报告。") for _ in range(10)),
            Paragraph.of(CHARACTERS * 16),
            Signature(ASSOCIATION, DAY),
        ),
    }
    return to_pdf({key: write_document(value, comments=False) for key, value in documents.items()})


def lines(page: pdfplumber.page.Page) -> list[list[dict[str, Any]]]:
    """The characters of a page by line, top to bottom, spaces left out."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for char in page.chars:
        if char["text"].strip():
            found[round(char["bottom"])].append(char)
    return [sorted(found[key], key=lambda char: float(char["x0"])) for key in sorted(found)]


def text(line: list[dict[str, Any]]) -> str:
    return "".join(char["text"] for char in line)


def body(page: pdfplumber.page.Page) -> list[list[dict[str, Any]]]:
    """The lines of a page without its page number."""
    return [line for line in lines(page) if line[0]["top"] * MM < 262]


def test_a_page_holds_22_lines_of_28_characters(pdfs: dict[str, pdfplumber.PDF]) -> None:  # B2
    first, second, *_ = pdfs["full"].pages
    for page, shortest in ((first, 26), (second, 28)):
        assert [len(line) for line in body(page)] == [shortest] + [28] * 21


def test_the_text_keeps_within_the_margins(pdfs: dict[str, pdfplumber.PDF]) -> None:  # B1 B2
    page = pdfs["full"].pages[1]
    assert (page.width * MM, page.height * MM) == pytest.approx((210, 297), abs=0.5)
    text_lines = body(page)
    assert min(line[0]["x0"] for line in text_lines) * MM == pytest.approx(28, abs=1)
    assert max(line[-1]["x1"] for line in text_lines) * MM == pytest.approx(184, abs=1)
    assert min(char["top"] for char in text_lines[0]) * MM > 36
    assert 255 < max(char["bottom"] for char in text_lines[-1]) * MM <= 263


def test_page_numbers_alternate_one_character_in_from_the_edge(
    pdfs: dict[str, pdfplumber.PDF],
) -> None:  # B5
    for number, page in enumerate(pdfs["report"].pages, start=1):
        line = lines(page)[-1]
        assert text(line) == f"—{number}—"
        if number % 2:
            assert line[-1]["x1"] * MM == pytest.approx(184 - 4.9, abs=1)
        else:
            assert line[0]["x0"] * MM == pytest.approx(28 + 4.9, abs=1)
        dash = (line[0]["top"] + line[0]["bottom"]) / 2 * MM
        assert dash == pytest.approx(262 + 7, abs=1.5)


def test_a_letter_has_no_number_on_its_first_page(pdfs: dict[str, pdfplumber.PDF]) -> None:  # B5
    texts = [text(lines(page)[-1]) for page in pdfs["letter"].pages]
    assert "—" not in texts[0]
    assert texts[1] == "—2—"


@pytest.mark.parametrize("name", [*(f"signed{count}" for count in SIGNED_LENGTHS), "long"])
def test_a_signature_is_never_alone_on_a_page(
    pdfs: dict[str, pdfplumber.PDF], name: str
) -> None:  # B6
    texts = [[text(line) for line in body(page)] for page in pdfs[name].pages]
    (page,) = [page for page in texts if ASSOCIATION in page]
    assert page[-2:] == [ASSOCIATION, date_text(DAY)]
    assert len(page) > 2


def test_the_heading_row_is_repeated_on_every_page_of_a_table(
    pdfs: dict[str, pdfplumber.PDF],
) -> None:  # B10
    pages = [page.extract_text() for page in pdfs["report"].pages]
    with_rows = [page for page in pages if "交通运输局" in page]
    assert len(with_rows) >= 2
    assert all("序号" in page for page in with_rows)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_font_of_the_pdf_is_embedded(
    pdfs: dict[str, pdfplumber.PDF], name: str
) -> None:  # B11
    embedded: dict[str, bool] = {}
    for page in pdfs[name].pages:
        for reference in resolve1(page.page_obj.resources["Font"]).values():
            font = resolve1(reference)
            inner = resolve1(resolve1(font.get("DescendantFonts", [font]))[0])
            descriptor = resolve1(inner["FontDescriptor"])
            embedded[str(font["BaseFont"])] = any("FontFile" in str(key) for key in descriptor)
    assert len(embedded) >= 2
    assert all(embedded.values()), embedded
