"""荣誉."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HonoursConfig(AppConfig):
    name = "laoqu.areas.honours"
    label = "honours"
    verbose_name = _("荣誉")
