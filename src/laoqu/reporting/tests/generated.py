"""Random ledgers: strategies that draw rows, and the writing of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from tests.cast import World

from laoqu.areas.activities.models import Performance, ReliefVisit, Training
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.honours.models import Award
from laoqu.areas.meetings.models import Meeting
from laoqu.areas.organisations.models import Organisation, OrganisationAlias
from laoqu.areas.places.models import Place
from laoqu.areas.publicity.models import Lecture, MediaPlacement, Subscription
from laoqu.areas.surveys.models import Recommendation, Survey
from laoqu.reporting.tests.builders import body, save


def some(words: str, low: int = 0, high: int = 3) -> st.SearchStrategy[list[str]]:
    """A few different words out of those given."""
    return st.lists(st.sampled_from(words.split()), min_size=low, max_size=high, unique=True)


VILLAGES = st.lists(
    st.builds(
        "{}{}村".format,
        st.sampled_from("东西南北上下前后大小新古"),
        st.sampled_from("杨柳沟坡桥韩赵崔峪塬寨庄营堡洼"),
    ),
    min_size=1,
    max_size=6,
    unique=True,
)
OFFICES = "水利局 财政局 交通局 农业农村局 林业局 民政局 教育局 乡村振兴局 文旅局 卫健局"
BODIES = st.sampled_from([f"永济市{office}" for office in OFFICES.split()])
WORKS = some(
    "铺设柏油路 硬化巷道 修建文化广场 安装路灯 建设日间照料中心 改善人畜饮水 打机井 维修水渠 "
    "建设蘑菇暖棚 新建公共厕所 绿化村道 改造提升党群服务中心",
    1,
)
AMOUNTS = st.integers(1, 90_000).map(lambda units: Decimal(units) * 1000)
DAYS = st.one_of(
    st.just(""),
    st.integers(1, 12).map("2024-{:02}".format),
    st.dates(min_value=date(2024, 1, 1), max_value=date(2024, 12, 28)).map(str),
)
LINES = st.fixed_dictionaries(
    {
        "funder": BODIES,
        "amount": AMOUNTS,
        "villages": VILLAGES,
        "open_list": st.booleans(),
        "works": WORKS,
        "given_on": DAYS,
    }
)
VISITS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["春节送温暖", "重阳节慰问", "走访慰问"]),
        "villages": VILLAGES,
        "held_on": DAYS,
        "goods": some("大米 食油 面粉 棉被 牛奶 红枣", 1, 4),
    }
)
GIFTS = st.fixed_dictionaries(
    {
        "funder": st.sampled_from(["永济市丰年果业有限公司", "永济市同心商会"]),
        "amount": AMOUNTS,
        "villages": VILLAGES,
        "works": some("修建文化广场 购置健身器材 安装路灯 救助困难学生", 0, 2),
    }
)
IN_KIND = st.fixed_dictionaries(
    {
        "funder": BODIES,
        "villages": VILLAGES,
        "works": st.sampled_from(["铺设柏油路", "修建水渠", "硬化巷道"]).map(lambda work: [work]),
        "count": st.integers(1, 40),
        "unit": st.just("公里"),
    }
)
COURSES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["果树修剪培训班", "电商直播培训班", "养殖技术培训班"]),
        "location": st.sampled_from(["栲栳镇", "虞乡镇"]),
        "count": st.integers(10, 300),
        "unit": st.just("人"),
        "held_on": DAYS,
    }
)
LECTURES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["红色基因传承“六进”活动", "革命故事宣讲活动"]),
        "forms": some("宣讲会 诵读会 党课 党日活动", 1),
        "held_on": DAYS,
    }
)
MEETINGS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["理事会会议", "老区工作座谈会", "全体会员大会"]),
        "count": st.integers(10, 200),
        "unit": st.just("人"),
        "held_on": DAYS,
    }
)
MEDIA = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["老区建设成就", "老促会工作情况"]),
        "outlets": some("《山西老区开发》杂志 中国老区网 《全国老区工作年鉴》 运城新闻网", 1),
        "count": st.integers(2, 40),
        "unit": st.just("次"),
    }
)
BOARDS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["《老区建设工作综览》", "《红色记忆》"]),
        "kind": st.just("board"),
        "count": st.integers(2, 20),
        "unit": st.just("块"),
    }
)
SHOWS = st.fixed_dictionaries(
    {"host": BODIES, "villages": VILLAGES, "count": st.integers(1, 60), "held_on": DAYS}
)
SURVEYS = st.fixed_dictionaries(
    {
        "topic": st.sampled_from(["职业教育发展情况", "留守老人生活状况", "革命遗址保护情况"]),
        "villages": VILLAGES,
        "proposals": some(
            "加大财政投入 完善基础设施 培养专业人才 加强校企合作 发展特色产业 健全工作机制", 1, 4
        ),
    }
)
LEDGERS = st.fixed_dictionaries(
    {
        "lines": st.lists(LINES, min_size=1, max_size=6),
        "gifts": st.lists(GIFTS, max_size=2),
        "in_kind": st.lists(IN_KIND, max_size=2),
        "courses": st.lists(COURSES, max_size=2),
        "lectures": st.lists(LECTURES, max_size=2),
        "meetings": st.lists(MEETINGS, max_size=2),
        "media": st.lists(st.one_of(MEDIA, BOARDS), max_size=2),
        "visits": st.lists(VISITS, max_size=2),
        "shows": st.lists(SHOWS, max_size=2),
        "surveys": st.lists(SURVEYS, max_size=2),
        "copies": st.dictionaries(
            st.sampled_from(["中国老区建设", "山西老区开发", "老区记忆"]),
            st.integers(1, 400),
            max_size=3,
        ),
        "awards": some(
            "运城市老区宣传先进单位 山西省老区宣传工作二等奖 全国老区新闻宣传工作三等奖"
        ),
    }
)


@contextmanager
def afterwards_as_before() -> Iterator[None]:
    """Undo what the block wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def villages(world: World, drawn: dict[str, Any]) -> list[Place]:
    """The places of the names drawn, which leave the row."""
    return [_village(world, name) for name in drawn.pop("villages")]


