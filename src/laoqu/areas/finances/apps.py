"""经费与基金."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FinancesConfig(AppConfig):
    name = "laoqu.areas.finances"
    label = "finances"
    verbose_name = _("经费与基金")
