"""Publicity: media placements and boards, lectures, periodical subscriptions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.areas.organisations.models import Organisation
from laoqu.register.models import YEARS, Activity, Record


class MediaKind(models.TextChoices):
    """宣传形式."""

    ARTICLE = "article", _("刊发报道")
    BOARD = "board", _("板面展览")
    VIDEO = "video", _("视频")
    COLLECTION = "collection", _("汇编读本")
    CONTEST = "contest", _("比赛活动")
    OTHER = "other", _("其他")


class MediaPlacement(Activity):
    """新闻宣传: what was published or shown, where, how many times."""

    CODE_PREFIX = "宣传"

    name = models.CharField(_("内容"), max_length=200)
    kind = models.CharField(
        _("宣传形式"), max_length=20, choices=MediaKind.choices, default=MediaKind.ARTICLE
    )
    outlets = models.TextField(_("媒体或展出场合"), blank=True, help_text=_("一行一家。"))

    class Meta(Activity.Meta):
        verbose_name = _("新闻宣传")
        verbose_name_plural = _("新闻宣传")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name


class Lecture(Activity):
    """宣讲: lectures, readings and talks, such as those that “go into” schools and villages."""

    CODE_PREFIX = "宣讲"

    name = models.CharField(_("主题"), max_length=200)
    forms = models.TextField(_("形式"), blank=True, help_text=_("一行一种，例如“党课”。"))

    class Meta(Activity.Meta):
        verbose_name = _("宣讲")
        verbose_name_plural = _("宣讲")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name


class Subscription(Record):
    """两刊征订: copies of one periodical of one year of issue, ordered by one unit."""

    CODE_PREFIX = "征订"

    periodical = models.CharField(_("刊物"), max_length=100)
    issue_year = models.PositiveIntegerField(
        _("刊物年度"), validators=YEARS, help_text=_("订的是哪一年的刊物；年度是办理订阅的那一年。")
    )
    subscriber = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subscriptions",
        verbose_name=_("订阅单位"),
    )
    copies = models.PositiveIntegerField(_("份数"))

    class Meta(Record.Meta):
        verbose_name = _("两刊征订")
        verbose_name_plural = _("两刊征订")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.issue_year}年《{self.periodical}》"
