"""红色遗址."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HeritageConfig(AppConfig):
    name = "laoqu.areas.heritage"
    label = "heritage"
    verbose_name = _("红色遗址")
