"""A cluster where there is none."""

import sys

import pytest

from laoqu_engines.cluster import ClusterMissing, session


def test_without_spark_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(ClusterMissing, match="pip install"), session("local[2]"):
        pass
