"""Publicity: media placements and boards, lectures, readers, periodical subscriptions."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.areas.organisations.models import Kind, Organisation
from laoqu.areas.places.models import Place
from laoqu.areas.publicity.stages import MediaStage, SubscriptionStage
from laoqu.register.fields import MoneyField, PartialDateField
from laoqu.register.models import YEARS, Activity, Record


class MediaKind(models.TextChoices):
    """宣传形式."""

    ARTICLE = "article", _("刊发报道")
    BOARD = "board", _("板面展览")
    VIDEO = "video", _("视频")
    COLLECTION = "collection", _("汇编读本")
    CONTEST = "contest", _("比赛活动")
    OTHER = "other", _("其他")


class MediaLevel(models.TextChoices):
    """媒体级别."""

    NATIONAL = "national", _("国家级")
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")


class Genre(models.TextChoices):
    """体裁."""

    NEWS = "news", _("消息")
    FEATURE = "feature", _("通讯")
    COMMENT = "comment", _("评论")
    PAPER = "paper", _("理论文章")
    PHOTO = "photo", _("图片")
    OTHER = "other", _("其他")


class MediaPlacement(Activity):
    """新闻宣传: what was published or shown, where, how many times."""

    CODE_PREFIX = "宣传"

    name = models.CharField(_("内容"), max_length=200)
    kind = models.CharField(
        _("宣传形式"), max_length=20, choices=MediaKind.choices, default=MediaKind.ARTICLE
    )
    genre = models.CharField(_("体裁"), max_length=20, choices=Genre.choices, blank=True)
    outlets = models.TextField(_("媒体或展出场合"), blank=True, help_text=_("一行一家。"))
    level = models.CharField(_("媒体级别"), max_length=20, choices=MediaLevel.choices, blank=True)
    author = models.CharField(_("作者、摄影"), max_length=100, blank=True)
    link = models.CharField(_("版面或网址"), max_length=300, blank=True)
    reprints = models.TextField(_("转载"), blank=True, help_text=_("一行一家。"))
    archive = models.CharField(
        _("存档副本"), max_length=200, blank=True, help_text=_("写档案号，或存在哪里。")
    )
    words = models.PositiveIntegerField(_("字数"), null=True, blank=True)
    edited_by = models.CharField(_("编辑（初审）"), max_length=50, blank=True)
    checked_by = models.CharField(_("审核（复审）"), max_length=50, blank=True)
    approved_by = models.CharField(
        _("监审（终审）"),
        max_length=50,
        blank=True,
        help_text=_("先审后发；涉密内容不上网。审稿单请留存。"),
    )
    stage = models.CharField(
        _("稿件状态"), max_length=20, choices=MediaStage.choices, default=MediaStage.PUBLISHED
    )

    class Meta(Activity.Meta):
        verbose_name = _("新闻宣传")
        verbose_name_plural = _("新闻宣传")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    def clean(self) -> None:
        approved = self.edited_by and self.checked_by and self.approved_by
        if self.stage == MediaStage.SENT and not approved:
            raise ValidationError(_("先审后发。请先在“修改”里写明编辑、审核、监审，再转为“投送”。"))


class Showing(Record):
    """板面展出: one place and time at which boards were shown."""

    CODE_PREFIX = "展出"

    board = models.ForeignKey(
        MediaPlacement, models.PROTECT, related_name="showings", verbose_name=_("板面")
    )
    location = models.CharField(_("展出地点"), max_length=200)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("村")
    )
    starts_on = PartialDateField(_("展期开始"))
    ends_on = PartialDateField(_("展期结束"), blank=True)
    boards_count = models.PositiveIntegerField(_("板面块数"), null=True, blank=True)
    visitors = models.PositiveIntegerField(_("观看人次"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("板面展出")
        verbose_name_plural = _("板面展出")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.location

    def clean(self) -> None:
        if self.board_id and self.board.kind != MediaKind.BOARD:
            raise ValidationError({"board": _("这一行不是板面展览，请另选，或先改它的宣传形式。")})
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("展期结束不能早于开始，请检查日期。")})


class GoesInto(models.TextChoices):
    """“六进”."""

    OFFICES = "offices", _("进机关")
    SCHOOLS = "schools", _("进学校")
    ENTERPRISES = "enterprises", _("进企业")
    COMMUNITIES = "communities", _("进社区")
    VILLAGES = "villages", _("进农村")
    BARRACKS = "barracks", _("进军营")


class Lecture(Activity):
    """宣讲: lectures, readings and talks, such as those that “go into” schools and villages."""

    CODE_PREFIX = "宣讲"

    name = models.CharField(_("主题"), max_length=200)
    forms = models.TextField(_("形式"), blank=True, help_text=_("一行一种，例如“党课”。"))
    goes_into = models.CharField(_("“六进”"), max_length=20, choices=GoesInto.choices, blank=True)
    audience = models.CharField(
        _("进到哪里"), max_length=100, blank=True, help_text=_("写单位，例如某某中学。")
    )
    lecturers = models.TextField(
        _("宣讲团成员"), blank=True, help_text=_("一行一人；要公开的，先问过本人。")
    )
    people_count = models.PositiveIntegerField(_("听讲人数"), null=True, blank=True)

    class Meta(Activity.Meta):
        verbose_name = _("宣讲")
        verbose_name_plural = _("宣讲")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name


class Book(Record):
    """编印读本: a reader or collection that the association compiled and printed."""

    CODE_PREFIX = "读本"

    name = models.CharField(_("书名"), max_length=100)
    compiler = models.CharField(_("编写单位"), max_length=100, blank=True)
    permit = models.CharField(_("书号或准印证号"), max_length=60, blank=True)
    printed_on = PartialDateField(_("印制日期"), blank=True)
    printed_count = models.PositiveIntegerField(_("印数"), null=True, blank=True)
    cost = MoneyField(_("费用"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("编印读本")
        verbose_name_plural = _("编印读本")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name under which the row is found again, even beside a namesake."""
        return f"{self.name}（{self.code}）"

    def given_count(self) -> int:
        """How many copies were given out."""
        given = self.issues.exclude(state="void").aggregate(total=models.Sum("copies"))
        return given["total"] or 0

    given_count.short_description = _("已发放册数")  # type: ignore[attr-defined]

    def clean(self) -> None:
        if self.pk and self.printed_count is not None and self.given_count() > self.printed_count:
            raise ValidationError({"printed_count": _("发放的已经比印数多，请核对发放记录。")})


