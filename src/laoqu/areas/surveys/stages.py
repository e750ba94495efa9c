"""The chains of states of surveys and recommendations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.register.flows import Flow


class SurveyStage(models.TextChoices):
    """课题状态."""

    TOPIC = "topic", _("选题")
    APPROVED = "approved", _("立项")
    UNDER_WAY = "under_way", _("调研")
    WRITTEN = "written", _("成稿")
    REVIEWED = "reviewed", _("审定")
    SUBMITTED = "submitted", _("报送")
    CLOSED = "closed", _("结题归档")
    DROPPED = "dropped", _("撤题")

    @classmethod
    def with_report(cls) -> tuple["SurveyStage", ...]:
        """The states that only a survey with a report reaches."""
        return (cls.WRITTEN, cls.REVIEWED, cls.SUBMITTED, cls.CLOSED)

    @classmethod
    def sent(cls) -> tuple["SurveyStage", ...]:
        """The states that only a survey with a receiver and a day reaches."""
        return (cls.SUBMITTED, cls.CLOSED)


class Adoption(models.TextChoices):
    """建议的办理状态."""

    MADE = "made", _("已提出")
    DELIVERED = "delivered", _("已送达")
    STUDIED = "studied", _("研究中")
    ADOPTED = "adopted", _("采纳")
    PARTLY_ADOPTED = "partly_adopted", _("部分采纳")
    NOT_ADOPTED = "not_adopted", _("未采纳")
    CARRIED_OUT = "carried_out", _("落实中")
    EFFECTIVE = "effective", _("见效")


SURVEY_FLOW = Flow(
    "stage",
    {
        "topic": ("approved", "dropped"),
        "approved": ("under_way", "topic", "dropped"),
        "under_way": ("written", "approved", "dropped"),
        "written": ("reviewed", "under_way"),
        "reviewed": ("submitted", "written"),
        "submitted": ("closed",),
        "dropped": ("topic",),
    },
    reasons=("dropped",),
    strip=("topic", "approved", "under_way", "written", "reviewed", "submitted", "closed"),
)
ADOPTION_FLOW = Flow(
    "adoption",
    {
        "made": ("delivered",),
        "delivered": ("studied", "adopted", "partly_adopted", "not_adopted"),
        "studied": ("adopted", "partly_adopted", "not_adopted"),
        "adopted": ("carried_out",),
        "partly_adopted": ("carried_out",),
        "not_adopted": ("studied",),
        "carried_out": ("effective", "studied"),
        "effective": ("carried_out",),
    },
    strip=("made", "delivered", "studied", "adopted", "carried_out", "effective"),
)