def _village(world: World, name: str) -> Place:
    found = Place.objects.filter(name=name, area_code__startswith="140881").first()
    return found or Place.objects.create(
        name=name, level="natural_village", parent=world.places["栲栳镇"]
    )


def write_lines(world: World, drawn: list[dict[str, Any]]) -> None:
    """Contributions."""
    for one in drawn:
        line = {**one, "funder": body(world, one["funder"]), "works": _text(one["works"])}
        save(world, Contribution, villages(world, line), **line)


SIMPLE = {"courses": Training, "lectures": Lecture, "meetings": Meeting, "media": MediaPlacement}


def _text(value: Any) -> Any:
    return "\n".join(value) if isinstance(value, list) else value


def write(world: World, drawn: dict[str, Any]) -> None:
    """A whole ledger."""
    itself = Organisation.objects.get(association=world.yongji, kind="association")
    OrganisationAlias.objects.get_or_create(organisation=itself, name="永济市老促会")
    write_lines(world, drawn["lines"] + drawn["in_kind"])
    write_lines(world, [{"kind": "donation", **one} for one in drawn["gifts"]])
    for key, model in SIMPLE.items():
        for one in drawn[key]:
            row = {name: _text(value) for name, value in one.items()}
            save(world, model, **row, host=itself)
    for one in drawn["visits"]:
        row = {**one, "host": itself, "goods": "\n".join(one["goods"])}
        save(world, ReliefVisit, villages(world, row), **row)
    for one in drawn["shows"]:
        row = {**one, "host": body(world, one["host"]), "name": "送戏下乡", "unit": "场"}
        save(world, Performance, villages(world, row), **row)
    for one in drawn["surveys"]:
        row = {"topic": one["topic"], "host": itself, "villages": one["villages"]}
        row["reports"] = f"《关于{one['topic']}的调研报告》"
        made = save(world, Survey, villages(world, row), **row)
        for text in one["proposals"]:
            save(world, Recommendation, content=text, survey=made, proposer=itself)
    for name, copies in drawn["copies"].items():
        row = {"periodical": name, "copies": copies, "subscriber": itself, "issue_year": 2025}
        save(world, Subscription, **row)
    for name in drawn["awards"]:
        save(world, Award, name=name, receiver=itself)
