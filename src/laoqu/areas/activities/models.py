"""Activities in the villages: relief visits with their goods, performances, trainings."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from laoqu.areas.activities.choices import Delivery, GoodsSource, Occasion, Proof, Sex, Venue
from laoqu.areas.activities.stages import ShowStage, TrainingStage, VisitStage
from laoqu.register.fields import MoneyField, PartialDateField
from laoqu.register.models import Activity, Record, Visibility


class ReliefVisit(Activity):
    """送温暖慰问: one visit to one or several villages, with what was brought."""

    CODE_PREFIX = "慰问"

    name = models.CharField(_("活动名称"), max_length=200)
    occasion = models.CharField(_("时节"), max_length=20, choices=Occasion.choices, blank=True)
    led_by = models.CharField(
        _("带队领导"), max_length=100, blank=True, help_text=_("写单位和职务。")
    )
    companions = models.CharField(
        _("参加人"), max_length=200, blank=True, help_text=_("写单位和人数。")
    )
    recipients = models.CharField(
        _("慰问对象"), max_length=200, blank=True, help_text=_("写类别和户数、人数，不写姓名。")
    )
    people_count = models.PositiveIntegerField(_("慰问人数"), null=True, blank=True)
    goods = models.TextField(
        _("慰问品"), blank=True, help_text=_("一行一种，知道数量就写上，例如“大米 50 袋”。")
    )
    cash = MoneyField(_("慰问金"), null=True, blank=True)
    paid_by = models.CharField(_("经费来源"), max_length=100, blank=True)
    delivery = models.CharField(_("发放方式"), max_length=20, choices=Delivery.choices, blank=True)
    roster_count = models.PositiveIntegerField(
        _("花名册户数"),
        null=True,
        blank=True,
        help_text=_("花名册留在村和镇（街道）的，这里只记户数；要逐户记的，记在“慰问花名册”。"),
    )
    signed_count = models.PositiveIntegerField(_("签收户数"), null=True, blank=True)
    difficulties = models.TextField(
        _("了解到的困难"), blank=True, help_text=_("写事不写姓名；可以一键转成老区需求。")
    )
    stage = models.CharField(
        _("办理状态"), max_length=20, choices=VisitStage.choices, default=VisitStage.HANDED_OUT
    )

    class Meta(Activity.Meta):
        verbose_name = _("送温暖慰问")
        verbose_name_plural = _("送温暖慰问")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    def clean(self) -> None:
        if None not in (self.roster_count, self.signed_count) and (
            self.signed_count > self.roster_count  # type: ignore[operator]
        ):
            raise ValidationError(
                {"signed_count": _("签收户数比花名册还多，请核对签收单和花名册。")}
            )
        if self.stage in (VisitStage.SIGNED, VisitStage.CONCLUDED) and self.signed_count is None:
            raise ValidationError(_("还没有签收户数。请先在“修改”里按签收单填写，再办这一步。"))


class Performance(Activity):
    """送戏下乡: shows reported together are one row, however many villages they went to.

    What was reported (`count`) and what villages signed for (`receipted_count`) are two numbers.
    """

    CODE_PREFIX = "演出"

    name = models.CharField(_("活动名称"), max_length=200)
    troupe = models.CharField(
        _("演出团体"), max_length=100, blank=True, help_text=_("有演出许可证的写上证号。")
    )
    performers = models.PositiveIntegerField(_("演职人员数"), null=True, blank=True)
    plays = models.TextField(_("剧目"), blank=True, help_text=_("一行一出。"))
    audience = models.PositiveIntegerField(_("观众人数"), null=True, blank=True)
    contract = models.CharField(_("采购方式与合同号"), max_length=100, blank=True)
    receipted_count = models.PositiveIntegerField(
        _("回执场次"),
        null=True,
        blank=True,
        help_text=_("有演出回执单的场次；没有回执的不写。"),
    )
    village_sealed = models.BooleanField(_("回执有村签章"), default=False)
    supervisor_signed = models.BooleanField(_("回执有监督员签字"), default=False)
    receipted_on = PartialDateField(_("回执日期"), blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        _("群众满意度（%）"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    subsidy = MoneyField(_("每场补助标准"), null=True, blank=True)
    cost_shares = models.CharField(
        _("补助由谁分担"), max_length=100, blank=True, help_text=_("例如“省、市、县按 4:4:2”。")
    )
    settled = MoneyField(_("结算金额"), null=True, blank=True)
    settled_on = PartialDateField(_("结算日期"), blank=True)
    stage = models.CharField(
        _("办理状态"), max_length=20, choices=ShowStage.choices, default=ShowStage.PERFORMED
    )

    class Meta(Activity.Meta):
        verbose_name = _("送戏下乡")
        verbose_name_plural = _("送戏下乡")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    def attribution(self) -> Any:
        """Whether the count is of one village or of several together, in words."""
        named = len(self.places.all())
        if named == 0:
            return _("未写明村")
        return _("多村合计") if named > 1 or self.open_list else _("单村独占")

    attribution.short_description = _("场次归属")  # type: ignore[attr-defined]

    @property
    def has_receipt(self) -> bool:
        """Whether shows are signed for by the village and by a supervisor."""
        return bool(self.receipted_count and self.village_sealed and self.supervisor_signed)

    def clean(self) -> None:
        reported = None if self.approximate else self.count
        if reported is not None and (self.receipted_count or 0) > reported:
            raise ValidationError({"receipted_count": _("回执场次比上报场次还多，请核对回执单。")})
        self._check_settlement()

    def _check_settlement(self) -> None:
        pays = self.settled is not None or bool(self.settled_on)
        if (pays or self.stage in ShowStage.with_receipt()) and not self.has_receipt:
            raise ValidationError(
                _(
                    "没有完整的演出回执，不能验收和结算。"
                    "请先填写回执场次，并勾选村签章和监督员签字。"
                )
            )
        if self.stage in (ShowStage.SETTLED, ShowStage.PUBLISHED) and self.settled is None:
            raise ValidationError(_("请先在“修改”里填写结算金额，再转为“结算”。"))
        if self.settled is None:
            return
        most = (self.subsidy or 0) * (self.receipted_count or 0)
        if self.subsidy is not None and self.settled > most:
            raise ValidationError(
                {"settled": _("结算金额超过了补助标准乘以回执场次，请核对后再填。")}
            )


class Training(Activity):
    """培训与学习: courses in hall and field, and study tours."""

    CODE_PREFIX = "培训"

    name = models.CharField(_("主题"), max_length=200)
    industry = models.CharField(_("产业、作物"), max_length=100, blank=True)
    season = models.CharField(
        _("农时"), max_length=100, blank=True, help_text=_("例如“果树冬剪”“小麦春管”。")
    )
    demand = models.CharField(
        _("需求摸底"), max_length=200, blank=True, help_text=_("怎么知道村里要学这个的。")
    )
    provider = models.CharField(_("承办单位"), max_length=100, blank=True)
    materials = models.CharField(_("教材"), max_length=200, blank=True)
    cost = MoneyField(_("经费"), null=True, blank=True)
    cost_items = models.TextField(
        _("经费明细"), blank=True, help_text=_("课酬、场地、食宿、交通等，一行一项。")
    )
    examination = models.CharField(_("考核方式"), max_length=100, blank=True)
    certificates = models.PositiveIntegerField(_("发证人数"), null=True, blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        _("满意度（%）"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    revisited_on = PartialDateField(
        _("回访日期"), blank=True, help_text=_("培训三个月以后去看学的用上了没有。")
    )
    revisited_count = models.PositiveIntegerField(_("回访人数"), null=True, blank=True)
    adopted_count = models.PositiveIntegerField(_("用上技术的人数"), null=True, blank=True)
    effect = models.CharField(_("增收等效果"), max_length=200, blank=True)
    stage = models.CharField(
        _("办理状态"), max_length=20, choices=TrainingStage.choices, default=TrainingStage.HELD
    )

    class Meta(Activity.Meta):
        verbose_name = _("培训学习")
        verbose_name_plural = _("培训学习")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    def clean(self) -> None:
        if (self.adopted_count or 0) > (self.revisited_count or 0):
            raise ValidationError({"adopted_count": _("用上技术的人数不能多于回访人数，请核对。")})
        if self.stage == TrainingStage.FOLLOWED and not self.revisited_on:
            raise ValidationError(_("还没有回访。请先在“修改”里填写回访日期和人数。"))


class GoodsLine(Record):
    """慰问品明细: one kind of goods of a visit; what came in is what went out and what is left."""

    CODE_PREFIX = "物资"

    visit = models.ForeignKey(
        ReliefVisit, models.PROTECT, related_name="lines", verbose_name=_("慰问活动")
    )
    name = models.CharField(_("品名"), max_length=60)
    unit = models.CharField(
        pgettext_lazy("计量", "单位"), max_length=20, help_text=_("例如“袋”“桶”。")
    )
    source = models.CharField(
        _("来源"), max_length=10, choices=GoodsSource.choices, default=GoodsSource.BOUGHT
    )
    giver = models.CharField(_("供货或捐赠单位"), max_length=100, blank=True)
    unit_price = MoneyField(_("单价"), null=True, blank=True)
    received = models.DecimalField(
        _("筹集数量"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    given = models.DecimalField(
        _("发放数量"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    left = models.DecimalField(
        _("结存数量"), max_digits=12, decimal_places=2, null=True, blank=True,
        help_text=_("不知道就不填；知道筹集和发放的，不填也会算出来。"),
    )  # fmt: skip

    class Meta(Record.Meta):
        verbose_name = _("慰问品明细")
        verbose_name_plural = _("慰问品明细")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.received is None or self.given is None:
            return
        if self.given > self.received:
            raise ValidationError({"given": _("发放比筹集还多，请核对；用了上次结存的另记一行。")})
        if self.left is not None and self.given + self.left != self.received:
            raise ValidationError({"left": _("筹集应等于发放加结存，请核对这三个数。")})

    def settle(self, cleaned: dict[str, Any]) -> None:
        """What is left follows where in and out are known."""
        if self.received is not None and self.given is not None:
            self.left = self.received - self.given


class TrainingSession(Record):
    """培训场次: one session in hall or field, with how many were due and came."""

    CODE_PREFIX = "场次"

    training = models.ForeignKey(
        Training, models.PROTECT, related_name="sessions", verbose_name=_("培训")
    )
    held_on = PartialDateField(_("日期"))
    venue = models.CharField(
        _("场所"), max_length=10, choices=Venue.choices, default=Venue.CLASSROOM
    )
    location = models.CharField(_("地点"), max_length=100, blank=True)
    hours = models.DecimalField(_("学时"), max_digits=6, decimal_places=1, null=True, blank=True)
    teacher = models.CharField(
        _("师资"), max_length=100, blank=True, help_text=_("写单位、职称和姓名。")
    )
    due_count = models.PositiveIntegerField(_("应到人数"), null=True, blank=True)
    present_count = models.PositiveIntegerField(_("实到人数"), null=True, blank=True)
    women_count = models.PositiveIntegerField(_("其中妇女"), null=True, blank=True)
    elders_count = models.PositiveIntegerField(_("其中60岁以上"), null=True, blank=True)
    proof = models.CharField(
        _("到课依据"), max_length=10, choices=Proof.choices, default=Proof.LIST
    )

    class Meta(Record.Meta):
        verbose_name = _("培训场次")
        verbose_name_plural = _("培训场次")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.training.name} {self.get_venue_display()}"

    def clean(self) -> None:
        for part in ("women_count", "elders_count"):
            if (getattr(self, part) or 0) > (self.present_count or 0):
                raise ValidationError({part: _("不能多于实到人数，请核对名册。")})
        named = self.attendees.count() if self.pk else 0
        if self.present_count is not None and named > self.present_count:
            raise ValidationError({"present_count": _("名册上的人比实到还多，请核对名册。")})


class Attendee(Record):
    """参训名册: one villager at one session. Data of persons: the office's own, never published."""

    CODE_PREFIX = "名册"

    session = models.ForeignKey(
        TrainingSession, models.PROTECT, related_name="attendees", verbose_name=_("培训场次")
    )
    name = models.CharField(_("姓名"), max_length=50)
    place = models.ForeignKey(
        "places.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("村"),
    )
    sex = models.CharField(_("性别"), max_length=10, choices=Sex.choices, blank=True)
    age = models.PositiveSmallIntegerField(_("年龄"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("参训名册")
        verbose_name_plural = _("参训名册")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.visibility == Visibility.PUBLIC:
            raise ValidationError({"visibility": _("个人信息不公开，请改选“内部”。")})

    @classmethod
    def check_written(cls, written: Sequence[Record]) -> None:
        """No session has more names than people who came."""
        sessions = TrainingSession._default_manager.filter(
            pk__in={row.session_id for row in written}  # type: ignore[attr-defined]
        )
        for session in sessions.annotate(named=models.Count("attendees")):
            if session.present_count is not None and session.named > session.present_count:
                raise ValidationError(
                    _("“%(session)s”实到 %(present)s 人，名册上有 %(named)s 人，请核对。")
                    % {
                        "session": session.title(),
                        "present": session.present_count,
                        "named": session.named,
                    }
                )
