"""组织."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "laoqu.areas.organisations"
    label = "organisations"
    verbose_name = _("组织")
