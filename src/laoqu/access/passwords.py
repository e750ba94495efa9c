"""Password rules beyond Django's own."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

KINDS = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z\d]")


class ThreeKindsValidator:
    """At least three of: small letters, capital letters, digits, other signs."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise `ValidationError` where fewer than three kinds occur."""
        if sum(bool(re.search(kind, password)) for kind in KINDS) < 3:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """What the rule asks for."""
        return _("密码要有小写字母、大写字母、数字、符号中的至少三种。")
