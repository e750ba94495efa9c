"""Associations, and the appointments that decide which rows a person may see and change."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Association(models.Model):
    """老促会: one association of an area; upper levels cover the codes that begin with theirs."""

    name = models.CharField(_("名称"), max_length=100)
    area_code = models.CharField(
        _("区划代码"),
        max_length=9,
        unique=True,
        validators=[
            RegexValidator(r"^(\d{2}|\d{4}|\d{6}|\d{9})$", _("请填 2、4、6 或 9 位数字。"))
        ],
        help_text=_("省 2 位、市 4 位、县 6 位、乡镇 9 位，例如永济市 140881。"),
    )
    stated_units = models.PositiveIntegerField(_("理事单位数"), null=True, blank=True)
    stated_villages = models.PositiveIntegerField(_("老区村数"), null=True, blank=True)
    stated_branches = models.PositiveIntegerField(_("镇街分会数"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("老促会")
        verbose_name_plural = _("老促会")
        ordering = ["area_code"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person is appointed as. A reader without any appointment is the public."""

    OFFICE = "office", _("秘书处")
    DEPARTMENT = "department", _("理事单位联络员")
    TOWNSHIP = "township", _("镇街分会")
    VILLAGE = "village", _("村")
    UPPER = "upper", _("上级老促会")


class Appointment(models.Model):
    """任职: one role of one person at an association, department, township or village."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="appointments",
        verbose_name=_("人员"),
    )
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    association = models.ForeignKey(
        Association, models.CASCADE, related_name="appointments", verbose_name=_("老促会")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("单位"),
    )
    place = models.ForeignKey(
        "places.Place", models.CASCADE, null=True, blank=True, verbose_name=_("镇街或村")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        constraints = [
            models.CheckConstraint(
                name="appointment_names_its_department",
                condition=~models.Q(role="department") | models.Q(organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="appointment_names_its_place",
                condition=~models.Q(role__in=["township", "village"])
                | models.Q(place__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
