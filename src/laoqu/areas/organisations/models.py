"""Organisations: the association, its member departments and branches, those it works with."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from laoqu.access.models import Association


class Kind(models.TextChoices):
    """单位类型."""

    ASSOCIATION = "association", _("老促会")
    DEPARTMENT = "department", _("部门")
    TOWNSHIP = "township", _("镇（街道）")
    BRANCH = "branch", _("镇街分会")
    VILLAGE = "village", _("村")
    ENTERPRISE = "enterprise", _("企业")
    MEDIA = "media", _("媒体")
    TROUPE = "troupe", _("剧团")
    SCHOOL = "school", _("学校")
    UPPER = "upper", _("上级")
    OTHER = "other", _("其他")


class Organisation(models.Model):
    """单位: one organisation, under one identity however documents write its name."""

    association = models.ForeignKey(Association, models.PROTECT, verbose_name=_("老促会"))
    name = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(
        _("单位类型"), max_length=20, choices=Kind.choices, default=Kind.DEPARTMENT
    )
    council_member = models.BooleanField(_("理事单位"), default=False)
    note = models.TextField(_("备注"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "name"], name="one_organisation_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationAlias(models.Model):
    """简称: another name of an organisation, remembered when a person confirms it."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="aliases", verbose_name=_("单位")
    )
    name = models.CharField(_("简称"), max_length=100)

    class Meta:
        verbose_name = _("单位简称")
        verbose_name_plural = _("单位简称")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="one_alias_per_organisation"
            )
        ]

    def __str__(self) -> str:
        return self.name
