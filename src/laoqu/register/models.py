"""What every register shares: sources, passages, and the base of ledger records."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from laoqu.access.models import Association
from laoqu.access.sealing import open_bytes, seal_bytes
from laoqu.register.fields import LAST_YEAR, PartialDateField

FIRST_YEAR = 1921
YEARS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]


class Visibility(models.TextChoices):
    """公开级别."""

    PRIVATE = "private", _("不公开")
    INTERNAL = "internal", _("内部")
    PUBLIC = "public", _("公开")


class State(models.TextChoices):
    """数据状态. Only reviewed rows count in figures."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    REVIEWED = "reviewed", _("已审核")
    RETURNED = "returned", _("已退回")
    VOID = "void", _("已作废")


class Source(models.Model):
    """出处: a document that came in. Its text is kept as read, and passages are spans of it."""

    association = models.ForeignKey(Association, models.PROTECT, verbose_name=_("老促会"))
    title = models.CharField(_("标题"), max_length=200)
    year = models.PositiveIntegerField(
        _("工作年度"),
        null=True,
        blank=True,
        validators=YEARS,
        help_text=_("材料讲的是哪一年的工作。"),
    )
    dated_on = PartialDateField(_("成文日期"), blank=True)
    publisher = models.CharField(_("来源"), max_length=100, blank=True)
    filename = models.CharField(_("文件名"), max_length=255, blank=True)
    file = models.FileField(_("文件"), upload_to="sources/%Y/", max_length=300, blank=True)
    sha256 = models.CharField(_("文件指纹"), max_length=64)
    text = models.TextField(_("原文"), blank=True)
    visibility = models.CharField(
        _("公开级别"), max_length=10, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    received_at = models.DateTimeField(_("收到时间"), auto_now_add=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("经手人")
    )
    history = HistoricalRecords(excluded_fields=["text"])

    class Meta:
        verbose_name = _("出处")
        verbose_name_plural = _("出处")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["association", "sha256"], name="one_source_per_file")
        ]

    def __str__(self) -> str:
        return self.title


