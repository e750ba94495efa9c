"""帮扶资金."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContributionsConfig(AppConfig):
    name = "laoqu.areas.contributions"
    label = "contributions"
    verbose_name = _("帮扶资金")
