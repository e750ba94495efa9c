"""Model fields of the ledger: money in whole fen, and dates that keep their precision."""

import re
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laoqu_engines.values.money import parse_money, wan_yuan
from laoqu_engines.values.period import Period

OLDEST_YEAR, LAST_YEAR = 1800, 2100
"""Years of dates; those outside are slips of the pen."""


class MoneyField(models.BigIntegerField):  # type: ignore[type-arg]
    """An amount of money. Python: `Decimal` yuan; database: integer fen; form: “1449万元”."""

    description = _("金额（元）")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(value) / 100

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        return Decimal(str(value))

    def get_prep_value(self, value: Any) -> int | None:
        if value is None or hasattr(value, "resolve_expression"):
            return cast(int | None, value)
        fen = Decimal(str(value)) * 100
        if fen != fen.to_integral_value():
            raise ValidationError(
                _("金额最小到分，请检查：%(value)s 元。"), params={"value": value}
            )
        return int(fen)

    @property
    def validators(self) -> list[Any]:
        return [_within_range]

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if (
            value is not None
            and value < 0
            and self.name not in getattr(model_instance, "SIGNED", ())
        ):
            raise ValidationError(_("金额不能是负数，请核对。"))

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return models.Field.formfield(self, **{"form_class": MoneyFormField, **kwargs})


def _within_range(value: Decimal) -> None:
    if abs(value) >= Decimal(10) ** 14:
        raise ValidationError(_("金额太大，请检查单位是不是写错了。"))


class MoneyFormField(forms.CharField):
    """Accepts “1449万元”, “80万”, “500元”; a bare number is in 万元, as the offices write it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["help_text"] = kwargs.get("help_text") or _("单位万元。也可以写“1449万元”“500元”。")
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return wan_yuan(int(value * 100)) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        amount = parse_money(text, unit="万元")
        if amount is None:
            raise ValidationError(_("看不懂这个金额，请写成“80万元”或“500元”。"))
        return Decimal(amount.fen) / 100

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(self.prepare_value(initial)) != self.to_python(data)
        except ValidationError:
            return True


class PartialDateField(models.CharField):  # type: ignore[type-arg]
    """A date as precise as it was given: “2024”, “2024-04” or “2024-01-30”; sorts as text."""

    description = _("日期")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})


class PartialDateFormField(forms.CharField):
    """Accepts “2024年1月30日”, “2024.1”, “2024-01-30”, “2024年”."""

    MAY_LIE_AHEAD = re.compile(r"计划|预计|期限|到期|届满|有效期|时限|截止|为止|到何时止")
    """Words of the labels of dates that may be still to come."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["help_text"] = kwargs.get("help_text") or _("可以只写到年或月，例如“2024年4月”。")
        kwargs.pop("max_length", None)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        period = Period.parse(value) if isinstance(value, str) and value else None
        return period.chinese() if period else value

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        period = Period.parse(text)
        if period is None:
            raise ValidationError(_("看不懂这个日期，请写成“2024年1月30日”“2024年4月”或“2024年”。"))
        if not OLDEST_YEAR <= period.year <= LAST_YEAR:
            raise ValidationError(_("年份不对，请检查日期。"))
        return period.iso()

    def lies_ahead(self, value: str | None) -> bool:
        """Whether the date is still to come, though it should lie behind."""
        if not value or self.MAY_LIE_AHEAD.search(str(self.label)):
            return False
        return value > timezone.localdate().isoformat()[: len(value)]
