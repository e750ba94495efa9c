"""What the office writes into its yearly report, and the runs in which the report was written."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from laoqu.access.models import Association
from laoqu.register.models import YEARS


class Part(models.TextChoices):
    """报告里由办公室自己写的部分."""

    BYLINE = "byline", _("日期和报告人")
    SALUTATION = "salutation", _("称呼")
    OPENING = "opening", _("开头")
    VISITS = "visits", _("“双送”活动补充")
    HELP = "help", _("牵线搭桥补充")
    SURVEYS = "surveys", _("调研建言补充")
    PUBLICITY = "publicity", _("宣传工作补充")
    SELF_BUILDING = "self_building", _("自身建设补充")
    PLANS = "plans", _("下一年工作安排")
    CLOSING = "closing", _("结束语")


class ReportText(models.Model):
    """报告文字: one part that the office writes itself; kept when the report is made again."""

    association = models.ForeignKey(Association, models.CASCADE, verbose_name=_("老促会"))
    year = models.PositiveIntegerField(_("年度"), validators=YEARS)
    part = models.CharField(_("部分"), max_length=20, choices=Part.choices)
    text = models.TextField(_("文字"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("报告文字")
        verbose_name_plural = _("报告文字")
        ordering = ["association", "year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["association", "year", "part"], name="one_text_per_part_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.get_part_display()}"


class ReportRun(models.Model):
    """出报告记录: the figures as they were when the report was written out."""

    association = models.ForeignKey(Association, models.CASCADE, verbose_name=_("老促会"))
    year = models.PositiveIntegerField(_("年度"), validators=YEARS)
    figures = models.JSONField(_("数据项"), help_text=_("数据项代号和当时的数。"))
    made_at = models.DateTimeField(_("时间"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("经手人")
    )

    class Meta:
        verbose_name = _("出报告记录")
        verbose_name_plural = _("出报告记录")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.year} · {self.made_at:%Y-%m-%d %H:%M}"
