"""``laoqu-engines read`` on files of every kind."""

import json
from pathlib import Path

import pytest

from laoqu_engines.cli import main

TEXT = "2024年，永济市交通局投资40万元，为高市村、石佛寺铺设柏油路2.5公里。\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_json_has_facts_with_spans_and_codes(
    codec: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(TEXT.encode(codec))
    assert main(["read", str(path), "--county", "140881", "--json"]) == 0
    (fact,) = json.loads(capsys.readouterr().out)["facts"]
    assert TEXT[slice(*fact["span"])] == fact["text"]
    assert fact["amount_yuan"] == 400_000
    assert fact["places"] == ["高市村", "石佛寺"]
    assert fact["place_codes"][0].startswith("140881")
    assert fact["place_codes"][1] is None


def test_the_county_is_taken_from_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT * 2, "utf-8")
    assert main(["read", str(path)]) == 0
    fact = json.loads(capsys.readouterr().out)["facts"][0]
    assert fact["place_codes"][0].startswith("140881")


def test_a_text_without_a_fact_gives_an_empty_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("天气很好。", "utf-8")
    assert main(["read", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"facts": []}


def test_explain_shows_each_stage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    assert main(["read", str(path), "--explain"]) == 0
    shown = capsys.readouterr().out
    for words in ("句 0-", "分句", "金额", "地点", "事实 F1 funding"):
        assert words in shown


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.txt", b"", []),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, []),
        ("没有.txt", None, []),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence_and_exit_2(
    name: str,
    data: bytes | None,
    code: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    assert main(["read", str(path), *code]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.strip().endswith("。")


def test_an_unknown_county_is_one_sentence_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    assert main(["read", str(path), "--county", "999999"]) == 2
    assert "六位" in capsys.readouterr().err
