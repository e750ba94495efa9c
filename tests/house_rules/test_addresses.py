"""A house rule about addresses: each stands once in the table of those who reach it."""

from tests.contract.test_reach import listed, patterns


def test_every_address_stands_in_the_table_of_those_who_reach_it() -> None:
    named = {str(one.name) for path, one in patterns() if not path.startswith("api/")}
    told = "enter it into the table of tests/contract/test_reach.py"
    assert named - set(listed()) == set(), told
    assert set(listed()) - named == set(), "these addresses are gone: take them off the table"
    assert len(listed()) == len(set(listed()))
