"""Activities in the villages: relief visits with their goods, performances, trainings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.register.models import Activity


class ReliefVisit(Activity):
    """送温暖慰问: one visit to one or several villages, with what was brought."""

    CODE_PREFIX = "慰问"

    name = models.CharField(_("活动名称"), max_length=200)
    recipients = models.CharField(
        _("慰问对象"), max_length=200, blank=True, help_text=_("写类别和户数、人数，不写姓名。")
    )
    goods = models.TextField(
        _("慰问品"), blank=True, help_text=_("一行一种，知道数量就写上，例如“大米 50 袋”。")
    )

    class Meta(Activity.Meta):
        verbose_name = _("送温暖慰问")
        verbose_name_plural = _("送温暖慰问")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name


class Performance(Activity):
    """送戏下乡: shows reported together are one row, however many villages they went to."""

    CODE_PREFIX = "演出"

    name = models.CharField(_("活动名称"), max_length=200)
    troupe = models.CharField(_("演出团体"), max_length=100, blank=True)
    plays = models.TextField(_("剧目"), blank=True, help_text=_("一行一出。"))

    class Meta(Activity.Meta):
        verbose_name = _("送戏下乡")
        verbose_name_plural = _("送戏下乡")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name


class Training(Activity):
    """培训与学习: courses in hall and field, and study tours."""

    CODE_PREFIX = "培训"

    name = models.CharField(_("主题"), max_length=200)

    class Meta(Activity.Meta):
        verbose_name = _("培训学习")
        verbose_name_plural = _("培训学习")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name
