"""地名."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "laoqu.areas.places"
    label = "places"
    verbose_name = _("地名")
