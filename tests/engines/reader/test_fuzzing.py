"""A short run of ``fuzzing``: mutated texts break no promise of the reader."""

from laoqu_engines.reader import read

from .fuzzing import mutated, promises, seeds


def test_mutated_texts_are_read_with_spans_at_their_very_characters() -> None:
    texts = seeds()
    broken = {}
    for seed in range(400):
        text = mutated(seed, texts)
        if found := promises(text, read(text)):
            broken[seed] = found
    assert broken == {}


def test_a_periodical_counted_before_its_verb_has_its_passage() -> None:
    """Found by fuzzing: the passage began behind the count."""
    text = "150份《中国老区建设》已经订阅。"
    for fact in read(text).facts:
        assert fact.text
        assert text[slice(*fact.span)] == fact.text
