"""收材料."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "laoqu.intake"
    label = "intake"
    verbose_name = _("收材料")
