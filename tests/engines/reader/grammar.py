"""Sentences made from the published phrasing patterns, with random places, bodies and sums.

Written from the patterns and not from the reader's rules; it shows gaps family by family and is no
evidence of accuracy on real texts.
"""

from collections.abc import Callable
from decimal import Decimal
from random import Random

from .scoring import Expected, Sample

FIRST = "柳石杨枫松桃梅竹溪龙凤白黄青红金银高大上下东西南北新老周吴郑冯陈褚卫蒋沈韩"
SECOND = "山河岭坪坡湾沟塘桥店铺庄营坝洼泉井岗塔屯家林田川峪坞浦"
BODIES = [
    "县财政局",
    "市水利局",
    "县交通运输局",
    "市民政局",
    "县农业农村局",
    "市林业局",
    "县委组织部",
]
BODIES += ["县文化和旅游局", "市老促会", "县供电公司", "市住建局", "县乡村振兴局"]
FIRMS = ["宏远建筑公司", "恒丰集团", "福兴农业有限公司", "县慈善总会", "市工商联"]
WORKS = ["修建水渠", "铺设柏油路", "改造农网", "安装路灯", "硬化村道", "新建文化广场", "建设蓄水池"]
VERBS = ["投资", "安排资金", "拨付", "投入", "筹措资金", "下达", "出资"]
MADE = tuple[str, list[Expected]]
Family = Callable[[Random], MADE]


def village(random: Random) -> str:
    return random.choice(FIRST) + random.choice(SECOND) + "村"


def villages(random: Random, count: int) -> list[str]:
    found: list[str] = []
    while len(found) < count:
        name = village(random)
        if name not in found:
            found.append(name)
    return found


def amount(random: Random) -> tuple[str, Decimal]:
    """A sum as written and in yuan."""
    wan = random.choice([random.randint(1, 3000), random.randint(10, 9999) / 10])
    yuan = Decimal(str(wan)) * 10000
    return random.choice([f"{wan}万元", f"{wan}余万元", f"近{wan}万元"]), yuan


def funding(
    yuan: Decimal, actor: str | None, places: list[str], words: str, count: int | None = None
) -> Expected:
    number = None if count is None else Decimal(count)
    return Expected("funding", yuan, actor, tuple(places), number, words)


def actor_first(random: Random) -> MADE:
    body, (written, yuan) = random.choice(BODIES), amount(random)
    places = villages(random, random.randint(1, 6))
    tail = "等老区村" if len(places) > 1 else ""
    gave, done = f"{body}{random.choice(VERBS)}{written}", random.choice(WORKS)
    text = f"{gave}，为{'、'.join(places)}{tail}{done}。"
    return text, [funding(yuan, body, places, text[:-1])]


def work_first(random: Random) -> MADE:
    body, (written, yuan) = random.choice(BODIES), amount(random)
    place, metres = village(random), random.randint(100, 9000)
    how = random.choice(["由{}实施", "由{}解决", "由{}负责建设"]).format(body)
    text = f"{place}{random.choice(WORKS)}{metres}米，{written}，{how}。"
    return text, [funding(yuan, body, [place], text[:-1], metres)]


def total_with_parts(random: Random) -> MADE:
    body, places = random.choice(BODIES), villages(random, 3)
    parts = [random.randint(2, 90) for _ in places]
    listed = "，".join(
        f"{place}{wan}万元{random.choice(WORKS)}" for place, wan in zip(places, parts, strict=True)
    )
    text = f"{body}共投入{sum(parts)}万元，其中{listed}。"
    total = funding(Decimal(sum(parts) * 10000), body, [], f"共投入{sum(parts)}万元")
    rest = [
        funding(Decimal(wan * 10000), body, [place], f"{place}{wan}万元")
        for place, wan in zip(places, parts, strict=True)
    ]
    return text, [total, *rest]


def several_actors(random: Random) -> MADE:
    bodies, place = random.sample(BODIES, 3), village(random)
    sums = [random.randint(1, 300) for _ in bodies]
    chain = [f"{body}投资{wan}万元" for body, wan in zip(bodies, sums, strict=True)]
    text = f"为改变{place}面貌，{'，'.join(chain)}。"
    return text, [
        funding(Decimal(wan * 10000), body, [place], words)
        for body, wan, words in zip(bodies, sums, chain, strict=True)
    ]


def broker_and_payer(random: Random) -> MADE:
    broker, payer = random.sample(BODIES, 2)
    (written, yuan), place = amount(random), village(random)
    how = random.choice(["协调{}投资", "从{}争取到", "请{}拿出"]).format(payer)
    text = f"{broker}{how}{written}，为{place}{random.choice(WORKS)}。"
    return text, [funding(yuan, payer, [place], text[:-1])]


