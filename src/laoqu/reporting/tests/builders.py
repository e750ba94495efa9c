"""Rows for tests, saved as the forms save them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from tests.cast import World

from laoqu.areas.activities.models import Performance, ReliefVisit, Training
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.honours.models import Award
from laoqu.areas.meetings.models import Meeting
from laoqu.areas.organisations.models import Organisation, OrganisationAlias
from laoqu.areas.places.models import Place
from laoqu.areas.publicity.models import Lecture, MediaPlacement, Subscription
from laoqu.areas.surveys.models import Recommendation, Survey
from laoqu.register.models import Passage, Source


def save(world: World, model: Any, places: Sequence[Place] = (), **fields: Any) -> Any:
    """A row of 永济市 in 2024, public unless said otherwise."""
    common = {"association": world.yongji, "year": 2024, "visibility": "public"}
    row = model(**{**common, **fields})
    row.settle({"places": places})
    row.save()
    if places:
        row.places.set(places)
    return row


def body(world: World, name: str, **fields: Any) -> Organisation:
    """The organisation of that name."""
    found, _created = Organisation.objects.get_or_create(
        association=world.yongji, name=name, defaults=fields
    )
    return found


def cite(world: World, row: Any, text: str, words: str) -> Passage:
    """Let a row cite some words of a new source."""
    source = Source.objects.create(
        association=world.yongji, title="材料", sha256=str(row.pk), text=text, visibility="public"
    )
    start = text.index(words)
    passage = Passage.objects.create(source=source, start=start, end=start + len(words))
    row.passages.add(passage)
    return passage


def ledger(world: World) -> dict[str, Any]:
    """One or two rows of every kind."""
    gao, han, xin = (world.places[name] for name in ("高市村", "韩村", "新源村"))
    itself = Organisation.objects.get(association=world.yongji, kind="association")
    OrganisationAlias.objects.create(organisation=itself, name="永济市老促会")
    culture = body(world, "永济市文化和旅游局")
    company = body(world, "永济市丰年果业有限公司", kind="enterprise")
    made = {
        "water": save(
            world, Contribution, [gao, han], funder=world.water, amount=Decimal(800000),
            open_list=True, works="改善人畜饮水\n渠道防渗",
        ),
        "finance": save(
            world, Contribution, [gao], funder=world.finance, amount=Decimal(600000),
            amount_as_written="60余万元", approximate=True, works="阳光暖棚", count=20, unit="座",
        ),
        "planned": save(
            world, Contribution, [gao], funder=world.finance, amount=Decimal(50000),
            stage="planned",
        ),
        "road": save(
            world, Contribution, [xin], funder=world.water, works="铺设柏油路", count=3, unit="公里"
        ),
        "gift": save(
            world, Contribution, [xin], kind="donation", funder=company, amount=Decimal(20000),
            works="建设文化广场",
        ),
        "visit": save(
            world, ReliefVisit, [gao, xin], name="春节送温暖", host=itself, held_on="2024-01-30",
            goods="大米\n食油",
        ),
        "show": save(
            world, Performance, [gao, han, xin], name="送戏下乡", host=culture, count=21, unit="场"
        ),
        "course": save(
            world, Training, name="果树修剪培训班", host=itself, location="栲栳镇", count=50,
            unit="人", held_on="2024-04",
        ),
        "survey": save(
            world, Survey, [gao], topic="职业教育发展情况", host=itself, partners="永济市教育局",
            reports="《职业教育调研报告》",
        ),
        "media": save(
            world, MediaPlacement, name="老区建设", host=itself, outlets="《山西老区》杂志\n红色网",
            count=10, unit="次", approximate=True,
        ),
        "lecture": save(
            world, Lecture, name="红色故事“六进”活动", host=itself, forms="宣讲会\n党课"
        ),
        "order": save(
            world, Subscription, periodical="中国老区建设", issue_year=2025, subscriber=itself,
            copies=150,
        ),
        "award": save(world, Award, name="运城市老区宣传工作先进单位", receiver=itself),
        "meeting": save(
            world, Meeting, name="理事会会议", host=itself, held_on="2024-11", count=31, unit="人"
        ),
    }  # fmt: skip
    for text in ("加大投入", "完善实训设备"):
        save(world, Recommendation, content=text, survey=made["survey"], proposer=itself)
    return made
