"""The chains of states of articles and subscriptions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.register.flows import Flow


class MediaStage(models.TextChoices):
    """稿件状态. Documents report what was published."""

    TOPIC = "topic", _("选题")
    WRITTEN = "written", _("撰写")
    REVIEWED = "reviewed", _("三审三校")
    SENT = "sent", _("投送")
    ACCEPTED = "accepted", _("采用")
    REJECTED = "rejected", _("退稿")
    PUBLISHED = "published", _("刊发、展出")
    FILED = "filed", _("归档")


class SubscriptionStage(models.TextChoices):
    """征订状态. Documents report what was ordered."""

    ORDERED = "ordered", _("认订")
    PAID = "paid", _("付款")
    DELIVERED = "delivered", _("起投")
    COMPLAINED = "complained", _("投诉补寄")
    REPORTED = "reported", _("完成上报")
    CANCELLED = "cancelled", _("取消")

    @classmethod
    def after_payment(cls) -> tuple["SubscriptionStage", ...]:
        """The states that only a paid subscription reaches."""
        return (cls.PAID, cls.DELIVERED, cls.COMPLAINED, cls.REPORTED)


MEDIA_FLOW = Flow(
    "stage",
    {
        "topic": ("written",),
        "written": ("reviewed", "topic"),
        "reviewed": ("sent", "written"),
        "sent": ("accepted", "rejected"),
        "accepted": ("published",),
        "rejected": ("written",),
        "published": ("filed", "topic"),
    },
    reasons=("rejected",),
    strip=("topic", "written", "reviewed", "sent", "accepted", "published", "filed"),
)
SUBSCRIPTION_FLOW = Flow(
    "stage",
    {
        "ordered": ("paid", "cancelled"),
        "paid": ("delivered", "ordered"),
        "delivered": ("reported", "complained"),
        "complained": ("delivered", "reported"),
        "cancelled": ("ordered",),
    },
    reasons=("cancelled", "complained"),
    strip=("ordered", "paid", "delivered", "reported"),
)
