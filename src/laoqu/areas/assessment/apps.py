"""自身建设考评."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "laoqu.areas.assessment"
    label = "assessment"
    verbose_name = _("自身建设考评")
