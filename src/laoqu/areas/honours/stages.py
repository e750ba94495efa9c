"""The chain of states of a commendation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.register.flows import Flow


class CommendationStage(models.TextChoices):
    """表彰状态."""

    PROPOSED = "proposed", _("申报项目")
    APPROVED = "approved", _("批准")
    NOTIFIED = "notified", _("通知")
    NOMINATED = "nominated", _("推荐")
    EXAMINED = "examined", _("审核")
    CONSULTED = "consulted", _("征求意见")
    ANNOUNCED = "announced", _("公示")
    DECIDED = "decided", _("决定")
    GRANTED = "granted", _("授予")
    ARCHIVED = "archived", _("归档")
    REVOKED = "revoked", _("撤销")

    @classmethod
    def opened(cls) -> tuple["CommendationStage", ...]:
        """The states that only an approved scheme reaches."""
        return (cls.APPROVED, cls.NOTIFIED, cls.NOMINATED, cls.EXAMINED, *cls.consulted())

    @classmethod
    def consulted(cls) -> tuple["CommendationStage", ...]:
        """The states that need the opinions on those who are chosen."""
        return (cls.CONSULTED, cls.ANNOUNCED, *cls.decided())

    @classmethod
    def decided(cls) -> tuple["CommendationStage", ...]:
        """The states that need the notice and the decision."""
        return (cls.DECIDED, cls.GRANTED, cls.ARCHIVED)


COMMENDATION_FLOW = Flow(
    "stage",
    {
        "proposed": ("approved",),
        "approved": ("notified",),
        "notified": ("nominated",),
        "nominated": ("examined", "notified"),
        "examined": ("consulted", "nominated"),
        "consulted": ("announced", "examined"),
        "announced": ("decided", "examined"),
        "decided": ("granted",),
        "granted": ("archived", "revoked"),
        "archived": ("revoked",),
    },
    reasons=("revoked",),
    strip=(
        "proposed", "approved", "notified", "nominated", "examined", "consulted", "announced",
        "decided", "granted", "archived",
    ),
)  # fmt: skip
