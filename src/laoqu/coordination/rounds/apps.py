"""统筹方案."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "laoqu.coordination.rounds"
    label = "rounds"
    verbose_name = _("统筹方案")
