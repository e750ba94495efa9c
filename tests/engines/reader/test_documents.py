"""Files that offices send become text, or a sentence says why not."""

import io
import zipfile

import docx
import pytest

from laoqu_engines.reader.documents import DocumentError, extract

SENTENCE = "市水利局投资12万元，为柳湾村修水渠。"


def word_file(*, table: bool = False) -> bytes:
    document = docx.Document()
    document.add_heading("年度工作报告", 1)
    document.add_paragraph(SENTENCE)
    if table:
        rows = document.add_table(rows=2, cols=3)
        for row, cells in enumerate((("项目", "地点", "万元"), ("修渠", "柳湾村", "12"))):
            for column, words in enumerate(cells):
                rows.cell(row, column).text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_word_paragraphs_headings_and_table_rows_become_blocks() -> None:
    found = extract(word_file(table=True), "报告.docx")
    assert [block.kind for block in found.blocks] == ["heading", "paragraph", "row", "row"]
    lines = [found.text[block.start : block.end] for block in found.blocks]
    assert lines[1] == SENTENCE
    assert lines[3] == "修渠\t柳湾村\t12"
    assert found.title == "年度工作报告"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_keeps_its_newlines_in_every_encoding(codec: str) -> None:
    text = f"标题\r\n{SENTENCE}\n"
    assert extract(text.encode(codec), "a.txt").text == text


def test_html_gives_paragraphs_and_rows_without_scripts() -> None:
    page = (
        f"<html><head><title>x</title></head><body><script>var a=1</script><p>{SENTENCE}</p>"
        "<table><tr><td>修渠</td><td>柳湾村</td></tr></table></body></html>"
    )
    assert extract(page.encode(), "a.html").text == f"{SENTENCE}\n修渠\t柳湾村"


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 30_000_000)
    return stream.getvalue()


def other_archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"PK\x03\x04garbage", "已损坏"),
        (word_file()[:-400], "已损坏"),
        (bomb(), "过大"),
        (other_archive(), "不是 Word 文档"),
        (b"%PDF-1.4 garbage", "损坏"),
        (b"<html><body><p> </p></body></html>", "没有文字"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe\xfd", "不是文字文件"),
        ("字".encode() * 400_000, "超过 1 MB"),
    ],
)
def test_a_file_that_cannot_be_used_gets_its_own_sentence(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        extract(data, "来件.docx" if data[:1] != b"<" else "来件.html", limit=1024 * 1024)
