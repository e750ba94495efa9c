"""帮扶项目."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "laoqu.areas.projects"
    label = "projects"
    verbose_name = _("帮扶项目")
