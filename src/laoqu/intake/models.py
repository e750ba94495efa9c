"""Material on its way into the ledger: what came in and is being read, and the rows proposed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from laoqu.access.models import Association
from laoqu.register.models import Source


class Stage(models.TextChoices):
    """识读进展."""

    WAITING = "waiting", _("等待识读")
    READING = "reading", _("正在识读")
    DONE = "done", _("已读完")
    FAILED = "failed", _("没有收下")


class Reading(models.Model):
    """识读: one document that came in, from upload until its rows are proposed.

    The source appears together with all its proposals, in one transaction; until then the ledger
    knows nothing of the document, and a reading that was cut off starts again from `file`.
    """

    association = models.ForeignKey(Association, models.PROTECT, verbose_name=_("老促会"))
    source = models.OneToOneField(
        Source, models.CASCADE, null=True, related_name="reading", verbose_name=_("出处")
    )
    filename = models.CharField(_("文件名"), max_length=255)
    file = models.FileField(_("文件"), upload_to="incoming/", max_length=300, blank=True)
    sha256 = models.CharField(_("文件指纹"), max_length=64)
    text_sha256 = models.CharField(_("文字指纹"), max_length=64, blank=True)
    keep_anyway = models.BooleanField(_("仍然收下"), default=False)
    stage = models.CharField(_("进展"), max_length=10, choices=Stage.choices, default=Stage.WAITING)
    done = models.PositiveIntegerField(_("已读字数"), default=0)
    total = models.PositiveIntegerField(_("总字数"), default=0)
    error = models.TextField(_("原因"), blank=True)
    may_be_kept = models.BooleanField(_("可以仍然收下"), default=False)
    known_source = models.PositiveBigIntegerField(_("以前收过的出处"), null=True, blank=True)
    remarks = models.JSONField(_("提示"), default=list, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("经手人")
    )
    received_at = models.DateTimeField(_("收到时间"), auto_now_add=True)
    heartbeat_at = models.DateTimeField(_("最近进展时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("识读")
        verbose_name_plural = _("识读")
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return self.filename

    @property
    def percent(self) -> int:
        """How much of the text has been read, 0 to 100."""
        return self.done * 100 // self.total if self.total else 0


class Decision(models.TextChoices):
    """人工决定."""

    PENDING = "pending", _("待确认")
    CONFIRMED = "confirmed", _("已入账")
    MERGED = "merged", _("已并入")
    REJECTED = "rejected", _("不要")


class Proposal(models.Model):
    """待确认的一行: what a register's form would be filled with, and the span it was read from.

    `data` holds the form's fields as a person would type them; `reading` what the reader said of
    them: certainty by field, amount as written, doubts.
    """

    source = models.ForeignKey(
        Source, models.CASCADE, related_name="proposals", verbose_name=_("出处")
    )
    position = models.PositiveIntegerField(_("序号"))
    register = models.SlugField(_("台账"), max_length=40)
    data = models.JSONField(_("内容"))
    reading = models.JSONField(_("识读依据"), default=dict)
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))
    belongs_to = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="belonging",
        verbose_name=_("属于哪一条"),
    )
    decision = models.CharField(
        _("决定"), max_length=10, choices=Decision.choices, default=Decision.PENDING
    )
    row = models.PositiveBigIntegerField(_("台账行"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("决定人"),
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("待确认的行")
        verbose_name_plural = _("待确认的行")
        ordering = ["source", "position"]
        constraints = [
            models.UniqueConstraint(fields=["source", "position"], name="one_proposal_a_position")
        ]

    def __str__(self) -> str:
        return f"{self.source}-{self.position}"

    @property
    def is_pending(self) -> bool:
        return self.decision == Decision.PENDING


class WordKind(models.TextChoices):
    """词的种类."""

    BODY = "body", _("单位叫法")
    PLACE = "place", _("地方叫法")


class ReaderWord(models.Model):
    """词表的一个词: a name the reader would not find by its ending, taught by a person.

    It stays in use until it is taken off the list; rows already entered do not change.
    """

    association = models.ForeignKey(Association, models.PROTECT, verbose_name=_("老促会"))
    kind = models.CharField(_("种类"), max_length=10, choices=WordKind.choices)
    word = models.CharField(
        _("叫法"), max_length=60, help_text=_("照材料里的写法填，例如“晋南情缘社”。")
    )
    note = models.CharField(_("备注"), max_length=200, blank=True)
    learned_from = models.ForeignKey(
        Source,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("从哪份材料学来"),
    )
    learned_on = models.DateField(_("记下日期"), auto_now_add=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("词表")
        verbose_name_plural = _("词表")
        ordering = ["kind", "word", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "kind", "word"], name="one_entry_a_reader_word"
            )
        ]

    def __str__(self) -> str:
        return self.word