class BookIssue(Record):
    """读本发放: copies of one reader given to one unit or village."""

    CODE_PREFIX = "发放"

    book = models.ForeignKey(Book, models.PROTECT, related_name="issues", verbose_name=_("读本"))
    receiver = models.CharField(_("发给谁"), max_length=100, help_text=_("写单位、学校或村。"))
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("村")
    )
    copies = models.PositiveIntegerField(_("册数"))
    given_on = PartialDateField(_("日期"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("读本发放")
        verbose_name_plural = _("读本发放")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.receiver

    @classmethod
    def check_written(cls, written: Sequence[Record]) -> None:
        """No more copies are given out than were printed."""
        keys = {row.book_id for row in written}  # type: ignore[attr-defined]
        for book in Book._default_manager.filter(pk__in=keys, printed_count__isnull=False):
            if book.given_count() > book.printed_count:
                raise ValidationError(
                    _("《%(name)s》印了 %(printed)s 册，发放合计 %(given)s 册，请核对。")
                    % {
                        "name": book.name,
                        "printed": book.printed_count,
                        "given": book.given_count(),
                    }
                )


class Subscription(Record):
    """两刊征订: copies of one periodical of one year of issue, ordered by one unit."""

    CODE_PREFIX = "征订"

    periodical = models.CharField(_("刊物"), max_length=100)
    issue_year = models.PositiveIntegerField(
        _("刊物年度"), validators=YEARS, help_text=_("订的是哪一年的刊物；年度是办理订阅的那一年。")
    )
    subscriber = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subscriptions",
        verbose_name=_("订阅单位"),
    )
    copies = models.PositiveIntegerField(_("份数"))
    unit_price = MoneyField(_("单价"), null=True, blank=True)
    funding = models.CharField(_("经费来源"), max_length=100, blank=True)
    paid_on = PartialDateField(_("付款日期"), blank=True)
    address = models.CharField(
        _("投递到哪里"), max_length=200, blank=True, help_text=_("写单位或村，不写私人住址。")
    )
    given_copies = models.PositiveIntegerField(
        _("其中赠阅份数"), null=True, blank=True, help_text=_("赠给老区村、学校、阅览室的。")
    )
    arrived_copies = models.PositiveIntegerField(_("到刊份数"), null=True, blank=True)
    complaint = models.CharField(_("缺刊和补寄"), max_length=200, blank=True)
    stage = models.CharField(
        _("征订状态"),
        max_length=20,
        choices=SubscriptionStage.choices,
        default=SubscriptionStage.ORDERED,
    )

    class Meta(Record.Meta):
        verbose_name = _("两刊征订")
        verbose_name_plural = _("两刊征订")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.issue_year}年《{self.periodical}》"

    def clean(self) -> None:
        if (self.given_copies or 0) > (self.copies or 0):
            raise ValidationError({"given_copies": _("赠阅份数不能多于征订份数，请核对。")})
        if (self.arrived_copies or 0) > (self.copies or 0):
            raise ValidationError({"arrived_copies": _("到刊份数不能多于征订份数，请核对。")})
        if self.pk and self.gifts_total() > (self.copies or 0):
            raise ValidationError({"copies": _("赠阅明细已经比份数多，请核对。")})
        if self.stage in SubscriptionStage.after_payment() and not self.paid_on:
            raise ValidationError(_("还没有付款日期。请先在“修改”里填写，再办这一步。"))

    def gifts_total(self) -> int:
        """How many copies its gifts name."""
        given = self.gifts.exclude(state="void").aggregate(total=models.Sum("copies"))
        return given["total"] or 0

    def arrival_rate(self) -> str:
        """到刊率 in whole percent; empty where it is not known."""
        if self.arrived_copies is None or not self.copies:
            return ""
        return f"{round(self.arrived_copies * 100 / self.copies)}%"

    arrival_rate.short_description = _("到刊率")  # type: ignore[attr-defined]


