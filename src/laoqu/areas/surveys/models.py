"""Surveys, the recommendations that came of them one row each, and what came of those."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.areas.organisations.models import Organisation
from laoqu.areas.surveys.stages import Adoption, SurveyStage
from laoqu.register.fields import PartialDateField
from laoqu.register.models import Activity, Record, Visibility, lines


class Origin(models.TextChoices):
    """课题来源."""

    UPPER = "upper", _("上级命题")
    OWN = "own", _("自主选题")
    ASSIGNED = "assigned", _("领导交办")
    MOTION = "motion", _("代表委员提案")


class Survey(Activity):
    """调研: one topic, where it was looked into, and the report that was written."""

    CODE_PREFIX = "调研"

    topic = models.CharField(_("课题"), max_length=200)
    origin = models.CharField(_("课题来源"), max_length=20, choices=Origin.choices, blank=True)
    lead = models.CharField(_("负责人"), max_length=100, blank=True)
    partners = models.CharField(_("合作单位"), max_length=200, blank=True)
    methods = models.CharField(
        _("方式"), max_length=100, blank=True, help_text=_("例如“座谈、走访、问卷”。")
    )
    ended_on = PartialDateField(_("结束日期"), blank=True)
    trips = models.PositiveIntegerField(_("调研次数"), null=True, blank=True)
    sample_size = models.PositiveIntegerField(_("样本数"), null=True, blank=True)
    reports = models.TextField(_("调研报告"), blank=True, help_text=_("一行一篇，写篇名。"))
    text = models.TextField(
        _("报告全文"), blank=True, help_text=_("粘贴进来就能查找，字数自动数。")
    )
    words = models.PositiveIntegerField(
        _("字数"), null=True, blank=True, help_text=_("报送的材料一般不超过四五千字。")
    )
    submitted_to = models.CharField(_("报送对象"), max_length=200, blank=True)
    submitted_on = PartialDateField(_("报送日期"), blank=True)
    instruction = models.TextField(
        _("批示、批转"), blank=True, help_text=_("如实记下来，不作为考评依据。")
    )
    published_in = models.CharField(_("发表刊物"), max_length=200, blank=True)
    stage = models.CharField(
        _("课题状态"), max_length=20, choices=SurveyStage.choices, default=SurveyStage.UNDER_WAY
    )

    class Meta(Activity.Meta):
        verbose_name = _("调研")
        verbose_name_plural = _("调研")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.topic

    def settle(self, cleaned: dict[str, Any]) -> None:
        """A new survey that has its report is written already; the words of a text are counted."""
        if self.text:
            self.words = len("".join(self.text.split()))
        if self.pk is None and self.reports and self.stage == SurveyStage.UNDER_WAY:
            self.stage = SurveyStage.WRITTEN

    def clean(self) -> None:
        if self.ended_on and self.held_on and self.ended_on < self.held_on[: len(self.ended_on)]:
            raise ValidationError({"ended_on": _("结束不能早于开始，请检查日期。")})
        if self.stage in SurveyStage.with_report() and not self.reports:
            raise ValidationError(_("还没有调研报告。请先在“修改”里写上篇名，再办这一步。"))
        if self.stage in SurveyStage.sent() and not (self.submitted_to and self.submitted_on):
            raise ValidationError(_("请先在“修改”里写明报送给谁、哪天报送的。"))


class Subject(models.TextChoices):
    """建议类型."""

    POLICY = "policy", _("政策")
    FUNDING = "funding", _("资金")
    PROJECT = "project", _("项目")
    SYSTEM = "system", _("制度")
    OTHER = "other", _("其他")


class Recommendation(Record):
    """建议: one proposal, followed until it is adopted, carried out and effective."""

    CODE_PREFIX = "建议"

    content = models.TextField(_("建议内容"))
    subject = models.CharField(_("建议类型"), max_length=20, choices=Subject.choices, blank=True)
    proposer = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("提出单位"),
    )
    survey = models.ForeignKey(
        Survey,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("出自调研"),
    )
    made_on = PartialDateField(_("提出日期"), blank=True)
    addressee = models.CharField(_("报送对象"), max_length=200, blank=True)
    delivered_on = PartialDateField(_("送达日期"), blank=True)
    handler = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handled_recommendations",
        verbose_name=_("办理单位"),
    )
    answer = models.TextField(_("答复"), blank=True, help_text=_("未采纳的写明理由。"))
    became = models.CharField(
        _("转化成什么"), max_length=200, blank=True, help_text=_("写需求、项目或文件的编号。")
    )
    evidence = models.TextField(
        _("见效的证据"), blank=True, help_text=_("看得见的结果，例如建成的路、发下的文件。")
    )
    adoption = models.CharField(
        _("办理状态"), max_length=20, choices=Adoption.choices, default=Adoption.MADE
    )

    class Meta(Record.Meta):
        verbose_name = _("建议")
        verbose_name_plural = _("建议")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.content

    def clean(self) -> None:
        if self.adoption == Adoption.DELIVERED and not self.addressee:
            raise ValidationError(_("请先在“修改”里写明报送对象，再转为“已送达”。"))
        if self.adoption == Adoption.NOT_ADOPTED and not self.answer:
            raise ValidationError(_("请先在“修改”的“答复”里写明未采纳的理由。"))
        if self.adoption == Adoption.EFFECTIVE and not self.evidence:
            raise ValidationError(_("见效要有证据。请先在“修改”里写明看得见的结果。"))


class LookBack(Record):
    """回头看: once a year, what has become of one recommendation."""

    CODE_PREFIX = "回看"

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="look_backs", verbose_name=_("建议")
    )
    looked_on = PartialDateField(_("回头看日期"))
    looked_by = models.CharField(_("回头看的人"), max_length=100, blank=True)
    findings = models.TextField(_("看到的情况"))
    obstacles = models.TextField(_("卡在哪里"), blank=True)
    next_step = models.TextField(_("下一步"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("建议回头看")
        verbose_name_plural = _("建议回头看")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.findings

    def clean(self) -> None:
        if self.looked_on and self.year and str(self.year) != self.looked_on[:4]:
            raise ValidationError({"looked_on": _("日期和年度不是同一年，请核对。")})


class QuestionKind(models.TextChoices):
    """题型."""

    SINGLE = "single", _("单选")
    MULTIPLE = "multiple", _("多选")
    NUMBER = "number", _("填数")
    OPEN = "open", _("问答")


class Question(Record):
    """题库: one question that questionnaires use again and again."""

    CODE_PREFIX = "题目"

    theme = models.CharField(_("题目分类"), max_length=50, help_text=_("例如“养老”“出行”。"))
    rank = models.PositiveIntegerField(
        _("次序"), default=10, help_text=_("问卷按这个数从小到大排。")
    )
    wording = models.CharField(_("题目"), max_length=200)
    kind = models.CharField(
        _("题型"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.SINGLE
    )
    options = models.TextField(_("选项"), blank=True, help_text=_("一行写一个选项。"))

    class Meta(Record.Meta):
        verbose_name = _("题库")
        verbose_name_plural = _("题库")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.wording

    @property
    def is_choice(self) -> bool:
        """Whether people tick options."""
        return self.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE)

    def choices(self) -> list[str]:
        """The options in their order."""
        return lines(self.options)

    def clean(self) -> None:
        if self.is_choice and len(self.choices()) < 2:
            raise ValidationError({"options": _("选择题至少要两个选项，一行写一个。")})
        if len(set(self.choices())) < len(self.choices()):
            raise ValidationError({"options": _("有两个选项一样，请改一改。")})


class Questionnaire(Record):
    """问卷: questions of the bank asked together, printed on paper."""

    CODE_PREFIX = "问卷"

    name = models.CharField(_("问卷名称"), max_length=100)
    survey = models.ForeignKey(
        Survey,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questionnaires",
        verbose_name=_("用于调研"),
    )
    greeting = models.TextField(
        _("卷首语"), blank=True, help_text=_("说明来意；不要请人写姓名、电话和证件号。")
    )
    questions = models.ManyToManyField(
        Question,
        related_name="questionnaires",
        verbose_name=_("题目"),
        help_text=_("写题目编号，用顿号隔开。"),
    )
    sent_count = models.PositiveIntegerField(_("发出份数"), null=True, blank=True)
    valid_count = models.PositiveIntegerField(_("有效份数"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("问卷")
        verbose_name_plural = _("问卷")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    def asked(self) -> list[Question]:
        """The questions in the order of the bank."""
        return list(self.questions.order_by("rank", "code"))

    def clean(self) -> None:
        if None not in (self.sent_count, self.valid_count) and (
            self.valid_count > self.sent_count  # type: ignore[operator]
        ):
            raise ValidationError({"valid_count": _("有效份数不能多于发出份数，请核对。")})


class Group(models.TextChoices):
    """人群: whose answers are counted together."""

    LEFT_BEHIND_ELDERS = "left_behind_elders", _("留守老人")
    LEFT_BEHIND_WOMEN = "left_behind_women", _("留守妇女")
    LEFT_BEHIND_CHILDREN = "left_behind_children", _("留守儿童")
    OTHERS = "others", _("其他人")


class Tally(Record):
    """问卷统计: how many of one group ticked one option. No answer of a single person is kept."""

    CODE_PREFIX = "统计"

    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="tallies", verbose_name=_("问卷")
    )
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="tallies", verbose_name=_("题目")
    )
    option = models.CharField(_("选项"), max_length=100)
    group = models.CharField(_("人群"), max_length=30, choices=Group.choices)
    count = models.PositiveIntegerField(_("人数"))

    class Meta(Record.Meta):
        verbose_name = _("问卷统计")
        verbose_name_plural = _("问卷统计")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.question.wording} {self.option}"

    def clean(self) -> None:
        if self.visibility == Visibility.PUBLIC:
            raise ValidationError(
                {"visibility": _("统计底数不公开，请改选“内部”。要公开请用“结果表”。")}
            )
        if self.question_id is None or self.questionnaire_id is None:
            return
        if not self.question.is_choice:
            raise ValidationError({"question": _("只有选择题能按选项统计，请另选一题。")})
        if self.option not in self.question.choices():
            raise ValidationError(
                {
                    "option": _("这道题没有这个选项。可写：%(options)s。")
                    % {"options": "、".join(self.question.choices())}
                }
            )
        if not self.questionnaire.questions.filter(pk=self.question_id).exists():
            raise ValidationError({"question": _("这份问卷里没有这道题，请核对题目编号。")})
