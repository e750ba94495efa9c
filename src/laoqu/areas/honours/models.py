"""Honours received."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.areas.organisations.models import Organisation
from laoqu.register.fields import PartialDateField
from laoqu.register.models import Record


class Award(Record):
    """荣誉: one honour, who received it and who gave it."""

    CODE_PREFIX = "荣誉"

    name = models.CharField(_("荣誉名称"), max_length=200)
    receiver = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=_("获得单位"),
    )
    giver = models.CharField(_("授予单位"), max_length=100, blank=True)
    awarded_on = PartialDateField(_("日期"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("荣誉")
        verbose_name_plural = _("荣誉")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name
