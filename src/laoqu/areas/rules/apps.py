"""规章制度."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulesConfig(AppConfig):
    name = "laoqu.areas.rules"
    label = "rules"
    verbose_name = _("规章制度")
