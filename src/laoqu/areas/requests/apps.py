"""绿色通道."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "laoqu.areas.requests"
    label = "requests"
    verbose_name = _("绿色通道")
