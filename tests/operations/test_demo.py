"""The demo and an office's own ledger never mix."""

import json

from tests.operations.office import Office


def test_the_demo_never_replaces_an_office_s_own_ledger(office: Office) -> None:
    office.must("init", "--county", "140821")
    done = office.laoqu("demo")
    assert done.returncode == 1
    assert done.stderr.startswith("这里已有正式台账")
    assert office.area_codes() == ["140821"]


def test_an_office_that_has_seen_the_demo_starts_clean(office: Office) -> None:
    office.must("demo")
    figures = json.loads(office.must("figures", "2024", "--json"))
    assert [f["shown"] for f in figures["figures"] if f["label"] == "帮扶投资总额"] == ["7815万元"]

    said = office.must("init", "--county", "140821")

    assert "原来的演示台账已存为" in said
    assert len(list((office.home / "backup").glob("demo-*.zip"))) == 1
    assert office.area_codes() == ["140821"]


def test_a_county_that_does_not_exist_is_refused_in_one_sentence(office: Office) -> None:
    done = office.laoqu("init", "--county", "999999")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert office.area_codes() == []