class PeriodicalGift(Record):
    """赠阅: copies of one subscription that a village, school or reading room is given to read."""

    CODE_PREFIX = "赠阅"

    subscription = models.ForeignKey(
        Subscription, models.PROTECT, related_name="gifts", verbose_name=_("征订")
    )
    receiver = models.CharField(
        _("赠给谁"), max_length=100, help_text=_("写村、学校或阅览室，不写个人。")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("村")
    )
    copies = models.PositiveIntegerField(_("份数"))

    class Meta(Record.Meta):
        verbose_name = _("两刊赠阅")
        verbose_name_plural = _("两刊赠阅")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.receiver

    @classmethod
    def check_written(cls, written: Sequence[Record]) -> None:
        """No more copies are given away than were ordered."""
        keys = {row.subscription_id for row in written}  # type: ignore[attr-defined]
        for ordered in Subscription._default_manager.filter(pk__in=keys):
            if ordered.gifts_total() > ordered.copies:
                raise ValidationError(
                    _("%(code)s 订了 %(copies)s 份，赠阅合计 %(given)s 份，请核对。")
                    % {
                        "code": ordered.code,
                        "copies": ordered.copies,
                        "given": ordered.gifts_total(),
                    }
                )


class SubscriptionTarget(Record):
    """征订任务: the copies of one periodical that one unit was asked to order."""

    CODE_PREFIX = "订任"

    periodical = models.CharField(_("刊物"), max_length=100)
    issue_year = models.PositiveIntegerField(_("刊物年度"), validators=YEARS)
    unit = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="subscription_targets",
        verbose_name=_("单位"),
        help_text=_("按单位分解的任务。征订自愿，不向村里摊派。"),
    )
    copies = models.PositiveIntegerField(_("任务份数"))
    set_by = models.CharField(_("下达单位"), max_length=100, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("征订任务")
        verbose_name_plural = _("征订任务")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.issue_year}年《{self.periodical}》"

    def clean(self) -> None:
        if self.unit_id and self.unit.kind == Kind.VILLAGE:
            raise ValidationError({"unit": _("征订自愿，不向村里摊派任务。请写单位或镇街分会。")})
