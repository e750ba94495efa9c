"""Files that offices send (.docx .html .txt .pdf) → one text with its blocks.

``extract(data, filename)`` looks at the bytes, not only at the name. Every failure is a
``DocumentError`` whose message is a Chinese sentence that says what to do next.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

MEGABYTE = 1024 * 1024
_EXPANDED_LIMIT = 200 * MEGABYTE
_RATIO_LIMIT = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BlockKind = Literal["heading", "paragraph", "row"]


class DocumentError(Exception):
    """A file that cannot be used; ``str(error)`` is a sentence for the user."""


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or table row: ``text[start:end]`` of its document."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """The text of a file, one block a line; ``title`` is its first heading or line."""

    text: str
    blocks: tuple[Block, ...]
    title: str


def extract(data: bytes, filename: str, *, limit: int = 50 * MEGABYTE) -> Document:
    """The text of a file. ``limit``: the largest size in bytes that is opened."""
    name = filename.rsplit("/", 1)[-1]
    if not data.strip(b"\x00 \r\n\t"):
        raise DocumentError(f"“{name}”是空文件，请检查后重新选择。")
    if len(data) > limit:
        size = len(data) // MEGABYTE
        raise DocumentError(
            f"“{name}”有 {size} MB，超过 {limit // MEGABYTE} MB，请去掉图片或分成几个文件再上传。"
        )
    if data.startswith(_OLE):
        raise DocumentError(_legacy(data, name))
    if data.startswith(b"%PDF"):
        return _assemble(_pdf_lines(data, name), name, scan=True)
    if data.startswith(b"PK"):
        return _assemble(_docx_blocks(data, name), name)
    text = decode(data, name)
    if name.lower().endswith((".html", ".htm")) or re.match(
        r"\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<html)", text[:500], re.IGNORECASE
    ):
        return _assemble(_html_blocks(text), name)
    return as_text(text)


def decode(data: bytes, name: str = "文件") -> str:
    """Text bytes → str, newlines as they are, without a byte order mark."""
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for codec in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if text.count("\x00") <= len(text) // 100:
            return text
    raise DocumentError(f"“{name}”不是文字文件或编码认不出，请用 Word 另存为 .docx 后再上传。")


def as_text(text: str) -> Document:
    """A plain text as a document: its lines are its blocks, the text stays as it is."""
    blocks, at = [], 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            start = at + line.index(body)
            blocks.append(Block(_line_kind(body), start, start + len(body)))
        at += len(line)
    title = text[blocks[0].start : blocks[0].end] if blocks else ""
    return Document(text, tuple(blocks), title[:80])


def _line_kind(line: str) -> BlockKind:
    heading = len(line) <= 40 and not re.search(r"[。；，：]$", line)
    return "heading" if heading else "paragraph"


def _assemble(lines: Iterator[tuple[BlockKind, str]], name: str, *, scan: bool = False) -> Document:
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    for kind, line in lines:
        body = line if kind == "row" else line.strip()
        if not body:
            continue
        blocks.append(Block(kind, at, at + len(body)))
        pieces.append(body)
        at += len(body) + 1
    if not blocks:
        if scan:
            raise DocumentError(f"“{name}”里没有文字，像是扫描件，请上传 Word 原件或照着录入。")
        raise DocumentError(f"“{name}”里没有文字，请检查是不是选错了文件。")
    text = "\n".join(pieces)
    first = next((b for b in blocks if b.kind == "heading"), blocks[0])
    return Document(text, tuple(blocks), text[first.start : first.end][:80])


def _legacy(data: bytes, name: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"“{name}”加了密码，请取消密码后再上传。"
    return f"“{name}”是旧格式（.doc 或 .wps），请用 Word 或 WPS 打开，另存为 .docx 后再上传。"


def _docx_blocks(data: bytes, name: str) -> Iterator[tuple[BlockKind, str]]:
    import docx
    from docx.opc.exceptions import OpcError

    _check_archive(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise DocumentError(
            f"“{name}”不是完好的 Word 文档，请用 Word 打开后另存为 .docx 再上传。"
        ) from error
    return _docx_lines(document)


def _check_archive(data: bytes, name: str) -> None:
    """Refuses, before anything is opened, an archive that would expand beyond all measure."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise DocumentError(f"“{name}”加了密码，请取消密码后再上传。")
            expanded = sum(entry.file_size for entry in entries)
            names = {entry.filename for entry in entries}
    except zipfile.BadZipFile as error:
        raise DocumentError(f"“{name}”已损坏，请重新取得一份再上传。") from error
    if expanded > _EXPANDED_LIMIT or expanded > _RATIO_LIMIT * max(len(data), 20_000):
        raise DocumentError(f"“{name}”解开后过大，不像正常的文档，没有打开。请重新另存为 .docx。")
    if "word/document.xml" not in names:
        raise DocumentError(f"“{name}”不是 Word 文档，请上传 .docx、.pdf、.html 或 .txt 文件。")


