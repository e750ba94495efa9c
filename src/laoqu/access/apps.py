"""Access."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "laoqu.access"
    label = "access"
    verbose_name = _("任职与权限")

    def ready(self) -> None:
        from laoqu.access import audit as audit
        from laoqu.access import passwords as passwords
        from laoqu.access import tokens as tokens
