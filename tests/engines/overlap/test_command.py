"""``laoqu-engines overlap`` on good and faulty files."""

import json
from pathlib import Path

import pytest

from laoqu_engines.cli import main

ROWS = [
    {"id": "1", "county_code": "140881", "village": "柳湾村", "name": "安装路灯43盏", "year": 2024},
    {"id": "2", "county_code": "140881", "village": "柳湾", "content": "村内亮化，路灯43盏"},
    {"id": "3", "county_code": "140881", "village": "桃园村", "name": "安装路灯43盏", "year": None},
]


def write(path: Path, rows: list[object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def test_pairs_are_written_in_the_published_schema(tmp_path: Path) -> None:
    out = tmp_path / "pairs.jsonl"
    rows = write(tmp_path / "rows.jsonl", [*ROWS])
    assert main(["overlap", str(rows), "--out", str(out)]) == 0
    (pair,) = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert list(pair) == ["a", "b", "score", "level", "relation", "reason"]
    assert (pair["a"], pair["b"], pair["relation"]) == ("1", "2", "duplicate")
    assert pair["level"] in ("high", "medium")
    assert pair["reason"].endswith("。")


@pytest.mark.parametrize(
    "text",
    [
        "{\n",
        "[1]\n",
        '{"name": "没有编号"}\n',
        '{"id": "1"}\n{"id": "1"}\n',
        '{"id": "1", "year": "去年"}\n',
        '{"id": "1", "amount_yuan": "三万"}\n',
        '{"id": "1", "amount_yuan": 0.001}\n',
        '{"id": "1", "name": ["路灯"]}\n',
    ],
)
def test_a_faulty_row_is_one_sentence_and_exit_2(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(text, "utf-8")
    assert main(["overlap", str(rows), "--out", str(tmp_path / "out.jsonl")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.strip().endswith("。")
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("data", [None, "路灯".encode("gb18030")])
def test_a_file_that_cannot_be_read_is_one_sentence_and_exit_2(
    data: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = tmp_path / "rows.jsonl"
    if data is not None:
        rows.write_bytes(data)
    assert main(["overlap", str(rows), "--out", str(tmp_path / "out.jsonl")]) == 2
    assert capsys.readouterr().err.strip().endswith("。")
