"""Narrative texts of offices → facts with the passage each was read from.

``read(text)`` is deterministic, offline and pure. ``documents.extract`` turns a file into text.
"""

from laoqu_engines.reader.facts import KINDS, Confidence, Fact, PlaceRead, Reading, Unused
from laoqu_engines.reader.lexicon import Lexicon, default_lexicon
from laoqu_engines.reader.reading import knows, read

__all__ = [
    "KINDS",
    "Confidence",
    "Fact",
    "Lexicon",
    "PlaceRead",
    "Reading",
    "Unused",
    "default_lexicon",
    "knows",
    "read",
]
