"""Places: county, townships, villages, natural villages, and the names people call them by."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from laoqu.register.fields import MoneyField, PartialDateField
from laoqu.register.models import Record, Visibility


class Level(models.TextChoices):
    """层级."""

    PROVINCE = "province", _("省")
    CITY = "city", _("市")
    COUNTY = "county", _("县（市、区）")
    TOWNSHIP = "township", _("镇（街道）")
    VILLAGE = "village", _("行政村（社区）")
    NATURAL_VILLAGE = "natural_village", _("自然村")


class OldAreaKind(models.TextChoices):
    """老区类别."""

    AGRARIAN = "agrarian", _("土地革命战争时期")
    RESISTANCE = "resistance", _("抗日战争时期")
    LIBERATION = "liberation", _("解放战争游击区")


class Settlement(models.TextChoices):
    """城乡分类, by the codes of the statistics."""

    CITY = "111", _("111 主城区")
    CITY_FRINGE = "112", _("112 城乡结合区")
    TOWN = "121", _("121 镇中心区")
    TOWN_FRINGE = "122", _("122 镇乡结合区")
    SPECIAL = "123", _("123 特殊区域")
    COUNTRY_SEAT = "210", _("210 乡中心区")
    COUNTRY = "220", _("220 村庄")


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
        _("统计用区划代码"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{12}$", _("统计用区划代码是 12 位数字。"))],
        help_text=_("12 位；自然村没有代码，留空。"),
    )
    mca_code = models.CharField(
        _("行政区划代码"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{6}$", _("行政区划代码是 6 位数字。"))],
        help_text=_("民政部门的 6 位代码；和统计用的可能不同，两个都留着。"),
    )
    code_from = PartialDateField(_("代码从何时起用"), blank=True)
    code_until = PartialDateField(_("代码到何时为止"), blank=True)
    settlement = models.CharField(
        _("城乡分类"), max_length=3, choices=Settlement.choices, blank=True
    )
    coordinates = models.CharField(
        _("经纬度"),
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(
                r"^1?[0-9]{2}(\.[0-9]+)?[,，] ?[0-9]{1,2}(\.[0-9]+)?$",
                _("先写经度，再写纬度，例如“110.45,34.87”。"),
            )
        ],
        help_text=_("村委会所在处，先经度后纬度，例如“110.45,34.87”。"),
    )
    area_code = models.CharField(_("所在区划代码"), max_length=12, editable=False, db_index=True)
    old_area = models.BooleanField(_("老区村"), default=False)
    old_area_kind = models.CharField(
        _("老区类别"), max_length=20, choices=OldAreaKind.choices, blank=True
    )
    key_village = models.BooleanField(_("重点老区村"), default=False)
    recognition_doc = models.CharField(_("认定依据"), max_length=200, blank=True)
    note = models.TextField(_("备注"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("地名")
        verbose_name_plural = _("地名")
        ordering = ["area_code", "pk"]
        indexes = [
            models.Index(fields=["name", "area_code"], name="places_by_name"),
            models.Index(fields=["level", "area_code"], name="places_by_level"),
            models.Index(fields=["old_area", "area_code"], name="places_by_old_area"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["nbs_code"],
                condition=~models.Q(nbs_code=""),
                name="one_place_per_code",
                violation_error_message=_("已经有这个代码的地名，请核对代码。"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self._note_area()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        self._note_area()  # many places are written at once without `save`
        above = self.parent
        if above is None or not self.level:
            return
        order = list(Level)
        if order.index(Level(above.level)) >= order.index(Level(self.level)):
            raise ValidationError({"parent": _("上级的层级应当更高，请另选上级，或改层级。")})
        if self.nbs_code and not self.nbs_code.startswith(above.prefix):
            raise ValidationError({"nbs_code": _("代码和上级的对不上，请核对代码和上级。")})

    def _note_area(self) -> None:
        self.area_code = self.nbs_code or (self.parent.area_code if self.parent else "")

    @property
    def prefix(self) -> str:
        """The significant digits of the code: what the codes of all places below begin with."""
        digits = {"province": 2, "city": 4, "county": 6, "township": 9}.get(self.level, 12)
        return self.area_code[:digits]

    def with_predecessors(self) -> "list[Place]":
        """The place and all places that became part of it, itself first."""
        found, ahead = [self], [self]
        while ahead:
            before = Place.objects.filter(became__successor__in=ahead).exclude(became__state="void")
            ahead = [place for place in before.distinct() if place not in found]
            found.extend(ahead)
        return found

    def other_names(self) -> str:
        """What else people call it, on one line."""
        return "、".join(alias.name for alias in self.aliases.all())

    other_names.short_description = _("别名、俗称")  # type: ignore[attr-defined]

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


PEOPLE = ("residents", "elders", "left_behind_elders", "left_behind_women", "left_behind_children")
HOUSEHOLDS = ("low_income_households", "destitute_households", "monitored_households")
DELICATE = (*PEOPLE[2:], *HOUSEHOLDS)
"""Counts that are not published where they are so small that they point to persons."""
LEAST_PUBLISHED = 5


class VillageStatistics(Record):
    """村情: the statistics of one village in one year, as one source gives them."""

    CODE_PREFIX = "村情"

    place = models.ForeignKey(
        Place, models.PROTECT, related_name="statistics", verbose_name=_("村")
    )
    source = models.CharField(
        _("数据来源"), max_length=200, help_text=_("例如“某镇2024年统计年报”“村委会上报”。")
    )
    households = models.PositiveIntegerField(_("户数"), null=True, blank=True)
    population = models.PositiveIntegerField(_("人口"), null=True, blank=True)
    residents = models.PositiveIntegerField(_("常住人口"), null=True, blank=True)
    elders = models.PositiveIntegerField(_("60岁以上"), null=True, blank=True)
    left_behind_elders = models.PositiveIntegerField(_("留守老人"), null=True, blank=True)
    left_behind_women = models.PositiveIntegerField(_("留守妇女"), null=True, blank=True)
    left_behind_children = models.PositiveIntegerField(_("留守儿童"), null=True, blank=True)
    low_income_households = models.PositiveIntegerField(_("低保户"), null=True, blank=True)
    destitute_households = models.PositiveIntegerField(_("特困户"), null=True, blank=True)
    monitored_households = models.PositiveIntegerField(_("监测户"), null=True, blank=True)
    farmland = models.DecimalField(
        _("耕地（亩）"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    industries = models.CharField(_("主导产业"), max_length=200, blank=True)
    collective_income = MoneyField(_("村集体收入"), null=True, blank=True)
    farmer_income = MoneyField(
        _("农民人均可支配收入"), null=True, blank=True, help_text=_("写“1.6万元”或“16000元”。")
    )

    class Meta(Record.Meta):
        verbose_name = _("村情")
        verbose_name_plural = _("村情")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.place} {self.year}"

    def clean(self) -> None:
        people = self.population
        if people is not None and self.residents is not None:
            people = max(people, self.residents)
        for names, whole, sentence in (
            (PEOPLE[1:], people, _("不能多于人口，请核对。")),
            (HOUSEHOLDS, self.households, _("不能多于户数，请核对。")),
        ):
            for name in names:
                if whole is not None and (getattr(self, name) or 0) > whole:
                    raise ValidationError({name: sentence})
        if self.visibility == Visibility.PUBLIC:
            small = [n for n in DELICATE if 0 < (getattr(self, n) or 0) < LEAST_PUBLISHED]
            if small:
                raise ValidationError(
                    dict.fromkeys(small, _("不足 5 的数不公开。请留空，或把公开级别改为“内部”。"))
                )

    @classmethod
    def check_written(cls, written: Sequence[Record]) -> None:
        """One source gives a village one row a year."""
        for row in written:
            same = cls.objects.filter(
                place=row.place_id,  # type: ignore[attr-defined]
                year=row.year,
                source=row.source,  # type: ignore[attr-defined]
            )
            if same.exclude(state="void").count() > 1:
                raise ValidationError(
                    _("“%(place)s”%(year)s年、同一来源的村情已经有一行，请改那一行。")
                    % {"place": row.place, "year": row.year}  # type: ignore[attr-defined]
                )


class SuccessionKind(models.TextChoices):
    """沿革方式."""

    MERGED = "merged", _("撤并")
    RENAMED = "renamed", _("更名")
    BECAME_COMMUNITY = "became_community", _("改居")


class Succession(Record):
    """撤并沿革: a place that became another, or part of it. Its history goes on there."""

    CODE_PREFIX = "沿革"

    place = models.ForeignKey(
        Place, models.PROTECT, related_name="became", verbose_name=_("原来的村")
    )
    successor = models.ForeignKey(
        Place, models.PROTECT, related_name="came_from", verbose_name=_("现在的村")
    )
    kind = models.CharField(_("沿革方式"), max_length=20, choices=SuccessionKind.choices)
    happened_on = PartialDateField(_("日期"), blank=True)
    document = models.CharField(_("批准文号"), max_length=100, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("撤并沿革")
        verbose_name_plural = _("撤并沿革")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.place} → {self.successor}"

    def clean(self) -> None:
        if self.place_id is None or self.successor_id is None:
            return
        if self.successor in self.place.with_predecessors():
            raise ValidationError({"successor": _("绕了一圈又回到原来的村，请另选。")})
