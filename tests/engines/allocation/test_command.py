"""``laoqu-engines allocate``: exit codes, one sentence for a faulty file, the same bytes again."""

import json
from pathlib import Path

import pytest
from tests.engines.allocation.problems import channel, need

from laoqu_engines.cli import main


def run(folder: Path, data: object, *options: str) -> int:
    path = folder / "问题.json"
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    path.write_text(text, "utf-8")
    return main(["allocate", str(path), "--out", str(folder / "方案.json"), *options])


def test_a_plan_is_written_with_every_key_of_the_format(tmp_path: Path) -> None:
    data = {"needs": [need(), need("n2", 50, 3)], "channels": [channel(budget=120)]}
    assert run(tmp_path, data, "--rule", "most_benefit", "--gap", "0") == 0
    plan = json.loads((tmp_path / "方案.json").read_text("utf-8"))
    assert plan["status"] == "optimal"
    assert (plan["benefit"], plan["bound"], plan["gap"]) == (10, 10, 0)
    assert plan["payments"] == [{"need": "n1", "channel": "c1", "amount_fen": 100}]
    left_out = plan["needs"][1]
    assert (left_out["id"], left_out["paid_fen"]) == ("n2", 0)
    assert left_out["reason"]["kind"] == "budget"
    assert left_out["reason"]["change"] == {"channel": "c1", "add_fen": 30}
    assert left_out["reason"]["loss"] == 7
    assert plan["channels"][0]["paid_fen"] == 100
    assert plan["conflict"] == []


def test_an_infeasible_problem_is_no_failure(tmp_path: Path) -> None:
    data = {"needs": [need(pinned="in")], "channels": [channel(budget=1)]}
    assert run(tmp_path, data) == 0
    plan = json.loads((tmp_path / "方案.json").read_text("utf-8"))
    assert plan["status"] == "infeasible"
    assert len(plan["conflict"]) == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("{", "不是完整的 JSON"),
        ({"needs": [need(cost=-1)], "channels": []}, "“n1”的cost_fen"),
        ({"needs": [], "channels": [], "rule": "x"}, "“rule”"),
    ],
)
def test_a_faulty_problem_is_one_sentence_and_no_plan(
    data: object, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, data) == 2
    shown = capsys.readouterr().err
    assert words in shown
    assert shown.count("。") == 1
    assert not (tmp_path / "方案.json").exists()


def test_a_missing_file_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["allocate", str(tmp_path / "没有.json"), "--out", str(tmp_path / "x")]) == 2
    assert "打不开" in capsys.readouterr().err


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    rows = [need(f"n{i}", 30 + i, i % 7 + 0.1, divisible=i % 3 == 0) for i in range(25)]
    data = {"needs": rows, "channels": [channel(budget=300), channel("c2", 99, fee_share=0.03)]}
    written = []
    for _ in range(2):
        assert run(tmp_path, data) == 0
        written.append((tmp_path / "方案.json").read_bytes())
    assert written[0] == written[1]
