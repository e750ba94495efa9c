"""A pair of records that may be the same work, and what people decided about it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laoqu.access.rules import rows
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.register.fields import PartialDateField
from laoqu.register.models import Record, State


class Stage(models.TextChoices):
    """研判状态."""

    PENDING = "pending", gettext_lazy("待研判")
    ASKED = "asked", gettext_lazy("部门核对")
    LACKING = "lacking", gettext_lazy("信息不足待补")
    CONFIRMED = "confirmed", gettext_lazy("已确认重复")
    JOINT = "joint", gettext_lazy("转为联合实施")
    EXCLUDED = "excluded", gettext_lazy("已排除")


OPEN = (Stage.PENDING, Stage.ASKED, Stage.LACKING)
"""The stages in which somebody still has to decide."""


class Level(models.TextChoices):
    """可能性."""

    HIGH = "high", gettext_lazy("很可能")
    MEDIUM = "medium", gettext_lazy("有可能")


class Relation(models.TextChoices):
    """系统的看法: what the comparison takes the two records for."""

    DUPLICATE = "duplicate", gettext_lazy("同一件事报了两次")
    PART_OF = "part_of", gettext_lazy("甲是乙的一部分")
    CANNOT_TELL = "cannot_tell", gettext_lazy("不能从材料判断")
    PHASE = "phase", gettext_lazy("同一工程的先后几期")
    COMPLEMENTARY = "complementary", gettext_lazy("互相配套")
    UNRELATED = "unrelated", gettext_lazy("没有关系")


class Conclusion(models.TextChoices):
    """研判结论: what a person decided."""

    DUPLICATE = "duplicate", gettext_lazy("确认重复")
    PHASED = "phased", gettext_lazy("分期实施")
    COMPLEMENTARY = "complementary", gettext_lazy("互补")
    DIFFERENT = "different", gettext_lazy("不同对象")
    JOINT = "joint", gettext_lazy("联合实施")
    LACKING = "lacking", gettext_lazy("信息不足")


STAGE_AFTER = {
    Conclusion.DUPLICATE: Stage.CONFIRMED,
    Conclusion.PHASED: Stage.EXCLUDED,
    Conclusion.COMPLEMENTARY: Stage.EXCLUDED,
    Conclusion.DIFFERENT: Stage.EXCLUDED,
    Conclusion.JOINT: Stage.JOINT,
    Conclusion.LACKING: Stage.LACKING,
}


class OverlapPair(Record):
    """疑似重复建设: two records, 甲 and 乙, that may be one work.

    In 甲是乙的一部分 the order counts. The records are named by their codes, which are never given
    twice nor changed.
    """

    CODE_PREFIX = "疑重"

    first_code = models.CharField(
        gettext_lazy("甲"),
        max_length=40,
        db_index=True,
        help_text=gettext_lazy("写编号，例如“需求2024-001”。"),
    )
    second_code = models.CharField(
        gettext_lazy("乙"),
        max_length=40,
        db_index=True,
        help_text=gettext_lazy("写编号，例如“项目2024-001”。"),
    )
    places = models.ManyToManyField(
        Place, blank=True, related_name="+", verbose_name=gettext_lazy("同村")
    )
    departments = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name=gettext_lazy("涉及部门")
    )
    facility = models.CharField(gettext_lazy("同类设施"), max_length=100, blank=True)
    score = models.DecimalField(
        gettext_lazy("相像程度"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    level = models.CharField(
        gettext_lazy("可能性"), max_length=10, choices=Level.choices, default=Level.MEDIUM
    )
    relation = models.CharField(
        gettext_lazy("系统的看法"),
        max_length=20,
        choices=Relation.choices,
        default=Relation.CANNOT_TELL,
    )
    reason = models.TextField(gettext_lazy("为什么"), blank=True)
    first_fingerprint = models.CharField(gettext_lazy("甲的指纹"), max_length=64, blank=True)
    second_fingerprint = models.CharField(gettext_lazy("乙的指纹"), max_length=64, blank=True)
    stage = models.CharField(
        gettext_lazy("研判状态"), max_length=10, choices=Stage.choices, default=Stage.PENDING
    )
    conclusion = models.CharField(
        gettext_lazy("研判结论"), max_length=20, choices=Conclusion.choices, blank=True
    )
    kept_code = models.CharField(gettext_lazy("保留哪一条"), max_length=40, blank=True)
    former_stage = models.CharField(gettext_lazy("并掉以前的状态"), max_length=20, blank=True)
    ground = models.TextField(gettext_lazy("依据"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("研判人"),
    )
    decided_on = PartialDateField(gettext_lazy("研判日期"), blank=True)
    letter_number = models.CharField(gettext_lazy("核对函文号"), max_length=60, blank=True)
    asked_on = PartialDateField(gettext_lazy("发函日期"), blank=True)
    answers = models.TextField(gettext_lazy("部门答复"), blank=True)

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("疑似重复建设")
        verbose_name_plural = gettext_lazy("疑似重复建设")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return _("%(first)s 与 %(second)s") % {"first": self.first_code, "second": self.second_code}

    @property
    def codes(self) -> tuple[str, str]:
        """The codes of 甲 and 乙."""
        return self.first_code, self.second_code

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.stage in OPEN

    def may_be_edited(self) -> bool:
        """What was compared is not typed over; a decision is undone, not edited."""
        return super().may_be_edited() and not self.first_fingerprint

    def check_edit(self) -> None:
        if self.first_fingerprint:
            raise ValidationError(_("系统比对出来的不能直接改，请在它的页面上研判。"))
        super().check_edit()

    def clean(self) -> None:
        if self.first_code == self.second_code:
            raise ValidationError({"second_code": _("甲和乙是同一条，请另写一条的编号。")})

    @classmethod
    def check_written(cls, written: Sequence[Record]) -> None:
        """Two records are compared once."""
        from laoqu.coordination.overlaps.checking import complete

        for pair in written:
            complete(pair)  # type: ignore[arg-type]


def waiting_overlaps(user: object, **about: Any) -> int:
    """How many of the pairs that this person may see wait for a decision."""
    return open_pairs(rows(user, OverlapPair)).filter(**about).count()  # type: ignore[no-any-return]


def pairs_of(codes: Sequence[str], found: "QuerySet[OverlapPair]") -> "QuerySet[OverlapPair]":
    """Those of the pairs that are about one of these records."""
    return found.filter(Q(first_code__in=codes) | Q(second_code__in=codes))


def open_pairs(found: Any) -> Any:
    """Those of the pairs that wait for a decision."""
    return found.filter(stage__in=OPEN).exclude(state=State.VOID)
