"""The recorded accuracy is a floor: no change may fall below it."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from laoqu_engines.reader import read

from .scoring import f1, samples, tally

SHARED = Path(__file__).resolve().parents[4] / "shared" / "reader-dev"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="development texts not here")


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reader_score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scored() -> Any:
    """The development texts read and scored by their own scorer."""
    score = scorer()
    texts = {path.stem: path.read_text("utf-8") for path in (SHARED / "texts").glob("*.txt")}
    gold = {name: json.loads((SHARED / f"gold/{name}.json").read_text("utf-8")) for name in texts}
    predicted = {name: [fact.to_json() for fact in read(texts[name]).facts] for name in texts}
    text = {name: score.norm(words) for name, words in texts.items()}
    whole = score.score(predicted, gold, text, list(texts))
    each = {name: score.score(predicted, gold, text, [name]) for name in texts}
    money = score.score(predicted, gold, text, list(texts), money_only=True)
    return whole, each, money


def test_own_samples_stay_above_their_floor() -> None:
    assert f1(*tally(list(samples()))) >= 0.92


@needs_shared
def test_development_texts_stay_above_their_floors(scored: Any) -> None:
    whole, each, money = scored
    assert whole["micro"][5] >= 0.98
    assert whole["complete"][5] >= 0.94
    assert money["complete"][5] >= 0.94
    assert whole["fields"]["amount_yuan"][0] >= 0.98
    for result in each.values():
        if result["complete"][0] >= 5:
            assert result["complete"][5] >= 0.5


@needs_shared
def test_the_conference_article_is_read_whole() -> None:
    text = (SHARED / "texts/000.txt").read_text("utf-8")
    facts = read(text).facts
    money = [fact for fact in facts if fact.amount is not None]
    assert len(money) == 11
    assert sum(fact.amount or 0 for fact in money) == 78_150_000 * 100
    assert sum(len(fact.places) for fact in money) == 55
    visit = next(fact for fact in facts if fact.kind == "visit")
    assert visit.items == ("大米", "食油", "麻花", "红枣")
    show = next(fact for fact in facts if fact.kind == "performance")
    assert (show.count, len(show.places)) == (21, 7)
    assert [f.count for f in facts if f.kind == "subscription"] == [150, 100]


@needs_shared
def test_plans_and_exhortations_of_the_article_yield_nothing(scored: Any) -> None:
    result = scored[1]["000"]
    assert result["complete"][5] >= 0.8
    assert json.dumps([fact["text"] for _, fact in result["spurious"]], ensure_ascii=False) == "[]"
