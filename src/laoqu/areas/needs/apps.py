"""老区需求."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    name = "laoqu.areas.needs"
    label = "needs"
    verbose_name = _("老区需求")
