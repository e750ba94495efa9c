"""避免重复建设."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OverlapsConfig(AppConfig):
    name = "laoqu.coordination.overlaps"
    label = "overlaps"
    verbose_name = _("避免重复建设")

    def ready(self) -> None:
        from laoqu.coordination.overlaps import advice

        advice.connect()
