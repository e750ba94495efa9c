"""账号."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "laoqu.accounts"
    label = "accounts"
    verbose_name = _("账号")

    def ready(self) -> None:
        from laoqu.accounts import devices as devices
