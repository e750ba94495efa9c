"""The pattern families of the published list that are not in ``grammar``: amounts, places, states.

Written from the patterns, as ``grammar`` is, and not from the reader's rules.
"""

from decimal import Decimal
from random import Random

from .grammar import (
    BODIES,
    FIRMS,
    FIRST,
    SECOND,
    WORKS,
    Family,
    funding,
    village,
    villages,
)
from .scoring import Expected

MADE = tuple[str, list[Expected]]
PLACE_WORKS = ["道路硬化", "饮水工程", "文化广场", "水渠修复", "路灯安装", "村部维修"]
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def yuan(wan: Decimal | int | str) -> Decimal:
    return Decimal(str(wan)) * 10000


def spelled(random: Random) -> MADE:
    """1: 万元, 亿元, 元, 万 alone, four decimals, full-width digits and points."""
    body, place, work = random.choice(BODIES), village(random), random.choice(WORKS)
    wan = random.randint(1, 900)
    fine = Decimal(random.randint(10001, 9999999)) / 10000
    written, value = random.choice(
        [
            (f"{wan}万元", yuan(wan)),
            (f"{Decimal(wan) / 100}亿元", Decimal(wan) * 1000000),
            (f"{wan * 137}元", Decimal(wan * 137)),
            (f"{wan}万", yuan(wan)),
            (f"{fine}万元", yuan(fine)),
            (f"{wan}.5万元".translate(WIDE), yuan(f"{wan}.5")),
        ]
    )
    text = f"{body}投资{written}，为{place}{work}。"
    return text, [funding(value, body, [place], text[:-1])]


def vague(random: Random) -> MADE:
    """2: 余, 多, 近, 约, 上, and Chinese numerals."""
    body, place, work = random.choice(BODIES), village(random), random.choice(WORKS)
    wan = random.randint(2, 90) * 10
    written, value = random.choice(
        [
            (f"{wan}余万元", yuan(wan)),
            (f"{wan}多万元", yuan(wan)),
            (f"近{wan}万元", yuan(wan)),
            (f"约{wan}万元", yuan(wan)),
            (f"{wan}万余元", yuan(wan)),
            ("九十多万元", yuan(90)),
            ("三百余万元", yuan(300)),
            ("上百万元", yuan(100)),
        ]
    )
    text = f"{body}投入{written}，在{place}{work}。"
    return text, [funding(value, body, [place], text[:-1])]


def comma_slip(random: Random) -> MADE:
    """3: a comma where the decimal point should be."""
    body, place = random.choice(BODIES), village(random)
    whole, part = random.randint(1, 99), random.randint(1, 9)
    text = f"{body}投资{whole},{part}万元，为{place}{random.choice(WORKS)}。"
    return text, [funding(yuan(f"{whole}.{part}"), body, [place], text[:-1])]


def so_far(random: Random) -> MADE:
    """5: a plan and the part of it that is done."""
    body, place = random.choice(BODIES), village(random)
    whole = random.randint(50, 900)
    done = random.randint(10, whole - 5)
    first = f"{body}计划投资{whole}万元，在{place}{random.choice(WORKS)}"
    second = f"目前已完成投资{done}万元"
    return f"{first}，{second}。", [
        funding(yuan(whole), body, [place], first),
        funding(yuan(done), body, [place], second),
    ]


def same_twice(random: Random) -> MADE:
    """6: the same sum allocated and disbursed."""
    body, place = random.choice(BODIES), village(random)
    wan = random.randint(5, 500)
    first = f"{body}安排{wan}万元，为{place}{random.choice(WORKS)}"
    second = f"这{wan}万元现已拨付到位"
    return f"{first}。{second}。", [
        funding(yuan(wan), body, [place], first),
        funding(yuan(wan), body, [place], second),
    ]


