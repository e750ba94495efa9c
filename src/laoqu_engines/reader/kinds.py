"""Which words tell of an activity, kind by kind, and what must stand beside them."""

import re
from dataclasses import dataclass

from laoqu_engines.reader.facts import Kind


@dataclass(frozen=True)
class Pattern:
    """A kind by its words.

    ``unless``: words in the clause that make it something else. ``needs``: one of these must also
    be there. ``units``: the measures that lead, the first one first. ``inherits``: whether a place
    that is not said is taken from what was said before.
    """

    kind: Kind
    words: re.Pattern[str]
    unless: re.Pattern[str]
    needs: str
    units: str
    inherits: bool


_HOME = r"(?:烈属|军属|遗属|老人|老党员|老红军|老兵|户|位|名|家庭|群众|孤儿|儿童|学生|职工)"

PERFORMANCE = Pattern(
    "performance",
    re.compile(
        r"演出|巡演|上演|送戏|登台|放映|放了?[^，。；]{0,6}电影|(?<![表扮饰排])演(?:了|戏|过|唱|(?=[\d一二两三四五六七八九十]))|加演|公演|首演|文艺节目|唱(?:了|响|的是|起|戏)|开唱|开锣"
        r"|文艺汇演|会演|专场|表演了|献上|展演|送文艺|演给|搭台唱戏|文艺晚会|[^，。；]{0,4}唱[^，。；]{0,8}《"
    ),
    re.compile(r"编演|演出服|演出设备|导演"),
    "place count title",
    "场 场次 台 次 个",
    False,
)
TRAINING = Pattern(
    "training",
    re.compile(
        r"培训班|培训会|培训(?![机费设中])|外出学习|考察学习|学习考察|参观学习|取经|瞻仰|研学|研修|现场教学|轮训|实训|夜校|办[^，。；]{0,10}班(?![子级])|学习班|技校|集训"
        r"|短训班|进修|结业|开班|(?<![宗佛道基文])教(?![育师室学材委研科体堂导训职授具辅练改])[^，。；]{1,12}[法术种养修剪管]|授课|讲课|传授|传经|手把手|技术课|开了?[^，。；]{0,5}[堂节]课|参训|农民田间学校"
        r"|讲(?:了|授|解)?[^，。；]{0,12}(?:技术|管理|种植|养殖|栽培|防治|修剪|嫁接|技能)|(?:学|学习)(?:了|到)?[^，。；]{0,8}(?:技术|手艺|技能|嫁接|栽培|养殖|种植)"
    ),
    re.compile(r"培训(?:中心|基地|教室|设备|任务)|实训设备|免费培训的|法制"),
    "place count month",
    "人次 人 名 期 场 次",
    True,
)
LECTURE = Pattern(
    "lecture",
    re.compile(
        r"宣讲|讲[^，。；]{0,8}故事|开讲|讲座|报告会|党课|巡讲|巡回报告|作[^，。；]{0,6}报告[\d一二三四五六七八九十]|宣传[^，。；]{0,4}\d+(?:余|多)?场|故事会|上课"
        r"|演讲|主题教育课|法制课|法制教育|思政课|国旗下讲话|红色课堂|(?:作|做)了?[^，。；]{0,14}(?<!工作)报告(?![会团员])|讲述|讲了?[^，。；]{0,10}(?:历史|传统|经历|精神|往事|战斗)"
    ),
    re.compile(r"宣讲词|讲座教授|工作报告|财务报告|总结报告|参加宣讲员"),
    "place count month title act",
    "场 场次 次 堂 期 人次 人 名",
    True,
)
SURVEY = Pattern(
    "survey",
    re.compile(
        r"调研(?![组员])|调研组[^，。；]{0,8}(?:到|来|赴|深入|走进|先后)|摸底|普查|实地了解|走访了解|采访团|实地查看|问卷|撰写.{0,10}报告|撰写出|蹲点|摸排|排查|调查(?![组员])"
        rf"|走访(?!慰问|看望|了?[^，。；]{{0,10}}{_HOME})|(?:走遍|跑遍|踏遍)|跑了[^，。；]{{0,8}}(?:村|乡|镇|县)|(?:写成|写出|形成|撰写|完成|整理出)[^，。；]{{0,14}}(?:调研|调查|考察)[^，。；]{{0,4}}(?:报告|文章|材料|论文)"
        r"|察访|探访|走村入户|入户(?:了解|访)|实地走了|看产业|摸清|摸了底"
    ),
    re.compile(
        r"等?奖|先进单位|先进集体|调研工作先进|调研员|调研组织|走访贫困户慰问|调研报告工作|调查队|调研题目|调研任务|调研课题|调研计划"
    ),
    "place title people report",
    "人次 篇 户 次 份 个",
    True,
)
VISIT = Pattern(
    "visit",
    re.compile(
        r"慰问|看望|送温暖|(?:给|为|向)[^，。；]{0,20}(?:户|困难|贫困|老人|家庭|老党员)[^，。；]{0,10}送(?:去|上|来|了)|探望|抽查|送年货|登门|上门(?!女婿)|(?:交|送)到[^，。；]{0,16}[手家][里中上]"
        rf"|走访了?[^，。；]{{0,10}}{_HOME}|(?:验收|检查|督查|视察|考察|督导)(?![组团队员站表室])|回访|回头看|查看|察看|参观(?!学习)|巡查|抽检|复查|慰劳|拜年|问寒问暖|嘘寒问暖"
        r"|(?:到|去|来|赴)[^，。；]{2,16}看(?![病管守好戏法书作待护做到见过出来])|看了(?!戏|病|书)|每[户人家][^，。；]{0,4}(?:送|留下|发)"
    ),
    re.compile(
        r"慰问演出|与会|考察学习|学习考察|验收合格|通过验收|检查站|督查组成立|考察团成立|接受[^，。；]{0,16}检查|看戏"
    ),
    "place count month",
    "户 名 人 位 人次 个 家",
    True,
)
PATTERNS = (PERFORMANCE, TRAINING, LECTURE, SURVEY, VISIT)
