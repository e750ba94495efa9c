"""Surveys, and the recommendations that came of them, one row each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.areas.organisations.models import Organisation
from laoqu.register.fields import PartialDateField
from laoqu.register.models import Activity, Record


class Survey(Activity):
    """调研: one topic, where it was looked into, and the report that was written."""

    CODE_PREFIX = "调研"

    topic = models.CharField(_("课题"), max_length=200)
    partners = models.CharField(_("合作单位"), max_length=200, blank=True)
    reports = models.TextField(_("调研报告"), blank=True, help_text=_("一行一篇，写篇名。"))

    class Meta(Activity.Meta):
        verbose_name = _("调研")
        verbose_name_plural = _("调研")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.topic


class Adoption(models.TextChoices):
    """建议的办理状态."""

    MADE = "made", _("已提出")
    DELIVERED = "delivered", _("已送达")
    STUDIED = "studied", _("研究中")
    ADOPTED = "adopted", _("采纳")
    PARTLY_ADOPTED = "partly_adopted", _("部分采纳")
    NOT_ADOPTED = "not_adopted", _("未采纳")
    CARRIED_OUT = "carried_out", _("落实中")
    EFFECTIVE = "effective", _("见效")


class Recommendation(Record):
    """建议: one proposal, followed until it is adopted, carried out and effective."""

    CODE_PREFIX = "建议"

    content = models.TextField(_("建议内容"))
    proposer = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("提出单位"),
    )
    survey = models.ForeignKey(
        Survey,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("出自调研"),
    )
    made_on = PartialDateField(_("提出日期"), blank=True)
    addressee = models.CharField(_("报送对象"), max_length=200, blank=True)
    adoption = models.CharField(
        _("办理状态"), max_length=20, choices=Adoption.choices, default=Adoption.MADE
    )

    class Meta(Record.Meta):
        verbose_name = _("建议")
        verbose_name_plural = _("建议")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.content
