"""A file that came in → its text, its sheet lines, or the knowledge that it is a picture."""

import hashlib
import re
import shutil
import subprocess
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from laoqu.intake.sheets import SheetText, read_sheets
from laoqu_engines.reader.documents import DocumentError, extract

PICTURES = {".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG"}
SHEETS = (".xlsx", ".xls", ".ods", ".csv", ".et")
OLD = (".doc", ".wps", ".rtf")
TEXTS = (".docx", ".txt", ".pdf", ".html", ".htm", ".md")
ACCEPTED = (*TEXTS, *SHEETS, *OLD, *PICTURES)
CONVERSION_SECONDS = 90
OLE = b"\xd0\xcf\x11\xe0"


class Refused(Exception):
    """Material that is not taken in; `str(error)` is a sentence that says what to do next.

    `may_be_kept` says that the person may insist on keeping it all the same.
    """

    def __init__(self, sentence: str, may_be_kept: bool = False) -> None:
        super().__init__(sentence)
        self.may_be_kept = may_be_kept


@dataclass(frozen=True)
class Opened:
    """What a file holds. `sheet` only for sheets; `is_scan` where there is no text to read."""

    text: str
    title: str
    sheet: SheetText | None = None
    is_scan: bool = False


def check_size(size: int) -> None:
    """Refuse early what is too large to read."""
    limit = settings.MAX_UPLOAD_BYTES
    if size > limit:
        raise Refused(
            _("文件有 %(size)s MB，超过 %(limit)s MB，没有收下。请去掉图片，或分成几个文件再传。")
            % {"size": size // 1024**2, "limit": limit // 1024**2}
        )


def open_file(data: bytes, filename: str) -> Opened:
    """Open a file by its kind. Errors: `Refused`."""
    check_size(len(data))
    ending = Path(filename).suffix.lower()
    if not data.strip(b"\x00 \r\n\t"):
        raise Refused(_("“%(name)s”是空文件，请检查后重新选择。") % {"name": filename})
    if ending not in ACCEPTED:
        raise Refused(
            _("“%(name)s”这种文件读不了。请传 Word、PDF、网页、文本、Excel 表或照片。")
            % {"name": filename}
        )
    try:
        if ending in PICTURES:
            return _picture(data, filename, ending)
        if ending in SHEETS:
            return _sheet(data, filename)
        if ending in OLD:
            data, filename = _converted(data, filename), f"{Path(filename).stem}.docx"
        return _document(data, filename)
    except DocumentError as error:
        raise Refused(str(error)) from error


def _picture(data: bytes, filename: str, ending: str) -> Opened:
    if not data.startswith(PICTURES[ending]):
        raise Refused(_("“%(name)s”不是完好的照片，请重新拍照或扫描后再传。") % {"name": filename})
    return _scan(filename)


def _scan(filename: str) -> Opened:
    """A picture has no words; its text says so, so that rows typed from it can cite it."""
    words = _("（扫描件或照片：%(name)s，请看原件。）") % {"name": filename}
    return Opened(words, Path(filename).stem, is_scan=True)


def _sheet(data: bytes, filename: str) -> Opened:
    if data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused(_("“%(name)s”加了密码，请取消密码后再上传。") % {"name": filename})
    if data.startswith(b"PK"):
        _check_expansion(data, filename)
    sheet = read_sheets(data, filename)
    return Opened(sheet.text, sheet.title or Path(filename).stem, sheet=sheet)


def _check_expansion(data: bytes, filename: str) -> None:
    """Refuse, before it is opened, a packed file that would expand beyond all measure."""
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            expanded = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Refused(_("“%(name)s”已损坏，请重新取得一份再上传。") % {"name": filename}) from error
    if expanded > 200 * max(len(data), 20_000) or expanded > 200 * 1024**2:
        raise Refused(
            _("“%(name)s”解开后过大，不像正常的表格，没有打开。请重新另存为 .xlsx。")
            % {"name": filename}
        )


def _document(data: bytes, filename: str) -> Opened:
    try:
        document = extract(data, filename, limit=settings.MAX_UPLOAD_BYTES)
    except DocumentError as error:
        if data.startswith(b"%PDF") and "扫描" in str(error):
            return _scan(filename)
        raise
    return Opened(document.text, document.title or Path(filename).stem)


def _converted(data: bytes, filename: str) -> bytes:
    """An old .doc or .wps as .docx, by LibreOffice where this machine has it."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused(_("“%(name)s”加了密码，请取消密码后再上传。") % {"name": filename})
    sentence = _(
        "“%(name)s”是旧格式，这台电脑打不开。请用 Word 或 WPS 打开它，点“文件—另存为”，"
        "类型选 .docx，再上传。"
    ) % {"name": filename}
    if office is None:
        raise Refused(sentence)
    with tempfile.TemporaryDirectory(prefix="laoqu-") as folder:
        old = Path(folder) / f"material{Path(filename).suffix.lower()}"
        old.write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [office, "--headless", "--norestore", profile]
        command += ["--convert-to", "docx", "--outdir", folder, str(old)]
        try:
            subprocess.run(command, timeout=CONVERSION_SECONDS, capture_output=True, check=True)
            return old.with_suffix(".docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise Refused(sentence) from error


def fingerprint(data: bytes) -> str:
    """The SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def text_fingerprint(text: str) -> str:
    """The same for two texts that differ only in blanks, line breaks and width of characters."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return fingerprint(plain.encode())
