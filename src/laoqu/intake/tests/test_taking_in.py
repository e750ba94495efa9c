"""What is handed in: taken once, read beside the page, refused with one clear sentence."""

import gzip
import io
import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cast import World

from laoqu.intake import files, services
from laoqu.intake.models import Proposal, Reading, Stage
from laoqu.intake.tests.conftest import TEXT, HandIn
from laoqu.register.models import Passage, Source
from laoqu_engines.reader import read

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 9
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def bomb() -> bytes:
    """A small .docx that says it is 300 MB when opened."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (300 * 1024**2))
    return out.getvalue()


BAD = {
    "empty": ("空.docx", b"", "空文件"),
    "blank": ("空白.txt", b" \r\n", "空文件"),
    "encrypted": ("密.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "encrypted sheet": ("密.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "corrupt": ("坏.docx", b"PK\x03\x04 not a document", "损坏"),
    "corrupt sheet": ("坏.xlsx", b"PK\x03\x04 not a sheet", "损坏"),
    "no picture": ("假.jpg", b"words", "照片"),
    "unknown": ("程序.exe", b"MZ\x00\x01", "读不了"),
    "no text file": ("乱.txt", bytes(range(256)) * 20, "编码认不出"),
    "somebody's number": (
        "名单.txt",
        "慰问困难户张某，身份证11010519491231002X，发米一袋。".encode(),
        "身份证号",
    ),
    "no fact": ("无.txt", "今天天气很好，大家都很高兴。".encode(), "没有读出可以入账的事"),
    "other county": (
        "外县.txt",
        "山西省运城市临猗县2024年工作\n临猗县水利局投资80万元，为高头村修路。".encode(),
        "临猗县",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_material_gets_its_own_sentence_and_leaves_nothing(
    case: str, hand_in: HandIn, world: World
) -> None:
    name, data, words = BAD[case]
    answer = hand_in(name, data)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert words in page, page
    assert not Source.objects.exists()
    assert not Reading.objects.exists()
    assert not Proposal.objects.exists()


def test_a_zip_bomb_is_refused_before_it_is_opened(hand_in: HandIn) -> None:
    answer = hand_in("炸弹.docx", bomb())
    assert "解开后过大" in answer.content.decode()
    assert not Source.objects.exists()


def test_300_megabytes_are_refused_before_they_are_read(office: Client) -> None:
    answer = office.generic(
        "POST", reverse("intake"), b"", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(300 * 1024**2),
    )  # fmt: skip
    assert answer.status_code == 413
    assert "超过 50 MB" in answer.content.decode()


def test_an_old_word_file_says_how_to_save_it_anew_where_there_is_no_libreoffice(
    hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    page = hand_in("旧.doc", OLE + b"old word").content.decode()
    assert "另存为" in page
    assert ".docx" in page
    assert not Source.objects.exists()


def test_an_old_file_that_libreoffice_cannot_open_says_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise subprocess.TimeoutExpired("soffice", 90)

    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/soffice")
    monkeypatch.setattr(subprocess, "run", broken)
    with pytest.raises(files.Refused, match="另存为"):
        files.open_file(OLE + b"old word", "旧.wps")


def converted(folder: Path, ending: str) -> bytes:
    """The short report as another program writes it."""
    office = shutil.which("soffice")
    assert office
    (folder / "情况.txt").write_text(TEXT, "utf-8-sig")
    command = [office, "--headless", f"-env:UserInstallation={(folder / 'p').as_uri()}"]
    command += ["--convert-to", ending, "--outdir", str(folder), str(folder / "情况.txt")]
    subprocess.run(command, check=True, capture_output=True, timeout=90)
    return (folder / f"情况.{ending}").read_bytes()


@pytest.mark.libreoffice
def test_an_old_word_file_is_converted_where_libreoffice_is(tmp_path: Path) -> None:
    opened = files.open_file(converted(tmp_path, "doc"), "旧.doc")
    assert "市水利局投资80万元" in opened.text


@pytest.mark.libreoffice
def test_a_pdf_is_read_like_the_words_in_it(hand_in: HandIn, tmp_path: Path) -> None:
    answer = hand_in("情况.pdf", converted(tmp_path, "pdf"))
    assert answer.status_code == 302, answer.content.decode()
    proposed = Proposal.objects.order_by("position")
    assert [one.data["amount"] for one in proposed] == ["80万元", "20万元"]


def test_text_in_gbk_is_read(hand_in: HandIn) -> None:  # X13
    assert hand_in("国标.txt", TEXT.encode("gb18030")).status_code == 302
    assert "市水利局" in Source.objects.get().text


def test_pasted_words_are_taken_like_a_file(office: Client) -> None:
    answer = office.post(reverse("intake"), {"words": TEXT})
    assert answer.status_code == 302
    assert Source.objects.get().title.startswith("永济市老促会2024年帮扶情况")


def test_the_year_is_that_of_the_facts(source: Source) -> None:
    assert source.year == 2024


def test_the_same_file_twice_changes_nothing(source: Source, hand_in: HandIn) -> None:
    answer = hand_in("又一次.txt", TEXT.encode())
    assert answer["Location"] == reverse("review", args=[source.pk])
    assert Source.objects.count() == 1
    assert Reading.objects.count() == 1


def test_the_same_words_in_another_file_change_nothing(source: Source, hand_in: HandIn) -> None:
    answer = hand_in("另存.txt", TEXT.replace("\n", "\r\n").encode("utf-16"))
    assert answer["Location"] == reverse("review", args=[source.pk])
    assert Source.objects.count() == 1
    assert Reading.objects.count() == 1


def test_material_without_facts_is_kept_when_the_person_insists(hand_in: HandIn) -> None:
    answer = hand_in("无.txt", "今天天气很好，大家都很高兴。".encode(), keep_anyway="on")
    assert answer.status_code == 302
    assert Source.objects.get().proposals.count() == 0


def test_a_photo_becomes_a_source_beside_an_empty_form(
    hand_in: HandIn, office: Client, world: World
) -> None:
    assert hand_in("收条.png", PNG).status_code == 302
    source = Source.objects.get()
    assert "收条.png" in source.text
    page = office.get(reverse("record_in", args=[source.pk, "contributions"]))
    assert page.status_code == 200
    assert "<img" in page.content.decode()
    typed = {
        "year": "2024", "kind": "donation", "funder": "永济市水利局", "amount": "3万元",
        "stage": "stated", "places": "高市村", "visibility": "internal",
    }  # fmt: skip
    saved = office.post(reverse("record_in", args=[source.pk, "contributions"]), typed)
    assert saved.status_code == 302, saved.context["form"].errors
    passage = Passage.objects.get()
    assert passage.text == source.text


def test_a_row_typed_by_hand_cites_the_sentence_it_comes_from(
    source: Source, office: Client
) -> None:
    typed = {"year": "2024", "name": "送温暖", "visibility": "internal"}
    address = reverse("record_in", args=[source.pk, "visits"])
    wrong = office.post(address, {**typed, "quote": "原文里没有的话"})
    assert wrong.status_code == 400
    assert "原样复制" in wrong.content.decode()
    quote = "为新源村修建广场"
    assert office.post(address, {**typed, "quote": quote}).status_code == 302
    assert Passage.objects.get().text == quote


def test_the_original_file_opens_only_for_those_who_may_read_it(
    source: Source, office: Client, world: World
) -> None:
    address = reverse("source_file", args=[source.pk])
    assert b"".join(office.get(address)) == TEXT.encode()  # type: ignore[arg-type]
    stranger = Client()
    assert stranger.get(address).status_code == 404
    stranger.force_login(world.lin)
    assert stranger.get(address).status_code == 404


def test_a_long_text_is_read_part_by_part_with_spans_of_the_whole() -> None:
    body = "".join(f"市水利局投资{n}万元，为第{n}村修路。\n" for n in range(1, 3000))
    text = "永济市老促会2024年工作总结\n" + body
    cuts = list(services.parts(text))
    assert len(cuts) > 1
    assert cuts[0][0] == 0
    assert cuts[-1][1] == len(text)
    assert all(a[1] == b[0] for a, b in pairwise(cuts))

    facts = [
        fact
        for part in cuts[:2]
        for fact in services.read_part(text, part, lambda piece: read(piece).facts)
    ]
    assert len({fact.id for fact in facts}) == len(facts) > 500
    assert all(text[fact.span[0] : fact.span[1]] == fact.text for fact in facts)


def test_a_reading_that_was_cut_off_is_taken_up_again(
    world: World, at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = services.receive(TEXT.encode(), "断.txt", world.yongji, world.mei)

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(services, "_store_proposals", killed)
        with pytest.raises(KeyboardInterrupt):
            services.run(reading.pk)
    assert not Source.objects.exists()
    assert not Proposal.objects.exists()
    reading.refresh_from_db()
    assert reading.stage == Stage.READING
    services.run(reading.pk)  # still claimed by the one that was cut off
    assert not Source.objects.exists()
    long_ago = timezone.now() - 2 * services.ABANDONED
    Reading.objects.filter(pk=reading.pk).update(heartbeat_at=long_ago)
    services.run(reading.pk)
    assert Source.objects.get().proposals.count() == 2
    assert not services.pending_count(world.lin)
    assert services.pending_count(world.mei) == 2


def test_a_long_reading_shows_how_far_it_has_come(world: World, office: Client) -> None:
    reading = services.receive(TEXT.encode(), "长.txt", world.yongji, world.mei)
    Reading.objects.filter(pk=reading.pk).update(
        stage=Stage.READING, heartbeat_at=timezone.now(), done=50, total=200
    )
    page = office.get(reverse("reading", args=[reading.pk])).content.decode()
    assert "25%" in page
    assert 'data-again="3"' in page
    assert "长.txt" in office.get(reverse("progress")).content.decode()


def test_uploads_are_told_that_secrets_do_not_belong_here(office: Client) -> None:  # P9
    assert "涉密信息不得录入" in office.get(reverse("intake")).content.decode()


def test_the_limit_of_an_upload_is_the_one_the_page_names() -> None:
    assert settings.MAX_UPLOAD_BYTES == 50 * 1024**2
    with pytest.raises(files.Refused, match="60 MB"):
        files.check_size(60 * 1024**2)


def test_a_packed_text_under_a_wrong_name_is_no_text(hand_in: HandIn) -> None:
    assert hand_in("压缩.txt", gzip.compress(TEXT.encode())).status_code == 400
    assert not Source.objects.exists()