def rate_and_total(random: Random) -> MADE:
    """7: a rate beside the total."""
    body, place, metres = random.choice(BODIES), village(random), random.randint(2, 20)
    each = random.randint(5, 40)
    rate = random.choice([f"每公里补助{each}万元", f"按每公里{each}万元的标准"])
    text = f"{body}为{place}硬化道路{metres}公里，{rate}，共补助{each * metres}万元。"
    return text, [funding(yuan(each * metres), body, [place], text[:-1], metres)]


def valued_goods(random: Random) -> MADE:
    """8: goods with their value."""
    firm, place, wan = random.choice(FIRMS), village(random), random.randint(1, 60)
    number = random.randint(20, 900)
    goods = random.choice(["大米", "棉被", "图书", "课桌椅"])
    text = random.choice(
        [
            f"{firm}向{place}捐赠{goods}{number}套，价值{wan}万元。",
            f"{firm}给{place}捐赠{goods}{number}套，折合人民币{wan}万元。",
        ]
    )
    return text, [Expected("donation", yuan(wan), firm, (place,), Decimal(number), text[:-1])]


def recurring(random: Random) -> MADE:
    """9: every year, or for years on end."""
    body, place, wan = random.choice(BODIES), village(random), random.randint(1, 60)
    when = random.choice(["每年", "连续三年每年", "从2015年起每年"])
    text = f"{body}{when}安排{wan}万元，支持{place}{random.choice(WORKS)}。"
    return text, [funding(yuan(wan), body, [place], text[:-1])]


def numbered_givers(random: Random) -> MADE:
    """15: a giver with a number inside."""
    place, wan, number = village(random), random.randint(1, 90), random.randint(3, 60)
    who = random.choice([f"{number}名在外能人", f"{number}家企业", f"{number}户村民"])
    text = f"{place}修戏台，{who}捐款{wan}万元。"
    return text, [Expected("donation", yuan(wan), who, (place,), None, text[:-1])]


def short_members(random: Random) -> MADE:
    """17: 村 left off inside a list."""
    body, wan = random.choice(BODIES), random.randint(10, 900)
    names = [name[:-1] for name in villages(random, 3)]
    how = random.choice(
        [f"{'、'.join(names)}三村", f"{'、'.join(names)}等{random.randint(4, 9)}个村"]
    )
    text = f"{body}投资{wan}万元，在{how}{random.choice(WORKS)}。"
    return text, [funding(yuan(wan), body, names, text[:-1])]


def distributive(random: Random) -> MADE:
    """18: “A村、B村各N”, and each work bound to its own village."""
    body, places, wan = random.choice(BODIES), villages(random, 2), random.randint(2, 90)
    text = f"{body}补助{places[0]}、{places[1]}各{wan}万元，用于{random.choice(PLACE_WORKS)}。"
    return text, [funding(yuan(wan), body, [place], text[:-1]) for place in places]


def elided_place(random: Random) -> MADE:
    """19: 该村, 村里, 全村: the place of the sentence before."""
    body, place = random.choice(BODIES), village(random)
    one, two = random.randint(2, 90), random.randint(2, 90)
    first = f"{body}投资{one}万元，为{place}{random.choice(WORKS)}"
    here = random.choice(["为该村", "帮村里", "为全村"])
    second = f"第二年又投资{two}万元，{here}{random.choice(WORKS)}"
    return f"{first}。{second}。", [
        funding(yuan(one), body, [place], first),
        funding(yuan(two), body, [place], second),
    ]


def sites(random: Random) -> MADE:
    """20: a school, a home, a martyrs' site with its township."""
    body, wan = random.choice(BODIES), random.randint(2, 300)
    town = random.choice(FIRST) + random.choice(SECOND) + "镇"
    site = town + random.choice(["中心小学", "敬老院", "卫生院", "烈士陵园"])
    text = f"{body}投资{wan}万元，{random.choice(['维修', '改造', '扩建'])}{site}。"
    return text, [funding(yuan(wan), body, [site], text[:-1])]


