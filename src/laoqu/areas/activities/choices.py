"""The choices of visits, goods and trainings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Occasion(models.TextChoices):
    """慰问时节."""

    SPRING_FESTIVAL = "spring_festival", _("春节")
    JULY = "july", _("七一")
    AUGUST = "august", _("八一")
    ELDERS_DAY = "elders_day", _("重阳")
    OTHER = "other", _("其他")


class Delivery(models.TextChoices):
    """发放方式."""

    AT_HOME = "at_home", _("入户发放")
    GATHERED = "gathered", _("集中发放")
    TRANSFER = "transfer", _("打款")
    ENTRUSTED = "entrusted", _("委托村里转交")


class GoodsSource(models.TextChoices):
    """慰问品来源."""

    BOUGHT = "bought", _("采购")
    DONATED = "donated", _("捐赠")
    CARRIED = "carried", _("上次结存")


class Venue(models.TextChoices):
    """培训场所."""

    CLASSROOM = "classroom", _("课堂")
    FIELD = "field", _("田间")


class Proof(models.TextChoices):
    """到课依据: a list or a photo of it; nobody is made to check in with an app."""

    LIST = "list", _("纸质名册")
    PHOTO = "photo", _("名册照片")
    NONE = "none", _("没有")


class Sex(models.TextChoices):
    """性别."""

    MAN = "man", _("男")
    WOMAN = "woman", _("女")
