"""The Word file around the body: page, styles, page numbers, and bytes that repeat."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer
from docx.shared import Mm

from .blocks import Document, LetterHead
from .body import BodyWriter, paragraph_xml, run_xml
from .comments import add_comments
from .heads import head_xml, imprint_xml, letter_footer_xml, letter_header_xml
from .look import LINE, NAMESPACES, SIZE_4, SONGTI, ParagraphLook, RunLook
from .styles import SETTINGS, STYLES
from .wording import clean_text, utc_moment

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip entry can name
_KEPT_PARTS = {RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES, RT.STYLES, RT.SETTINGS}
_PAGE_NUMBER_TEXT = RunLook(SONGTI, SIZE_4)


def write_document(document: Document, *, comments: bool) -> bytes:
    """The document as the bytes of a .docx file.

    With `comments` every figure carries one comment that names its ledger rows (the check copy,
    核对稿); without, the file has no comment at all (the clean copy, 正式稿). The same document
    gives the same bytes. Raises DocumentError, a sentence for the user, where a heading level is
    left out, a table row does not fit its columns, or a document number is badly formed.
    """
    writer = BodyWriter(comments, title_space=2 * LINE if document.head else 0)
    word = docx.Document(BytesIO(_base()))
    body = _body_xml(document, writer)
    if isinstance(document.head, LetterHead):
        _write_letter_pages(word.sections[0], document.head)
    if writer.notes:
        add_comments(word.part, writer.notes, document.author, document.created_at)
    _write_properties(word, document)
    return _package(word, body.encode())


def _body_xml(document: Document, writer: BodyWriter) -> str:
    head = head_xml(document.head) if document.head else ""
    letter = isinstance(document.head, LetterHead)
    imprint = imprint_xml(document.imprint, letter=letter) if document.imprint else ""
    return head + writer.write(document.blocks) + imprint


def _write_letter_pages(section: Section, head: LetterHead) -> None:
    """The first page of a letter: mark and red lines; the others keep their page numbers."""
    section.different_first_page_header_footer = True
    section.header_distance, section.footer_distance = Mm(30), Mm(20)
    for part, xml in (
        (section.first_page_header, letter_header_xml(head)),
        (section.first_page_footer, letter_footer_xml()),
    ):
        part.is_linked_to_previous = False
        _replace_children(part._element, xml)
    for footer in (section.footer, section.even_page_footer):
        footer.paragraphs[0].paragraph_format.space_after = Mm(5)


def _replace_children(parent: BaseOxmlElement, xml: str) -> None:
    parent[:] = list(parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"))


@cache
def _base() -> bytes:
    """An empty A4 document with our styles, margins and page numbers, made once per process.

    python-docx's own template carries 0.9 MB of styles that nothing here uses.
    """
    word = docx.Document()
    for rels in (word.part.rels, word.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype not in _KEPT_PARTS]:
            del rels[key]
    word.styles.element[:] = list(parse_xml(STYLES))
    word.settings.element[:] = list(parse_xml(SETTINGS))
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    _write_page_number(section.footer, "right")
    _write_page_number(section.even_page_footer, "left")
    grid = word.element.find(f".//{qn('w:docGrid')}")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE))
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def _write_page_number(footer: _Footer, side: str) -> None:
    """— 1 — in 四号宋体, one character in from the outer edge."""
    footer.is_linked_to_previous = False
    look = ParagraphLook(style="Footer", align=side, left=280, right=280, line=280)
    rpr = _PAGE_NUMBER_TEXT.xml()
    content = (
        run_xml("— ", _PAGE_NUMBER_TEXT)
        + f'<w:fldSimple w:instr="PAGE"><w:r>{rpr}<w:t>1</w:t></w:r></w:fldSimple>'
        + run_xml(" —", _PAGE_NUMBER_TEXT)
    )
    _replace_children(footer._element, paragraph_xml(look, content))


def _write_properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title = clean_text(document.title)[:255]
    properties.author = properties.last_modified_by = clean_text(document.author)[:255]
    properties.created = properties.modified = utc_moment(document.created_at)
    properties.revision = 1
    properties.comments = properties.keywords = properties.subject = properties.category = ""


def _package(word: WordDocument, body: bytes) -> bytes:
    """The file with the body in it and every entry dated alike.

    The body goes in as text while the package is copied: moving a long tree of elements into
    python-docx's own costs several times as much as all the rest.
    """
    saved, result = BytesIO(), BytesIO()
    word.save(saved)
    with ZipFile(saved) as source, ZipFile(result, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0  # the same on Windows and Linux
            data = source.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:sectPr", body + b"<w:sectPr", 1)
            target.writestr(entry, data)
    return result.getvalue()
