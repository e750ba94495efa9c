"""The recorded accuracy is a floor: no change may fall below it. ``-s`` prints the figures."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from laoqu_engines.overlap import Overlaps, Work, find_overlaps

from .scoring import SAMPLES, judged, measures

SHARED = Path(__file__).resolve().parents[4] / "shared" / "overlap-dev"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="labelled pairs not here")


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("overlap_score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def found() -> Overlaps:
    lines = (SHARED / "rows.jsonl").read_text("utf-8").splitlines()
    return find_overlaps(Work.from_json(json.loads(line)) for line in lines)


def scored(found: Overlaps, origin: str = "all") -> Any:
    score = scorer()
    predictions = {frozenset((pair.a, pair.b)): pair.to_json() for pair in found.pairs}
    result = score.evaluate(score.load_pairs(origin=origin), predictions)
    score.report(result, f"labelled pairs, origin {origin}")
    return result


def shown_relations(result: Any, found: Overlaps) -> float:
    """The share of shown labelled pairs whose relation is right."""
    score = scorer()
    gold = score.load_pairs()
    shown = [pair for pair in found.pairs if pair.level in ("high", "medium")]
    labels = [(gold.get(frozenset((pair.a, pair.b))), pair) for pair in shown]
    known = [(row["label"], pair.relation) for row, pair in labels if row]
    return sum(label == relation for label, relation in known) / len(known)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_own_samples_stay_above_their_floor(path: Path) -> None:
    figures = measures(judged(path))
    print(path.stem, {name: round(value, 3) for name, value in figures.items()})
    assert figures["precision"] >= 0.92
    assert figures["f1"] >= 0.94
    assert figures["average_precision"] >= 0.97
    assert figures["relation"] >= 0.8


@needs_shared
def test_labelled_pairs_stay_above_their_floors(found: Overlaps) -> None:
    result = scored(found)
    assert result["precision"] >= 0.93
    assert result["f1"] >= 0.93
    assert result["ap"] >= 0.96
    assert result["reasons"][0] == result["reasons"][1]
    assert shown_relations(result, found) >= 0.82


@needs_shared
def test_real_pairs_alone_stay_above_their_floor(found: Overlaps) -> None:
    assert scored(found, "real")["ap"] >= 0.88


@needs_shared
def test_the_candidates_of_the_conference_article_cannot_be_decided(found: Overlaps) -> None:
    rows = {
        row["id"]: row
        for row in map(json.loads, (SHARED / "rows.jsonl").read_text("utf-8").splitlines())
    }
    gold = scorer().load_pairs(origin="real")
    named = {"任阳村", "洗马村", "虞乡村", "西开张村", "东开张村", "宋家卓村", "张营村"}
    wanted = {
        pair
        for pair, label in gold.items()
        if label["label"] == "cannot_tell" and {rows[name]["village"] for name in pair} <= named
    }
    assert len(wanted) == 8
    answers = {frozenset((pair.a, pair.b)): pair for pair in found.pairs}
    for pair in wanted:
        assert answers[pair].relation == "cannot_tell"
        assert answers[pair].level in ("high", "medium")
        assert "无法判定" in answers[pair].reason
