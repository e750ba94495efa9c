"""Places: county, townships, villages, natural villages, and the names people call them by."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Level(models.TextChoices):
    """层级."""

    PROVINCE = "province", _("省")
    CITY = "city", _("市")
    COUNTY = "county", _("县（市、区）")
    TOWNSHIP = "township", _("镇（街道）")
    VILLAGE = "village", _("行政村（社区）")
    NATURAL_VILLAGE = "natural_village", _("自然村")


class Place(models.Model):
    """地名: one place. Its statistical code is kept beside it and is never its key."""

    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("层级"), max_length=20, choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级"),
    )
    nbs_code = models.CharField(
        _("统计用区划代码"), max_length=12, blank=True, help_text=_("12 位；自然村没有代码，留空。")
    )
    area_code = models.CharField(_("所在区划代码"), max_length=12, editable=False, db_index=True)
    old_area = models.BooleanField(_("老区村"), default=False)
    recognition_doc = models.CharField(_("认定依据"), max_length=200, blank=True)
    note = models.TextField(_("备注"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("地名")
        verbose_name_plural = _("地名")
        ordering = ["area_code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nbs_code"], condition=~models.Q(nbs_code=""), name="one_place_per_code"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.area_code = self.nbs_code or (self.parent.area_code if self.parent else "")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def prefix(self) -> str:
        """The significant digits of the code: what the codes of all places below begin with."""
        digits = {"province": 2, "city": 4, "county": 6, "township": 9}.get(self.level, 12)
        return self.area_code[:digits]

    @property
    def full_name(self) -> str:
        """With its township in front: “栲栳镇高市村”."""
        above = self.parent
        return f"{above.name}{self.name}" if above and above.level == "township" else self.name


class PlaceAlias(models.Model):
    """别名: another name by which documents call a place, remembered when a person confirms it."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="aliases", verbose_name=_("地名"))
    name = models.CharField(_("别名"), max_length=60)

    class Meta:
        verbose_name = _("地名别名")
        verbose_name_plural = _("地名别名")
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="one_alias_per_place")
        ]

    def __str__(self) -> str:
        return self.name
