"""Meetings held and attended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.register.models import Activity


class Meeting(Activity):
    """会议: one meeting, who held it, where, and how many took part."""

    CODE_PREFIX = "会议"

    name = models.CharField(_("会议名称"), max_length=200)

    class Meta(Activity.Meta):
        verbose_name = _("会议")
        verbose_name_plural = _("会议")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name
