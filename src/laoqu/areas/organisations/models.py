"""Organisations: the association, its member departments and branches, those it works with."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from laoqu.access.models import Association
from laoqu.register.fields import PartialDateField
from laoqu.register.models import Record


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


class Standing(models.TextChoices):
    """组织状态, of an association or a branch."""

    PREPARING = "preparing", _("筹备")
    REGISTERED = "registered", _("登记")
    IN_TERM = "in_term", _("在届")
    CHANGING = "changing", _("换届中")
    DISSOLVED = "dissolved", _("注销")


class Organisation(models.Model):
    """单位: one organisation, under one identity however documents write its name."""

    association = models.ForeignKey(Association, models.PROTECT, verbose_name=_("老促会"))
    name = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(
        _("单位类型"), max_length=20, choices=Kind.choices, default=Kind.DEPARTMENT
    )
    council_member = models.BooleanField(_("理事单位"), default=False)
    place = models.ForeignKey(
        "places.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("所在镇街或村"),
        help_text=_("镇街分会写它的镇（街道）。"),
    )
    credit_code = models.CharField(
        _("统一社会信用代码"),
        max_length=18,
        blank=True,
        validators=[
            RegexValidator(r"^[0-9A-Z]{18}$", _("统一社会信用代码是 18 位数字和大写字母。"))
        ],
    )
    superior = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subordinates",
        verbose_name=_("上级组织"),
    )
    supervised_by = models.CharField(_("业务主管单位"), max_length=100, blank=True)
    registration = models.CharField(
        _("登记机关与证号"),
        max_length=100,
        blank=True,
        help_text=_("没有单独登记的写“无”。"),
    )
    standing = models.CharField(_("组织状态"), max_length=20, choices=Standing.choices, blank=True)
    session = models.CharField(_("届次"), max_length=50, blank=True, help_text=_("例如“第四届”。"))
    term_from = PartialDateField(_("本届开始"), blank=True)
    term_until = PartialDateField(_("本届届满"), blank=True)
    duties = models.TextField(_("分工、职责"), blank=True)
    premises = models.CharField(_("办公场所"), max_length=200, blank=True)
    nameplate = models.CharField(
        _("门牌"), max_length=100, blank=True, help_text=_("例如“2024年挂牌”。")
    )
    staff = models.CharField(
        _("工作人员"), max_length=200, blank=True, help_text=_("写几个人、什么职务，不写电话。")
    )
    funding = models.CharField(
        _("工作经费"), max_length=200, blank=True, help_text=_("每年多少、从哪里来。")
    )
    succeeded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("并入或改为"),
        help_text=_("部门合并、改名以后写新单位；历年的帮扶接着算，不会断。"),
    )
    succeeded_on = PartialDateField(_("合并、改名日期"), blank=True)
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

    def clean(self) -> None:
        if self.term_from and self.term_until and self.term_until < self.term_from:
            raise ValidationError({"term_until": _("本届届满不能早于本届开始，请检查日期。")})
        if self.superior_id and self.superior_id == self.pk:
            raise ValidationError({"superior": _("单位不能是它自己的上级，请另选。")})
        seen = {self.pk} if self.pk else set()
        later = self.succeeded_by
        while later is not None:
            if later.pk in seen:
                raise ValidationError({"succeeded_by": _("绕了一圈又回到本单位，请另选。")})
            seen.add(later.pk)
            later = later.succeeded_by

    def other_names(self) -> str:
        """What else documents call it, on one line."""
        return "、".join(alias.name for alias in self.aliases.all())

    other_names.short_description = _("简称、曾用名")  # type: ignore[attr-defined]

    def with_predecessors(self) -> "list[Organisation]":
        """The organisation and all that became part of it, itself first."""
        found, ahead = [self], [self]
        while ahead:
            ahead = [
                o for o in Organisation.objects.filter(succeeded_by__in=ahead) if o not in found
            ]
            found.extend(ahead)
        return found


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


class SeatStage(models.TextChoices):
    """理事资格状态."""

    SEATED = "seated", _("在届")
    REPLACED = "replaced", _("更替")
    WITHDRAWN = "withdrawn", _("退出")
    ENDED = "ended", _("届满")


class CouncilSeat(Record):
    """理事资格: one member unit on the council for one term, and who represents it."""

    CODE_PREFIX = "理事"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="seats", verbose_name=_("理事单位")
    )
    session = models.CharField(_("届次"), max_length=50, help_text=_("例如“第四届”。"))
    representative = models.CharField(
        _("理事单位代表"), max_length=100, blank=True, help_text=_("写职务和姓名。")
    )
    added = models.BooleanField(_("届中增补"), default=False)
    starts_on = PartialDateField(_("任期开始"), blank=True)
    ends_on = PartialDateField(_("任期届满"), blank=True)
    document = models.CharField(_("通过的会议或文号"), max_length=100, blank=True)
    stage = models.CharField(
        _("资格状态"), max_length=20, choices=SeatStage.choices, default=SeatStage.SEATED
    )

    class Meta(Record.Meta):
        verbose_name = _("理事资格")
        verbose_name_plural = _("理事资格")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.organisation} {self.session}"

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("任期届满不能早于任期开始，请检查日期。")})

    @classmethod
    def check_written(cls, written: Sequence[Record]) -> None:
        """A unit has one seat a term."""
        for row in written:
            twins = cls.objects.filter(
                organisation=row.organisation_id,  # type: ignore[attr-defined]
                session=row.session,  # type: ignore[attr-defined]
                stage=SeatStage.SEATED,
            ).exclude(state="void")
            if twins.count() > 1:
                raise ValidationError(
                    _("“%(unit)s”在这一届已经有一行在届的理事资格，请改那一行，或先转为“更替”。")
                    % {"unit": row.organisation}  # type: ignore[attr-defined]
                )


class LiaisonVillage(Record):
    """联系村: a village that a member unit looks after."""

    CODE_PREFIX = "联系"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="liaison_villages", verbose_name=_("单位")
    )
    place = models.ForeignKey(
        "places.Place", models.PROTECT, related_name="liaison_units", verbose_name=_("联系村")
    )
    contact = models.CharField(_("联系人"), max_length=100, blank=True, help_text=_("写职务。"))
    starts_on = PartialDateField(_("从何时起"), blank=True)
    ends_on = PartialDateField(_("到何时止"), blank=True)
    task = models.TextField(_("帮什么"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("联系村")
        verbose_name_plural = _("联系村")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.organisation} {self.place}"

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("结束不能早于开始，请检查日期。")})