def quantity_only(random: Random) -> MADE:
    """21: the work and its quantity before the sum, or the sum in brackets."""
    body, place, wan = random.choice(BODIES), village(random), random.randint(2, 300)
    metres = random.randint(100, 9000)
    text = random.choice(
        [
            f"{body}在{place}修水渠{metres}米，投资{wan}万元。",
            f"{body}在{place}修水渠{metres}米（投资{wan}万元）。",
            f"{body}在{place}投资{wan}万元，修水渠{metres}米。",
        ]
    )
    return text, [funding(yuan(wan), body, [place], text[:-1], metres)]


def states(random: Random) -> MADE:
    """22: planned, under way and done."""
    body, place, wan = random.choice(BODIES), village(random), random.randint(2, 300)
    state = random.choice(["目前正在施工", "主体已完工", "预计年底完工", "已竣工验收"])
    text = f"{body}投资{wan}万元，为{place}{random.choice(WORKS)}，{state}。"
    return text, [funding(yuan(wan), body, [place], text[:-1])]


def enumerated(random: Random) -> MADE:
    """23: numbered items, each a fact, under a heading without a verb."""
    places, sums = villages(random, 3), [random.randint(2, 90) for _ in range(3)]
    bodies = random.sample(BODIES, 3)
    marks = random.choice([("一是", "二是", "三是"), ("（1）", "（2）", "（3）")])
    items = [
        f"{mark}{body}投资{wan}万元，为{place}{random.choice(WORKS)}"
        for mark, body, wan, place in zip(marks, bodies, sums, places, strict=True)
    ]
    return f"主要办了三件事。{'；'.join(items)}。", [
        funding(yuan(wan), body, [place], item[len(marks[0]) :])
        for body, wan, place, item in zip(bodies, sums, places, items, strict=True)
    ]


def comparisons(random: Random) -> MADE:
    """25: only the level is the fact, not the rise."""
    body, copies = random.choice(BODIES), random.randint(100, 900)
    more = random.randint(5, 90)
    rise = random.choice([f"比上年多{more}份", f"同比增长{more}%", f"超出任务{more}份"])
    text = f"{body}订阅《中国老区建设》杂志{copies}份，{rise}。"
    return text, [Expected("subscription", None, None, (), Decimal(copies), f"杂志{copies}份")]


def dated(random: Random) -> MADE:
    """26: ranges and days; the fact stands once, whatever the date looks like."""
    body, place, people = random.choice(BODIES), village(random), random.randint(20, 200)
    when = random.choice(["7月15日到30日", "3月上旬", "去年底", "“七一”前", "2019年10月8日至10日"])
    text = f"{when}，{body}在{place}举办养殖技术培训班，{people}人参加。"
    return text, [Expected("training", None, body, (place,), Decimal(people), text[:-1])]


def proposals(random: Random) -> MADE:
    """30: a quoted list of proposals against the demands of a leader."""
    body = random.choice(["县老促会", "市老促会"])
    named = random.sample(["加大投入", "培训骨干", "整合资金", "保护旧址", "修通村道"], 3)
    said = f"{body}提出了“{'，'.join(named)}”三项建议"
    text = f"{said}。县领导要求，各部门要高度重视，切实加大帮扶力度。"
    return text, [Expected("recommendation", None, body, (), None, said) for _ in named]


MORE: dict[str, Family] = {
    "01 spellings of sums": spelled,
    "02 vague sums": vague,
    "03 comma for a point": comma_slip,
    "05 done so far": so_far,
    "06 the same sum twice": same_twice,
    "07 rate beside a total": rate_and_total,
    "08 goods with a value": valued_goods,
    "09 recurring": recurring,
    "15 numbered givers": numbered_givers,
    "17 村 left off": short_members,
    "18 distributive": distributive,
    "19 elided place": elided_place,
    "20 sites": sites,
    "21 quantities": quantity_only,
    "22 states": states,
    "23 enumerated": enumerated,
    "25 comparisons": comparisons,
    "26 dates": dated,
    "30 proposals": proposals,
}
