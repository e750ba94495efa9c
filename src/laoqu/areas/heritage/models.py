"""Red heritage: sites with the four that a protected site must have, and what is done for them."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from laoqu.areas.heritage.gaps import Gap, gaps, missing_of_the_four
from laoqu.areas.places.models import Place
from laoqu.areas.projects.models import Project
from laoqu.register.fields import MoneyField, PartialDateField
from laoqu.register.models import Record


class SiteClass(models.TextChoices):
    """类别（普查）."""

    FORMER_SITE = "former_site", _("重要历史事件和重要机构旧址")
    MEMORIAL_PLACE = "memorial_place", _("重要历史事件及人物活动纪念地")
    RESIDENCE = "residence", _("革命领导人故居")
    TOMB = "tomb", _("烈士墓")
    MEMORIAL = "memorial", _("纪念设施")


class ListClass(models.TextChoices):
    """类别（名录）."""

    RELIC = "relic", _("革命文物")
    HISTORIC_BUILDING = "historic_building", _("历史建筑")
    MARTYRS = "martyrs", _("烈士纪念设施")
    OTHER = "other", _("其他革命遗址")


class Era(models.TextChoices):
    """时期."""

    FOUNDING = "founding", _("建党和大革命时期")
    AGRARIAN = "agrarian", _("土地革命战争时期")
    RESISTANCE = "resistance", _("抗日战争时期")
    LIBERATION = "liberation", _("解放战争时期")
    PEOPLES_REPUBLIC = "peoples_republic", _("新中国成立以后")


class Protection(models.TextChoices):
    """保护级别."""

    NATIONAL = "national", _("全国重点文物保护单位")
    PROVINCE = "province", _("省级文物保护单位")
    CITY = "city", _("市级文物保护单位")
    COUNTY = "county", _("县级文物保护单位")
    UNDESIGNATED = "undesignated", _("尚未核定公布的不可移动文物")
    NONE = "none", _("非文物")


LONGITUDES = [MinValueValidator(73), MaxValueValidator(136)]
LATITUDES = [MinValueValidator(3), MaxValueValidator(54)]
"""Where China lies, in degrees of WGS 84."""

DESIGNATED = (Protection.NATIONAL, Protection.PROVINCE, Protection.CITY, Protection.COUNTY)


class Ownership(models.TextChoices):
    """产权."""

    STATE = "state", _("国有")
    COLLECTIVE = "collective", _("集体")
    PRIVATE = "private", _("私人")
    UNCLEAR = "unclear", _("不明")


class Condition(models.TextChoices):
    """保存状况."""

    GOOD = "good", _("较好")
    FAIR = "fair", _("一般")
    POOR = "poor", _("较差")
    DESTROYED = "destroyed", _("损毁")


class SiteUse(models.TextChoices):
    """利用情况."""

    OPEN = "open", _("开放")
    STUDY = "study", _("研学")
    PARTY_LESSONS = "party_lessons", _("党课")
    IDLE = "idle", _("闲置")


class SiteStage(models.TextChoices):
    """遗址状态."""

    CLUE = "clue", _("线索")
    SURVEYED = "surveyed", _("调查")
    RECOGNISED = "recognised", _("认定")
    LISTED = "listed", _("列入名录")
    FOUR_COMPLETE = "four_complete", _("四有完成")
    PATROLLED = "patrolled", _("日常巡查")
    UNDER_REPAIR = "under_repair", _("修缮中")
    OPENED = "opened", _("开放利用")
    DOWNGRADED = "downgraded", _("降级")
    LOST = "lost", _("消失")


BEFORE_LISTING = (SiteStage.CLUE, SiteStage.SURVEYED, SiteStage.RECOGNISED)
AFTER_THE_FOUR = (SiteStage.FOUR_COMPLETE, SiteStage.PATROLLED, SiteStage.OPENED)


class Site(Record):
    """红色遗址遗迹: one site, from the first clue to its daily care, with the 四有."""

    CODE_PREFIX = "遗址"

    name = models.CharField(_("遗址名称"), max_length=100)
    aliases = models.CharField(_("别名"), max_length=200, blank=True)
    kind = models.CharField(_("类别（普查）"), max_length=20, choices=SiteClass.choices, blank=True)
    list_class = models.CharField(
        _("类别（名录）"), max_length=20, choices=ListClass.choices, blank=True
    )
    era = models.CharField(_("时期"), max_length=20, choices=Era.choices, blank=True)
    built = models.CharField(_("年代"), max_length=60, blank=True)
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="heritage_sites",
        verbose_name=_("所在村"),
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    longitude = models.DecimalField(
        _("经度"), max_digits=9, decimal_places=6, null=True, blank=True, validators=LONGITUDES
    )
    latitude = models.DecimalField(
        _("纬度"), max_digits=8, decimal_places=6, null=True, blank=True, validators=LATITUDES
    )
    blurred = models.BooleanField(
        _("坐标模糊"),
        default=False,
        help_text=_("怕被盗、被毁的勾上：坐标只存到两位小数，约一公里。"),
    )
    route = models.CharField(
        _("所在线路"), max_length=100, blank=True, help_text=_("红色旅游、研学线路的名称。")
    )
    protection = models.CharField(
        _("保护级别"), max_length=20, choices=Protection.choices, default=Protection.NONE
    )
    batch = models.CharField(_("公布批次"), max_length=60, blank=True)
    announced_by = models.CharField(_("公布机关"), max_length=100, blank=True)
    announced_on = PartialDateField(_("公布日期"), blank=True)
    document_number = models.CharField(_("公布文号"), max_length=60, blank=True)
    ownership = models.CharField(
        _("产权"), max_length=20, choices=Ownership.choices, default=Ownership.UNCLEAR
    )
    used_by = models.CharField(_("使用单位"), max_length=100, blank=True)
    managed_by = models.CharField(_("管理单位"), max_length=100, blank=True)
    responsible = models.CharField(
        _("保护责任人"), max_length=100, blank=True, help_text=_("写单位或职务。")
    )
    protection_area = models.TextField(_("保护范围"), blank=True)
    control_zone = models.TextField(_("建设控制地带"), blank=True)
    sign_by = models.CharField(_("标志立标机关"), max_length=100, blank=True)
    sign_on = PartialDateField(
        _("标志立标日期"),
        blank=True,
        help_text=_("标志要写明级别、名称、公布机关、公布日期、立标机关、立标日期六项。"),
    )
    archive = models.CharField(_("记录档案"), max_length=100, blank=True, help_text=_("写档案号。"))
    custodian = models.CharField(_("专门机构或专人"), max_length=100, blank=True)
    condition = models.CharField(
        _("保存状况"), max_length=20, choices=Condition.choices, blank=True
    )
    damage = models.TextField(_("病害"), blank=True)
    use = models.CharField(_("利用情况"), max_length=20, choices=SiteUse.choices, blank=True)
    visitors = models.PositiveIntegerField(_("年参观人次"), null=True, blank=True)
    base_title = models.CharField(_("教育基地称号"), max_length=100, blank=True)
    records = models.TextField(_("史料、口述"), blank=True, help_text=_("一行一条，写出处。"))
    stage = models.CharField(
        _("遗址状态"), max_length=20, choices=SiteStage.choices, default=SiteStage.CLUE
    )

    class Meta(Record.Meta):
        verbose_name = _("红色遗址遗迹")
        verbose_name_plural = _("红色遗址遗迹")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name under which the row is found again, even beside a namesake."""
        return f"{self.name}（{self.code}）"

    @property
    def is_designated(self) -> bool:
        """Whether it is a protected site (文物保护单位), which must have the four."""
        return self.protection in DESIGNATED

    def gaps(self) -> list[Gap]:
        """What the site lacks."""
        return gaps(self)

    def clean(self) -> None:
        if (self.longitude is None) != (self.latitude is None):
            raise ValidationError({"latitude": _("经度和纬度要一起填，请补上另一个。")})
        if self.blurred and self.longitude is not None and self.latitude is not None:
            self.longitude, self.latitude = round(self.longitude, 2), round(self.latitude, 2)
        if self.stage not in (*BEFORE_LISTING, SiteStage.LOST) and not (
            self.announced_by and self.announced_on
        ):
            raise ValidationError(_("列入名录以前，请先填写公布机关和公布日期。"))
        missing = missing_of_the_four(self) if self.is_designated else []
        if self.stage in AFTER_THE_FOUR and missing:
            words = "、".join(str(gap.label) for gap in missing)
            raise ValidationError(_("四有还缺：%(words)s。请补齐后再办。") % {"words": words})


