"""Office documents after GB/T 9704-2012: blocks in, the bytes of a .docx file out.

    from laoqu_engines.document import Document, Heading, Paragraph, Title, write_document

    data = write_document(Document(title, author, created_at, blocks), comments=False)

`laoqu_engines.document.sheet` writes the .xlsx and .csv files that go with them.
"""

from .blocks import (
    Align,
    AttachmentNote,
    Attendance,
    Block,
    ByLine,
    Cell,
    Column,
    Document,
    FigureNote,
    FileHead,
    Head,
    Heading,
    Imprint,
    LetterHead,
    MinutesHead,
    PageBreak,
    Paragraph,
    Run,
    Salutation,
    Signature,
    Table,
    Title,
)
from .package import write_document
from .wording import (
    DocumentError,
    check_document_number,
    chinese_number,
    clean_text,
    date_text,
    document_number,
    heading_mark,
    parse_date,
)

__all__ = [
    "Align",
    "AttachmentNote",
    "Attendance",
    "Block",
    "ByLine",
    "Cell",
    "Column",
    "Document",
    "DocumentError",
    "FigureNote",
    "FileHead",
    "Head",
    "Heading",
    "Imprint",
    "LetterHead",
    "MinutesHead",
    "PageBreak",
    "Paragraph",
    "Run",
    "Salutation",
    "Signature",
    "Table",
    "Title",
    "check_document_number",
    "chinese_number",
    "clean_text",
    "date_text",
    "document_number",
    "heading_mark",
    "parse_date",
    "write_document",
]
