"""会员与人才."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "laoqu.areas.people"
    label = "people"
    verbose_name = _("会员与人才")
