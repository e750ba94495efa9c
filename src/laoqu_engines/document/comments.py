"""The comments of the check copy (核对稿): one per figure, with a link that opens its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import CONTENT_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls

from .blocks import FigureNote
from .wording import clean_text, utc_moment

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CODES_SHOWN = 10
_WEB_ADDRESS = re.compile(r"https?://[^\s/]")
_ADDRESS_MARKS = "%/:=&?~#+!$,;'@()*"  # stand as they are in an address; all else is %-encoded


def add_comments(
    document_part: Part, notes: Sequence[FigureNote], author: str, written_at: datetime
) -> None:
    """Give the document one comment per note, numbered from 0 as the body refers to them."""
    head = (
        f'w:author={quoteattr(clean_text(author))} w:initials="核" '
        f'w:date="{utc_moment(written_at):%Y-%m-%dT%H:%M:%SZ}"'
    )
    links: dict[str, str] = {}
    xml = "".join(
        f'<w:comment w:id="{number}" {head}>{_comment_text(note, links)}</w:comment>'
        for number, note in enumerate(notes)
    )
    blob = f"{_DECLARATION}<w:comments {nsdecls('w', 'r')}>{xml}</w:comments>".encode()
    name, package = PackURI("/word/comments.xml"), document_part.package
    part = Part(name, CONTENT_TYPE.WML_COMMENTS, blob, package)
    for address, key in links.items():
        part.rels.add_relationship(RT.HYPERLINK, address, key, is_external=True)
    document_part.relate_to(part, RT.COMMENTS)


def _comment_text(note: FigureNote, links: dict[str, str]) -> str:
    """The three lines of a comment; `links` collects addresses and their relation keys."""
    codes = "、".join(note.codes[:_CODES_SHOWN])
    more = "等" if note.row_count > _CODES_SHOWN else ""
    lines = [_run(note.definition), _run(f"台账{note.row_count}条：{codes}{more}")]
    address = clean_text(note.address).strip()
    if _WEB_ADDRESS.match(address):
        key = links.setdefault(quote(address, safe=_ADDRESS_MARKS), f"rId{len(links) + 1}")
        lines.append(f'<w:hyperlink r:id="{key}">{_run(address)}</w:hyperlink>')
    elif address:
        lines.append(_run(address))
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>{line}</w:p>' for line in lines
    )


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(clean_text(text))}</w:t></w:r>'