def elided(random: Random) -> MADE:
    body, place = random.choice(BODIES), village(random)
    one, two = random.randint(1, 90), random.randint(1, 90)
    first = f"{body}投资{one}万元，为{place}{random.choice(WORKS)}"
    second = f"又筹资{two}万元，{random.choice(WORKS)}"
    return f"{first}。{second}。", [
        funding(Decimal(one * 10000), body, [place], first),
        funding(Decimal(two * 10000), body, [place], second),
    ]


def not_given(random: Random) -> MADE:
    body, place, (written, yuan) = random.choice(BODIES), village(random), amount(random)
    other = random.choice(
        ["实现产值{}万元", "村集体增收{}万元", "销售收入{}万元", "招商引资{}万元"]
    )
    earned = other.format(random.randint(1, 900))
    text = f"{place}{earned}。{body}投资{written}{random.choice(WORKS)}。"
    return text, [funding(yuan, body, [place], f"{body}投资{written}")]


def exhortation(random: Random) -> MADE:
    written, place = amount(random)[0], village(random)
    return random.choice(
        [
            f"要进一步加大投入，切实改善{place}的生产生活条件。",
            f"明年计划投资{written}，为{place}{random.choice(WORKS)}。",
            f"各单位要结对帮扶{place}，帮助群众增收致富。",
        ]
    ), []


def donation(random: Random) -> MADE:
    firm, place, (written, yuan) = random.choice(FIRMS), village(random), amount(random)
    verb = random.choice(["捐款", "捐资", "捐赠", "捐出"])
    text = f"{firm}向{place}{verb}{written}，{random.choice(WORKS)}。"
    return text, [Expected("donation", yuan, firm, (place,), None, text[:-1])]


def visit(random: Random) -> MADE:
    body, places, homes = random.choice(BODIES), villages(random, 2), random.randint(5, 90)
    act = random.choice(["走访慰问困难群众", "看望老党员", "开展送温暖活动，慰问"])
    text = f"1月20日，{body}到{'、'.join(places)}{act}{homes}户，送去大米、食油。"
    return text, [Expected("visit", None, body, tuple(places), Decimal(homes), text[:-1])]


def performance(random: Random) -> MADE:
    places, shows = villages(random, 3), random.randint(2, 90)
    text = f"县剧团在{'、'.join(places)}等{random.randint(4, 9)}个村演出戏剧{shows}场。"
    return text, [Expected("performance", None, "县剧团", tuple(places), Decimal(shows), text[:-1])]


def training(random: Random) -> MADE:
    body, place, people = random.choice(BODIES), village(random), random.randint(20, 300)
    text = f"{body}在{place}举办果树技术培训班{random.randint(2, 9)}期，培训农民{people}人次。"
    return text, [Expected("training", None, body, (place,), Decimal(people), text[:-1])]


def subscription(random: Random) -> MADE:
    one, two = random.randint(10, 900), random.randint(10, 900)
    text = f"完成订阅2025年《中国老区建设》杂志{one}份、《老区纵横》杂志{two}份。"
    return text, [
        Expected("subscription", None, None, (), Decimal(one), f"《中国老区建设》杂志{one}份"),
        Expected("subscription", None, None, (), Decimal(two), f"《老区纵横》杂志{two}份"),
    ]


def honours(random: Random) -> MADE:
    body = random.choice(BODIES)
    named = random.sample(
        ["全国老区宣传先进单位", "全省老区工作先进集体", "调研成果一等奖", "好新闻二等奖"], 3
    )
    text = f"{body}荣获{'、'.join(named)}。"
    return text, [Expected("award", None, body, (), None, name) for name in named]


FAMILIES: dict[str, Family] = {
    "11 actor first": actor_first,
    "11 work first": work_first,
    "04 total and parts": total_with_parts,
    "14 several actors": several_actors,
    "13 broker and payer": broker_and_payer,
    "12 elided": elided,
    "10 no contribution": not_given,
    "31 exhortation": exhortation,
    "28 donation": donation,
    "24 visit": visit,
    "16 performance": performance,
    "24 training": training,
    "27 subscription": subscription,
    "29 awards": honours,
}


def generated(name: str, family: Family, count: int, seed: int) -> list[Sample]:
    """``count`` texts of one family, always the same for the same seed."""
    random = Random(f"{name}{seed}")
    made = [family(random) for _ in range(count)]
    return [Sample(f"{name} {i}", text, tuple(facts)) for i, (text, facts) in enumerate(made)]