def _docx_lines(document: Any) -> Iterator[tuple[BlockKind, str]]:
    from docx.table import Table

    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield from _rows([[cell.text for cell in row.cells] for row in item.rows])
            continue
        style = (item.style.name or "").lower() if item.style is not None else ""
        kind: BlockKind = "paragraph"
        if style.startswith(("heading", "title", "标题")) or _line_kind(item.text) == "heading":
            kind = "heading"
        for line in item.text.split("\n"):
            yield kind, line


def _rows(rows: list[list[str]]) -> Iterator[tuple[BlockKind, str]]:
    """Cells set apart by tabs; a merged cell says its words once and keeps its columns."""
    for cells in rows:
        words = [re.sub(r"\s+", "", cell) for cell in cells]
        kept = [
            "" if index and word == words[index - 1] else word for index, word in enumerate(words)
        ]
        if any(kept):
            yield "row", "\t".join(kept)


def _html_blocks(text: str) -> Iterator[tuple[BlockKind, str]]:
    from lxml import html

    root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text))
    for element in root.xpath("//script|//style|//noscript|//nav|//footer|//head"):
        element.drop_tree()
    yield from _html_lines(root)


_LINE_TAGS = {"p", "div", "li", "section", "article", "td", "blockquote", "body", "center"}


def _html_lines(root: Any) -> Iterator[tuple[BlockKind, str]]:
    pending: list[str] = []

    def flush() -> Iterator[tuple[BlockKind, str]]:
        line = re.sub(r"[ \t\r\n]+", " ", "".join(pending)).strip()
        pending.clear()
        if line:
            yield _line_kind(line), line

    def walk(element: Any) -> Iterator[tuple[BlockKind, str]]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == "tr":
            yield from flush()
            yield from _rows([[cell.text_content() for cell in element.xpath("./td|./th")]])
            return
        breaks = tag in _LINE_TAGS or tag == "br" or re.fullmatch(r"h[1-6]|tr|table", tag)
        if breaks:
            yield from flush()
        if tag:
            pending.append(element.text or "")
        for child in element:
            yield from walk(child)
            pending.append(child.tail or "")
        if breaks:
            yield from flush()

    yield from walk(root)
    yield from flush()


def _pdf_lines(data: bytes, name: str) -> Iterator[tuple[BlockKind, str]]:
    from pdfminer.high_level import extract_text
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException

    try:
        text = extract_text(io.BytesIO(data))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise DocumentError(f"“{name}”加了密码，请取消密码后再上传。") from error
    except (PDFException, ValueError, KeyError, TypeError, AssertionError) as error:
        raise DocumentError(f"“{name}”已损坏，请重新取得一份再上传。") from error
    return _paragraphs(text)


def _paragraphs(text: str) -> Iterator[tuple[BlockKind, str]]:
    """Lines of a page → paragraphs: a line goes on where the one before is full and unfinished."""
    lines = [line.strip() for line in re.split(r"[\n\f]", text)]
    lines = [line for line in lines if not re.fullmatch(r"[-—–\s]*\d{1,4}[-—–\s]*", line)]
    longest = max(map(len, lines), default=0)
    held = ""
    for line in lines:
        if held and (not line or len(held.rsplit("\n", 1)[-1]) == 0):
            continue
        held += line
        if not line or len(line) < longest * 0.8 or line[-1:] in "。！？；":
            if held:
                yield _line_kind(held), held
            held = ""
    if held:
        yield _line_kind(held), held
