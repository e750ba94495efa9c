"""The same document is the same bytes, and any text gives a file that opens."""

import os
import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st

from laoqu_engines.document import (
    AttachmentNote,
    Attendance,
    ByLine,
    Column,
    Document,
    FigureNote,
    Heading,
    Imprint,
    MinutesHead,
    Paragraph,
    Run,
    Salutation,
    Signature,
    Table,
    Title,
    clean_text,
    write_document,
)

from .samples import AT, DAY, REPORT, document, every_sample, reopened


@every_sample
def test_the_same_document_gives_the_same_bytes(sample: Document) -> None:
    for comments in (True, False):
        first = write_document(sample, comments=comments)
        assert first == write_document(sample, comments=comments)


def test_no_entry_of_the_file_carries_the_time_of_writing() -> None:
    with ZipFile(BytesIO(write_document(REPORT, comments=True))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_bytes_do_not_depend_on_the_process() -> None:
    code = (
        "import hashlib\nfrom tests.engines.document.samples import REPORT\n"
        "from laoqu_engines.document import write_document\n"
        "print(hashlib.sha256(write_document(REPORT, comments=True)).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_the_properties_name_title_author_and_the_moment_in_utc() -> None:
    properties = reopened(REPORT).core_properties
    assert (properties.title, properties.author) == ("样本", "永济市革命老区建设促进会")
    assert properties.created == properties.modified
    assert properties.created.replace(tzinfo=None) == AT.replace(tzinfo=None)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=40), st.text(max_size=300))
def test_any_text_anywhere_gives_a_file_that_opens_with_that_text(short: str, long: str) -> None:
    note = FigureNote(long, 1, (short,), long)
    sample = Document(
        short,
        long,
        AT,
        (
            Title(short),
            ByLine(short),
            Salutation(short),
            Heading(1, short),
            Paragraph((Run(long, note=note),)),
            Table((Column(short),), ((long,), (Run(short, note=note),)), short, short),
            AttachmentNote((short, long)),
            Attendance(short, long),
            Signature(short, DAY),
        ),
        MinutesHead(short, 1, long, DAY),
        Imprint(short, long, DAY),
    )
    word = reopened(sample, comments=True)
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert clean_text(long) in texts
    assert word.tables[0].cell(1, 0).text == clean_text(long)
    assert len(list(word.comments)) == 2


def test_emoji_rare_characters_and_control_characters_survive_or_vanish() -> None:
    word = reopened(document(Paragraph.of("𠮷村🏡\x00\x1b䶮\ud83d<&>\"'")))
    assert word.paragraphs[0].text == "𠮷村🏡䶮<&>\"'"
