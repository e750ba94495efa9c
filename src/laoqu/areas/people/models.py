"""Members of the association, the posts they hold term by term, the courses they attended.

Data of persons: only the association's own office sees these rows, and they are never published.
"""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.areas.activities.models import ReliefVisit, Training
from laoqu.areas.people.compliance import Facts, Finding, findings
from laoqu.areas.places.models import Place
from laoqu.register.fields import MoneyField, PartialDateField
from laoqu.register.models import Record, Visibility
from laoqu.register.sealed import Number, SealedField


class PersonalRecord(Record):
    """The base of rows about persons, which are never published."""

    class Meta(Record.Meta):
        abstract = True

    def clean(self) -> None:
        if self.visibility == Visibility.PUBLIC:
            raise ValidationError({"visibility": _("个人信息不公开，请改选“内部”。")})


class Sex(models.TextChoices):
    """性别."""

    MAN = "man", _("男")
    WOMAN = "woman", _("女")


class Politics(models.TextChoices):
    """政治面貌."""

    PARTY = "party", _("中共党员")
    OTHER_PARTY = "other_party", _("民主党派")
    NO_PARTY = "no_party", _("无党派人士")
    LEAGUE = "league", _("共青团员")
    MASSES = "masses", _("群众")


class Member(PersonalRecord):
    """会员: one person of the association, with what the person can do."""

    CODE_PREFIX = "会员"

    name = models.CharField(_("姓名"), max_length=50)
    sex = models.CharField(_("性别"), max_length=10, choices=Sex.choices, blank=True)
    born_on = PartialDateField(_("出生年月"), blank=True)
    politics = models.CharField(_("政治面貌"), max_length=20, choices=Politics.choices, blank=True)
    former_unit = models.CharField(_("原单位"), max_length=100, blank=True)
    former_post = models.CharField(_("原职务、级别"), max_length=100, blank=True)
    retired_on = PartialDateField(_("退休日期"), blank=True)
    leading_cadre = models.BooleanField(
        _("退（离）休领导干部"),
        default=False,
        help_text=_("兼任社团职务须审批或备案，只兼一个，不超过两届、70 周岁，不取酬。"),
    )
    joined_on = PartialDateField(_("入会日期"), blank=True)
    left_on = PartialDateField(_("退会日期"), blank=True)
    skills = models.TextField(_("专长"), blank=True, help_text=_("一行写一项，例如“果树修剪”。"))
    other_posts = models.PositiveIntegerField(
        _("在其他社团兼职数"), default=0, help_text=_("不算本会，没有就写 0。")
    )
    volunteer_hours = models.PositiveIntegerField(_("志愿服务时长（小时）"), default=0)
    telephone = SealedField(_("电话"), help_text=_("加密保存，页面上只显示头尾几位。"))
    preference = models.CharField(
        _("联系偏好（内部）"),
        max_length=100,
        blank=True,
        help_text=_("例如“上午打电话”。不写住址、病情和证件号码。"),
    )

    class Meta(PersonalRecord.Meta):
        verbose_name = _("会员")
        verbose_name_plural = _("会员")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name under which the row is found again, even beside a namesake."""
        return f"{self.name}（{self.code}）"


class Office(models.TextChoices):
    """会内职务."""

    PRESIDENT = "president", _("会长")
    EXECUTIVE_VICE = "executive_vice", _("常务副会长")
    VICE = "vice", _("副会长")
    SECRETARY = "secretary", _("秘书长")
    DEPUTY_SECRETARY = "deputy_secretary", _("副秘书长")
    CHIEF_SUPERVISOR = "chief_supervisor", _("监事长")
    SUPERVISOR = "supervisor", _("监事")
    STANDING_COUNCIL = "standing_council", _("常务理事")
    COUNCIL = "council", _("理事")
    BRANCH_HEAD = "branch_head", _("分会会长")
    ADVISER = "adviser", _("顾问")
    HONORARY = "honorary", _("名誉职务")
    OTHER = "other", _("其他")


class PostStage(models.TextChoices):
    """任职状态."""

    RECOMMENDED = "recommended", _("推荐")
    EXAMINED = "examined", _("资格审查")
    APPROVED = "approved", _("审批/备案")
    ELECTED = "elected", _("选举/聘任")
    IN_OFFICE = "in_office", _("在任")
    EXPIRED = "expired", _("届满")
    LEFT = "left", _("离任")
    HONORARY = "honorary", _("名誉")


TAKING_OFFICE = (PostStage.ELECTED, PostStage.IN_OFFICE)
SERVED = (PostStage.IN_OFFICE, PostStage.EXPIRED, PostStage.HONORARY)
"""States of posts whose term surely was served; one who left may never have taken office."""


class Document(models.TextChoices):
    """审批或备案."""

    APPROVAL = "approval", _("审批")
    FILING = "filing", _("备案")


class Post(PersonalRecord):
    """会内任职: one post of one person for one term. A second term is a row of its own."""

    CODE_PREFIX = "任职"

    member = models.ForeignKey(Member, models.PROTECT, related_name="posts", verbose_name=_("会员"))
    office = models.CharField(_("会内职务"), max_length=20, choices=Office.choices)
    session = models.CharField(_("届次"), max_length=50, blank=True, help_text=_("例如“第四届”。"))
    term = models.PositiveSmallIntegerField(
        _("任职届数"), default=1, help_text=_("这个人担任这个职务是第几届。")
    )
    starts_on = PartialDateField(_("任期开始"), blank=True)
    ends_on = PartialDateField(_("任期届满"), blank=True)
    document = models.CharField(
        _("审批或备案"), max_length=10, choices=Document.choices, blank=True
    )
    document_number = models.CharField(_("审批、备案文号"), max_length=60, blank=True)
    document_on = PartialDateField(_("审批、备案日期"), blank=True)
    legal_representative = models.BooleanField(_("法定代表人"), default=False)
    founder = models.BooleanField(_("发起人"), default=False)
    paid = models.BooleanField(_("取酬"), default=False, help_text=_("薪酬、奖金、津贴都算。"))
    exception = models.CharField(
        _("特批依据"),
        max_length=100,
        blank=True,
        help_text=_("上级批准超过年龄或届数的，写批准文号。"),
    )
    stage = models.CharField(
        _("任职状态"), max_length=20, choices=PostStage.choices, default=PostStage.RECOMMENDED
    )

    class Meta(PersonalRecord.Meta):
        verbose_name = _("会内任职")
        verbose_name_plural = _("会内任职")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.member.name} {self.get_office_display()}"

    def facts(self, earlier: Collection["Post"]) -> Facts:
        """What the rules look at; `earlier` are the other posts of the same person.

        The terms are those written down, or as many as the ledger holds of this office.
        """
        served = [
            post
            for post in earlier
            if post.office == self.office and post.stage in SERVED and _before(post, self)
        ]
        return Facts(
            leading_cadre=self.member.leading_cadre,
            born_on=self.member.born_on,
            other_posts=self.member.other_posts,
            term=max(self.term, len(served) + 1),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            document_number=self.document_number,
            earlier_numbers=frozenset(p.document_number for p in earlier if p.term < self.term),
            legal_representative=self.legal_representative,
            founder=self.founder,
            paid=self.paid,
            exception=self.exception,
        )

    def findings(self, earlier: Collection["Post"]) -> list[Finding]:
        """What the rules say about this post, each with the day from which it holds."""
        return findings(self.facts(earlier))

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("任期届满不能早于任期开始，请检查日期。")})
        if self.document and not self.document_number:
            raise ValidationError({"document_number": _("请写审批或备案的文号。")})
        if self.stage in TAKING_OFFICE:
            earlier = self.member.posts.exclude(pk=self.pk)
            bars = [f.sentence for f in self.findings(list(earlier)) if f.bars(self.starts_on)]
            if bars:
                raise ValidationError(bars)


def _before(one: Post, other: Post) -> bool:
    return bool(one.starts_on and other.starts_on) and one.starts_on < other.starts_on


class TrainingAttended(PersonalRecord):
    """参加培训: one course that one member attended."""

    CODE_PREFIX = "参训"

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="trainings", verbose_name=_("会员")
    )
    training = models.ForeignKey(
        Training,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attended",
        verbose_name=_("本会的培训"),
        help_text=_("本会台账里的培训写编号；外面办的不填。"),
    )
    topic = models.CharField(_("培训内容"), max_length=200)
    held_on = PartialDateField(_("日期"), blank=True)
    hours = models.PositiveIntegerField(_("学时"), null=True, blank=True)

    class Meta(PersonalRecord.Meta):
        verbose_name = _("参加培训")
        verbose_name_plural = _("参加培训")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.member.name} {self.topic}"


class Hardship(models.TextChoices):
    """慰问对象类别."""

    POOR = "poor", _("困难群众")
    OLD_PARTY = "old_party", _("老党员")
    MARTYRS_KIN = "martyrs_kin", _("烈属")
    VETERAN = "veteran", _("退役军人")
    FIVE_ELDERS = "five_elders", _("五老")
    LEFT_BEHIND_ELDER = "left_behind_elder", _("留守老人")
    LEFT_BEHIND_CHILD = "left_behind_child", _("留守儿童")
    MONITORED = "monitored", _("监测户")


class Recipient(PersonalRecord):
    """慰问花名册: one household of a visit, what it was given, and that it signed."""

    CODE_PREFIX = "花名"

    visit = models.ForeignKey(
        ReliefVisit, models.PROTECT, related_name="roster", verbose_name=_("慰问活动")
    )
    name = models.CharField(_("姓名"), max_length=50)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("村")
    )
    category = models.CharField(_("对象类别"), max_length=20, choices=Hardship.choices)
    people = models.PositiveSmallIntegerField(_("家庭人数"), null=True, blank=True)
    goods = models.CharField(_("发放物品"), max_length=200, blank=True)
    cash = MoneyField(_("慰问金"), null=True, blank=True)
    identity = SealedField(
        _("身份证号"), kind=Number.IDENTITY, help_text=_("打款必须用时才填，加密保存。")
    )
    account = SealedField(
        _("银行账号"), kind=Number.ACCOUNT, help_text=_("打款必须用时才填，加密保存。")
    )
    telephone = SealedField(_("电话"), help_text=_("加密保存，页面上只显示头尾几位。"))
    signed_on = PartialDateField(_("签收日期"), blank=True)

    class Meta(PersonalRecord.Meta):
        verbose_name = _("慰问花名册")
        verbose_name_plural = _("慰问花名册")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name
