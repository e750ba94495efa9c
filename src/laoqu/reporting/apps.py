"""数据项与年度报告."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "laoqu.reporting"
    label = "reporting"
    verbose_name = _("数据项与年度报告")
