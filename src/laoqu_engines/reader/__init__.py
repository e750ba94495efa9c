"""Narrative texts of offices → facts with the passage each was read from.

``read(text)`` is deterministic, offline and pure. ``documents.extract`` turns a file into text.
"""

from laoqu_engines.reader.facts import KINDS, Confidence, Fact, PlaceRead, Reading, Unused
from laoqu_engines.reader.reading import read

__all__ = ["KINDS", "Confidence", "Fact", "PlaceRead", "Reading", "Unused", "read"]