class Passage(models.Model):
    """原文: a span of a source, in characters of its text, that ledger rows cite."""

    source = models.ForeignKey(
        Source, models.CASCADE, related_name="passages", verbose_name=_("出处")
    )
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))

    class Meta:
        verbose_name = _("原文")
        verbose_name_plural = _("原文")
        ordering = ["source", "start", "end"]
        constraints = [
            models.UniqueConstraint(fields=["source", "start", "end"], name="one_passage_per_span"),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="passage_has_characters"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The very characters of the source."""
        return self.source.text[self.start : self.end]


class Counter(models.Model):
    """The last number given out for one kind of record in one year."""

    association = models.ForeignKey(Association, models.CASCADE, verbose_name=_("老促会"))
    prefix = models.CharField(_("字头"), max_length=20)
    year = models.PositiveIntegerField(_("年度"))
    last = models.PositiveIntegerField(_("已用到"), default=0)

    class Meta:
        verbose_name = _("编号")
        verbose_name_plural = _("编号")
        constraints = [
            models.UniqueConstraint(
                fields=["association", "prefix", "year"], name="one_counter_per_kind_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.year}-{self.last}"


def next_codes(association: Association, prefix: str, year: int, count: int = 1) -> list[str]:
    """The next free codes, e.g. “帮扶2024-011”; never given out twice, even to two at once."""
    with transaction.atomic():
        counter, _created = Counter.objects.select_for_update().get_or_create(
            association=association, prefix=prefix, year=year
        )
        first = counter.last + 1
        counter.last += count
        counter.save(update_fields=["last"])
    return [f"{prefix}{year}-{number:03d}" for number in range(first, first + count)]


class Record(models.Model):
    """The base of every ledger record: code, year, state, visibility, passages, version."""

    CODE_PREFIX = ""
    SIGNED: tuple[str, ...] = ()
    """The sums of money that may be negative."""

    association = models.ForeignKey(Association, models.PROTECT, verbose_name=_("老促会"))
    code = models.CharField(_("编号"), max_length=40, editable=False)
    year = models.PositiveIntegerField(_("年度"), validators=YEARS)
    state = models.CharField(
        _("数据状态"), max_length=10, choices=State.choices, default=State.REVIEWED
    )
    visibility = models.CharField(
        _("公开级别"), max_length=10, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    note = models.TextField(_("备注"), blank=True)
    passages = models.ManyToManyField(Passage, blank=True, verbose_name=_("原文"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("填报人"),
    )
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
        ordering = ["-year", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "code"], name="%(app_label)s_%(class)s_code_once"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.code:
            [self.code] = next_codes(self.association, self.CODE_PREFIX, self.year)
        super().save(*args, **kwargs)

    def get_constraints(self) -> Any:
        """Without that of the codes, which `next_codes` gives out once: no need to ask again."""
        return [
            (model, [each for each in constraints if "code" not in getattr(each, "fields", ())])
            for model, constraints in super().get_constraints()
        ]

    def title(self) -> str:
        """What a reader sees of the record in one line."""
        return str(self)

    def may_be_edited(self) -> bool:
        """Whether the row may be changed in place; confirmed money lines say no."""
        return self.state != State.VOID

    def settle(self, cleaned: dict[str, Any]) -> None:
        """Fill what follows from the entered fields and links, just before the row is saved."""

    @classmethod
    def check_written(cls, written: "Sequence[Record]") -> None:
        """Raise a sentence where rows just written break a balance; all of them are then undone."""

    def check_edit(self) -> None:
        """Raise a sentence that says what to do instead when the row may not be edited."""
        if not self.may_be_edited():
            raise ValidationError(_("这一行已经作废，不能再改。请另记一行。"))


class Activity(Record):
    """The base of what an organisation does at places on a day: visits, shows, surveys, lectures.

    One count over several places is one row; it is never divided silently.
    """

    host = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("主办单位"),
    )
    held_on = PartialDateField(_("日期"), blank=True)
    places = models.ManyToManyField("places.Place", blank=True, verbose_name=_("地点"))
    location = models.TextField(
        _("地点（原文写法）"),
        blank=True,
        help_text=_("材料上怎么写就怎么记，外地的地点也写在这里。"),
    )
    open_list = models.BooleanField(
        _("名单未列全"), default=False, help_text=_("原文写了“等”，没有列全。")
    )
    count = models.DecimalField(_("数量"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(pgettext_lazy("计量", "单位"), max_length=20, blank=True)
    approximate = models.BooleanField(
        _("约数"), default=False, help_text=_("原文写了“余”“多”“近”“约”。")
    )

    class Meta(Record.Meta):
        abstract = True


def lines(text: str) -> list[str]:
    """The entries of a text field that holds one entry per line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class SheetImport(models.Model):
    """导入: one sheet that a person uploaded, and what became of it; it can be undone."""

    register = models.CharField(_("台账"), max_length=40)
    association = models.ForeignKey(Association, models.CASCADE, verbose_name=_("老促会"))
    filename = models.CharField(_("文件名"), max_length=255)
    file = models.FileField(_("文件"), upload_to="imports/%Y/", max_length=300)
    digest = models.CharField(_("指纹"), max_length=64, blank=True, editable=False)
    """By which the same file is known again."""
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    written = models.JSONField(_("写入的行"), null=True, blank=True)
    """What `restoring.written` gives; None until saved."""
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("导入")
        verbose_name_plural = _("导入")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.filename

    def keep(self, data: bytes) -> None:
        """Keep the sheet, sealed because it may hold numbers of persons, until it is saved."""
        self.file.save(self.filename, ContentFile(seal_bytes(data, "sheet")), save=False)

    def sheet(self) -> bytes:
        """The sheet as it was uploaded; empty where it cannot be opened any more."""
        try:
            with self.file.open("rb") as stream:
                return open_bytes(stream.read(), "sheet") or b""
        except (OSError, ValueError):
            return b""


class ExportRequest(models.Model):
    """个人信息导出: somebody asks for a list of persons, another one of the office decides."""

    VALID = timedelta(days=7)

    association = models.ForeignKey(Association, models.CASCADE, verbose_name=_("老促会"))
    register = models.CharField(_("台账"), max_length=40)
    query = models.TextField(_("条件"), blank=True)
    """The filters of the list, sealed: somebody may have searched for a whole number."""
    reason = models.CharField(_("用途"), max_length=100)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name=_("申请人"),
    )
    asked_at = models.DateTimeField(_("申请时间"), auto_now_add=True)
    approved = models.BooleanField(_("同意"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("批准人"),
    )
    decided_at = models.DateTimeField(_("批准时间"), null=True)
    fetched_at = models.DateTimeField(_("导出时间"), null=True)

    class Meta:
        verbose_name = _("个人信息导出")
        verbose_name_plural = _("个人信息导出")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.register}：{self.reason}"

    @property
    def may_be_fetched(self) -> bool:
        """Whether it was granted, not long ago, and not used."""
        return bool(
            self.approved
            and self.fetched_at is None
            and self.decided_at
            and timezone.now() - self.decided_at < self.VALID
        )


class BulkEdit(models.Model):
    """批量修改: one field of many rows set to one value; prepared, then saved; it can be undone."""

    register = models.CharField(_("台账"), max_length=40)
    association = models.ForeignKey(Association, models.CASCADE, verbose_name=_("老促会"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("修改人")
    )
    made_at = models.DateTimeField(_("修改时间"), auto_now_add=True)
    field = models.CharField(_("改哪一项"), max_length=60)
    value = models.TextField(_("改成"), blank=True)
    reason = models.CharField(_("修改说明"), max_length=100, blank=True)
    stamps = models.JSONField(_("选中的行"))
    """The chosen rows, each with the version that was looked at: {key: version}."""
    written = models.JSONField(_("写入的行"), null=True, blank=True)
    """What `restoring.written` gives; None until saved."""
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("批量修改")
        verbose_name_plural = _("批量修改")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.register} {self.field}"


class LinkSet(models.Model):
    """关联历史: the linked rows (villages, needs) of a version of a record, where they changed."""

    model = models.CharField(_("台账"), max_length=60)
    object_id = models.BigIntegerField(_("行"))
    version = models.PositiveIntegerField(_("版本"))
    links = models.JSONField(_("关联"))
    """Keys of the linked rows by field: {"places": [3, 5]}."""

    class Meta:
        verbose_name = _("关联历史")
        verbose_name_plural = _("关联历史")
        constraints = [
            models.UniqueConstraint(
                fields=["model", "object_id", "version"], name="one_link_set_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id} {self.version}"


class SearchEntry(models.Model):
    """检索: the words of one row, as pairs of characters."""

    model = models.CharField(_("台账"), max_length=60)
    object_id = models.BigIntegerField(_("行"))
    bigrams = models.TextField(_("字对"))

    class Meta:
        verbose_name = _("检索")
        verbose_name_plural = _("检索")
        constraints = [
            models.UniqueConstraint(fields=["model", "object_id"], name="one_entry_per_row")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"
