"""Money and dates as people write them, and names in a list."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from laoqu.register.fields import MoneyFormField, PartialDateFormField
from laoqu.register.names import split_names


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("1449万元", "14490000"),
        ("1449", "14490000"),
        ("0.5", "5000"),
        ("500元", "500"),
        ("1,449万元", "14490000"),
        ("２３万元", "230000"),
        ("", None),
    ],
)
def test_money_is_typed_as_offices_write_it(typed: str, yuan: str | None) -> None:
    expected = None if yuan is None else Decimal(yuan)
    assert MoneyFormField(required=False).clean(typed) == expected


def test_an_amount_in_no_known_spelling_says_how_to_write_it() -> None:
    with pytest.raises(ValidationError, match="请写成"):
        MoneyFormField().clean("不少钱")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("2024年", "2024"), ("2024.4", "2024-04"), ("2024年1月30日", "2024-01-30"), ("", "")],
)
def test_a_date_keeps_its_precision(typed: str, kept: str) -> None:
    assert PartialDateFormField(required=False).clean(typed) == kept


def test_a_date_that_does_not_exist_says_how_to_write_one() -> None:
    with pytest.raises(ValidationError, match="请写成"):
        PartialDateFormField().clean("2024年13月40日")


@pytest.mark.parametrize(
    ("typed", "names", "is_open"),
    [
        ("甲村、乙村、丙村", ["甲村", "乙村", "丙村"], False),
        ("甲村、乙村等老区村", ["甲村", "乙村"], True),
        ("甲村,乙村等7个革命老区村", ["甲村", "乙村"], True),
        ("甲村\n乙村", ["甲村", "乙村"], False),
        ("", [], False),
    ],
)
def test_a_list_of_names_is_split_and_its_open_end_noticed(
    typed: str, names: list[str], is_open: bool
) -> None:
    assert split_names(typed) == (names, is_open)
