"""The register framework."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "laoqu.register"
    label = "register"
    verbose_name = _("台账")

    def ready(self) -> None:
        autodiscover_modules("registers", "figures")
        from laoqu.register import faults, keeping

        faults.refuse_faults()
        keeping.connect()