class Inspection(Record):
    """遗址巡查: one round at one site."""

    CODE_PREFIX = "巡查"

    site = models.ForeignKey(
        Site, models.PROTECT, related_name="inspections", verbose_name=_("遗址")
    )
    inspected_on = PartialDateField(_("巡查日期"))
    inspected_by = models.CharField(
        _("巡查人"), max_length=100, blank=True, help_text=_("写单位或职务。")
    )
    condition = models.CharField(_("保存状况"), max_length=20, choices=Condition.choices)
    photo_spot = models.CharField(
        _("拍照位置"), max_length=200, blank=True, help_text=_("每次在同一个位置拍，便于对比。")
    )
    problems = models.TextField(_("发现的问题"), blank=True)
    measures = models.TextField(_("处理措施"), blank=True)
    rectify_by = PartialDateField(_("整改期限"), blank=True)
    rectified_on = PartialDateField(_("整改完成日期"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("遗址巡查")
        verbose_name_plural = _("遗址巡查")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.site.name} {self.get_condition_display()}"

    def clean(self) -> None:
        if self.rectified_on and self.rectified_on < self.inspected_on:
            raise ValidationError({"rectified_on": _("整改完成不能早于巡查日期，请检查。")})
        if self.rectify_by and not self.problems:
            raise ValidationError({"problems": _("写了整改期限，请写明发现的问题。")})


class Repair(Record):
    """遗址修缮: one piece of repair work at one site, with its money."""

    CODE_PREFIX = "修缮"

    site = models.ForeignKey(Site, models.PROTECT, related_name="repairs", verbose_name=_("遗址"))
    works = models.TextField(_("修缮内容"))
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="repairs",
        verbose_name=_("帮扶项目"),
    )
    started_on = PartialDateField(_("开工日期"), blank=True)
    finished_on = PartialDateField(_("完工日期"), blank=True)
    amount = MoneyField(_("资金"), null=True, blank=True)
    funding = models.CharField(_("资金来源"), max_length=200, blank=True)
    builder = models.CharField(_("施工单位"), max_length=100, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("遗址修缮")
        verbose_name_plural = _("遗址修缮")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return f"{self.site.name} {self.works}"

    def clean(self) -> None:
        if self.started_on and self.finished_on and self.finished_on < self.started_on:
            raise ValidationError({"finished_on": _("完工不能早于开工，请检查日期。")})


class HistoricPerson(Record):
    """革命人物: somebody of the revolution, no longer living, and the sites that remember them."""

    CODE_PREFIX = "人物"

    name = models.CharField(_("姓名"), max_length=50)
    aliases = models.CharField(_("别名、曾用名"), max_length=100, blank=True)
    born_on = PartialDateField(_("出生"), blank=True)
    died_on = PartialDateField(_("去世或牺牲"), blank=True)
    native_place = models.CharField(_("籍贯"), max_length=100, blank=True)
    deeds = models.TextField(_("事迹"), blank=True, help_text=_("只写已故的革命人物。"))
    records = models.TextField(_("史料出处"), blank=True, help_text=_("一行一条。"))
    sites = models.ManyToManyField(
        Site, blank=True, related_name="persons", verbose_name=_("相关遗址")
    )

    class Meta(Record.Meta):
        verbose_name = _("革命人物")
        verbose_name_plural = _("革命人物")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name under which the row is found again, even beside a namesake."""
        return f"{self.name}（{self.code}）"


class Event(Record):
    """革命事件: something that happened, who took part, and the sites where."""

    CODE_PREFIX = "事件"

    name = models.CharField(_("事件"), max_length=100)
    happened_on = PartialDateField(_("时间"), blank=True)
    location = models.CharField(_("地点"), max_length=200, blank=True)
    summary = models.TextField(_("经过"), blank=True)
    records = models.TextField(_("史料出处"), blank=True, help_text=_("一行一条。"))
    persons = models.ManyToManyField(
        HistoricPerson, blank=True, related_name="events", verbose_name=_("相关人物")
    )
    sites = models.ManyToManyField(
        Site, blank=True, related_name="events", verbose_name=_("相关遗址")
    )

    class Meta(Record.Meta):
        verbose_name = _("革命事件")
        verbose_name_plural = _("革命事件")

    def __str__(self) -> str:
        return self.code

    def title(self) -> str:
        return self.name
