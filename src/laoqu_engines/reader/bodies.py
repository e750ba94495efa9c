"""Who acts: the names of bodies at the place of a subject, or after 由, 从, 请 and the like."""

import re
from dataclasses import dataclass

from laoqu_engines.reader.lexicon import Lexicon, any_of
from laoqu_engines.reader.mentions import Mention

_LEAD = re.compile(
    r"(?:[\s，、：；“]|（[^（）]{0,24}）|[一二三四五六七八九十]+、|[一二三四五六七八九十]是|首先|其次|第[一二三四五六七八九十]+，?"
    r"|(?:19|20)\d\d[年/.-]?(?:[\d/.-]+)?(?:年)?(?:度|初|底|末)?|\d{1,2}[月日](?:份|初|底|中旬|上旬|下旬)?|(?<=[\d日月年])[至到-]|、?\d{1,2}[日号]"
    r"|(?:(?:春节|元旦|国庆节?|中秋节?|端午节?|重阳节?|清明节?|建党节|建军节|教师节|儿童节|妇女节|助残日|敬老月|“?(?:七一|八一|六一|十一|五一|五四|三八|两节)”?|腊月|正月|寒假|暑假|暑期|汛期|开春|入冬|入冬以来|[春夏秋冬]天|[春夏秋冬]季|[春夏秋冬]节?前|年前)(?:当天|那天|期间|前夕|前后|来临之际|之际|到来之际|前|后|里)?、?)+(?:[两三多几]次|先后)?|去年|今年|近年来?|近日|日前|目前|昨天|昨日|当天|当日|当年|同年|年初|年底|上午|下午|晚上|期间|以来|此前|之前|此后|随后|后来|前些天|不久前|早些年|前些年|早年|那些年|最近|春节前夕?|节前|全年"
    r"|\d+(?:多|余)?名(?=“)|另外|此外|同时|如今|现在|其中|同日|其次|再次|最后|还有|再次|多次|又|并|还|也|再|另|而|则|到(?=\d|目前|年底|年末|现在|今)|截至|加上|再加上|连同|以及|及(?=[^其时早]{2})|(?<=元)和|和(?![平顺县田林静硕龙布政])|剩下的?|其余的?|余下的?|会后|之后|接着|紧接着|随即|同一年|当时|那年|这年|头一年|第二年|次年|前年|上年|自|从|由|经|据悉|据了解|据统计|这次|此次|这一年|一年来|半年来|年来"
    r"|[近过]?[一二两三四五六七八九十\d]+个?多?年多?(?:来|间|中)|在[^，。；]{1,14}(?:期间|之际|时|后|前|中)，?)*"
)
_NUMBERED = re.compile(
    r"[\d一二两三四五六七八九十百几]+(?:余|多)?(?:名|位|家|个|户)[\u4e00-\u9fff]{2,8}?"
    r"(?=捐|出资|各|获|被|向|投资|筹|赞助|集资|共|资助|荣获)"
    r"|(?:中央|国家|省|市|县|区|镇|乡)(?:、(?:省|市|县|区|镇|乡|村))+(?:[两三四]级)?(?:财政)?(?=共|投|安排|拨|下达|先后|累计|出|配套)|村(?=自筹)|[省市县区镇乡、]{0,4}(?:有关|相关)部门(?=[^，。；\d]{0,4}\d)|(?![为给帮替向从在对由把将到使让请])[\u4e00-\u9fff]{2,9}[市县区镇乡村](?=捐|投|出资|援|资助|安排|拨|整合|下达|配套|筹|争取)"
)
_REGION = re.compile(
    r"[\u4e00-\u9fff]{2,9}?[省市县区](?=对口|援助|支援|帮扶|财政|政府|东西部|结对)"
)
_GIVING = (
    r"(?:共|又|再|还|另|已|就|先后|累计|主动|积极|自愿|分别|各|一次性|慷慨|无偿|率先|一共|配|[给向为对][^，。；、\d]{2,16})*"
    r"(?:捐|献出|赠|出资|出钱|出了|拿出|掏|投资|投入|补助|补贴|补了|拨|资助|赞助|援助|支援|筹|下达|配套|支持|扶持|帮扶|解决|垫|贴|凑|集资|奖励|奖补|送[去来上了给])"
)
_UNKNOWN = re.compile(rf"[\u4e00-\u9fff]{{2,12}}?(?={_GIVING})")
_NAME_AFTER = re.compile(
    r"(?<=[员长士胞亲友贤商师家记任人属])[\u4e00-\u9fff]{1,3}?(?:先生|女士|某某?|老人|夫妇|同志)"
)
_TITLES = (
    "老师|教师|干部|职工|战士|党员|红军|书记|会长|主任|经理|队长|校长|院长|局长|镇长|乡长|县长|市长|村民|乡贤|企业家|老板|老兵|医生|教授|研究员|社长|董事长|理事长|秘书长"
    "|委员|会员|理事|顾问|志愿者|讲解员|宣讲员|通讯员|辅导员|战友|侨胞|华侨|校友|居民|农民|商人|支书|组长|站长|所长|台长|团长|艺人|传承人|技术员|农艺师"
)
_TITLED = (
    rf"[^，。；：\d为给向对帮由请]{{0,20}}?(?:[、，的]|\d+(?:多|余)?岁的)?(?P<apart>(?<=[、，的])(?:原|老|副|退休|离休)?(?:{_TITLES}))?(?(apart)|(?:{_TITLES}))"
    r"(?:[SURNAME](?:某某?|[\u4e00-\u9fff]{1,2}?)|[\u4e00-\u9fff]某某?)(?=在|到|给|为|向|对|作|做|讲|捐|被|获|荣|把|拿|资助|出资|带|主动|个人|先后|又|还|每|以|用|从|将|共|一行|走|来|去|自|也|近日|今年|是|说)"
)
_FROM_AFAR = (
    r"(?:在[^，。；]{1,2}?|在外(?:打工|务工|经商|工作|创业)?的?|旅[^，。；]{1,2}?|海外|本[村镇县乡]"
    r"|各界|全[村乡镇县市]|众)"
)
_ACCORDING = re.compile(
    r"据[^，。；]{2,14}(?:统计|介绍|通报|反映|消息|报道|说)|受[^，。；]{2,14}(?:委托|邀请|指派)"
)
_OWNER = re.compile(r"(?:所在)?[^，。；的]{0,8}的")
_PERSON = re.compile(
    r"(?!围绕|针对|关于|按照|根据|通过|结合)(?:[\u4e00-\u9fff\d]{0,12}?的)?(?:(?![由请])[\u4e00-\u9fff]){0,14}?(?:先生|女士|老人|同志|夫妇|兄弟|姐妹|姐弟|伉俪|教授|医生|老师|老板|某某?|(?<!土)家族|一家|父子|母子)(?![家们])"
)
_NO_NAME = re.compile(
    r"^(?:各类|各项|各方|各种|多方|相关|有关|一些|部分|大量|少量|首批|首笔)|^.{0,2}[拉要找跑讨带引送买运寄借]来|^(?:一个|每个|这个|就为|为了|打算|准备|发放|兑现|接受|收到|得到|上级|上面|各级|有的|没有|把|将|用|以|其|如|可|能|要|会|才|只|所|这|那|该|本|我|你|他|她|它|让|使|因|若|虽|但|却|且|[一二两三四五六七八九十]年|年|计划|总|共|累计|一共|其中|先期|全部|今年|去年|目前|主要|重点|直接|完成|追加|配套|首期|一期|二期|三期|前期|后期|后续|\d+(?:多|余)?名(?=“)|另外|此外|同时|预计|估计|需|每|先后|接着|随后|陆续|积极|踊跃|带头|为|给|帮|替|向|从|在|又|再|并|已|将|人均|户均|多方|多渠道|自筹|争取|资金|继续|发起|当年|当天|仅|光|单|就|也|都|还|截至|至今)"
    r"|工程|项目|资金|金额|总额|总数|建设|款|经费|的|了|地|价值|价格|单价|售价|折[合款价]|免费|合计|现金|物资|物品|人民币"
)
_GROUP = re.compile(
    r"\d+(?:多|余)?[家个名位](?:民营|会员|理事|爱心|县直|市直|省直|帮扶)?(?:企业家?|单位|部门|商会|党员|干部)"
)
_DESCRIBED = re.compile(r"[^，。；、：]{2,10}?的")
_OF_SOME_PLACE = re.compile(r"[^，。；、：]{2,20}?的")
_MADE_UP = re.compile(r"(?:由)?[^，。；]{2,40}?组成的(?:联合)?(?=[^，。；]{1,8}[组队团])")
_GIVES = re.compile(
    r"(?=[\d.]+[万元])|[^，。；\d]{0,4}(?:\d{4}年)?[^，。；\d]{0,6}?(?:自筹|自掏|拿|投|帮|寄|汇|自发|集资|捐|筹|出资|投劳|投入|安排|拨|出|下达|争取|整合|补了?|贴|掏|垫|奖|给|凑|补助|配套|投资|援建|资助|获|被评|众筹|投工|凑|认捐|自愿|主动|踊跃|义务)"
)
_SEVERAL = re.compile(
    r"[\u4e00-\u9fff]{2,3}(?:、[\u4e00-\u9fff]{2,3})*等\d+[余多]?[名位]?(?:人|[\u4e00-\u9fff]{2,4})(?=共?(?:捐|出资|筹|凑|投|赠))"
)
_ASKS = re.compile(
    "有(?![限色])|[现共设拥建]有|派(?!出所|出单位|驻单位)|[请邀聘让找叫替]|帮(?![扶困])|给(?!水)|送(?!变)|造价|[概预]算"
)
_BUILT_THING = re.compile("[村镇乡区][^，。；]{0,8}(?:中心|[站院校室馆园场])$")
_WORK_ON = re.compile(
    r"(?:的|项目|工程|主体|改扩建|改造|扩建|迁建|重建|修缮|维修|升级|提升|装修|已|于|今年|\d{1,2}月|建设)*(?:竣工|开工|动工|建成|完工|投入使用|改造|工程|项目|扩建|迁建|修缮|维修|升级|加固)"
)
_COUNTED = re.compile(
    r"(?!(?:为|给|向|对|帮|在|到|有|共|其中|组织|发动|动员|覆盖|涉及|惠及))[^，。；\d]{0,12}\d+(?:余|多)?[个家名][^，。；\d的]{0,8}?(?:单位|部门|企业|党组织|商会|协会|党支部|社会组织)(?=给|为|向|与|和|捐|投|帮|出|对|共|先后|分别|直接|参与|联合|结对)"
)
_PARTNER = re.compile(r"[与跟]|会同|协同|携手|联合(?!国|会|社|总)")
_BREAK = re.compile(
    r"[，。；：（）]|\d|(?<!社会)组织(?!部|研究|发展|联合会|促进会)|将(?![军乐])|[了着请捐拨赠购订刊]|送(?!戏|温暖)|慰问(?![团组队])|补助|上报|看望|走访|举办|召开|开展|参观|学习(?![小中])|分别"
)


_NOUNS = {"资金", "专项", "经费", "公益", "爱心企业"}
_KINDS_OF_BODY = (*"组团队办局会站所院室厅厂社们", "中心", "公司", "集团", "基金", "单位", "干部")


@dataclass(frozen=True)
class Body(Mention):
    """The name of a body as written; ``start`` and ``end`` are its place in the view."""


class BodyFinder:
    """Finds bodies with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._ending = any_of(lexicon.words("bodies.endings"))
        names = lexicon.words("bodies.names")
        self._named = any_of(names) if names else None
        self._stop = any_of(lexicon.words("bodies.verbs"))
        self._back = any_of(lexicon.words("bodies.back_references"))
        self._people = any_of(lexicon.words("bodies.people"))
        self._afar = re.compile(f"{_FROM_AFAR}(?:{self._people.pattern})")
        self._work = any_of(lexicon.words("works.verbs"))
        self._noun = any_of(lexicon.words("works.nouns"))
        roles = {"工作队", "工作组", "工作团", "第一书记", "干部", "家乡"}
        self._verbs = tuple(
            w for w in lexicon.words("places.before") if w not in roles and len(w) > 1
        )
        lists = ("bodies.first_verbs", "money.donation", "money.funding", "money.gift_sum")
        first = {w for name in lists for w in lexicon.words(name) if len(w) > 1} - _NOUNS
        surnames = "".join(lexicon.words("bodies.surnames"))
        self._titled = re.compile(_TITLED.replace("SURNAME", surnames))
        self._verb = any_of(tuple(sorted(first, key=len, reverse=True)))
        self._no_person = (self._verb, self._work, self._stop)
        self._never = lexicon.words("bodies.ordinary")

    def subject(self, text: str, start: int, end: int) -> Body | None:
        """The body with which a clause begins, dates and connectives apart."""
        if _ACCORDING.match(text, start, end):
            return None
        lead = _LEAD.match(text, start, end)
        at = lead.end() if lead else start
        if _PARTNER.match(text, at, end):
            return None
        if made_up := _MADE_UP.match(text, at, end):
            if team := self.at(text, made_up.end(), end):
                return Body(at, team.end, text[at : team.end].removeprefix("由"))
            at = made_up.end()
        found = self.at(text, at, end) or (
            self.at(text, start, end)
            if at > start and not self._verb.match(text, at, end)
            else None
        )
        if titled := self._titled.match(text, at, min(end, at + 40)):
            first = titled.start("apart") if titled["apart"] is not None else at
            if titled["apart"] is not None or found is None or found.end < titled.end():
                return Body(first, titled.end(), text[first : titled.end()])
        if found and (person := _NAME_AFTER.match(text, found.end, end)):
            return Body(found.start, person.end(), text[found.start : person.end()])
        if found is None and (described := _DESCRIBED.match(text, at, end)):
            return self.at(text, described.end(), end)
        counted = None if found else _COUNTED.match(text, at, end)
        if counted:
            return Body(at, counted.end(), counted[0])
        person = None
        if found is None and not any(p.match(text, at, end) for p in self._no_person):
            person = _PERSON.match(text, at, min(end, at + 18))
        return Body(at, person.end(), person[0]) if person else found

    def at(self, text: str, at: int, end: int) -> Body | None:
        """The longest run of bodies that begins at ``at`` (“县人防办与县新华书店”)."""
        named = self._named.match(text, at, end) if self._named else None
        best = named.end() if named else at
        if named is None and (
            _ASKS.match(text, at)
            or self._stop.match(text, at)
            or text[at : at + 1] in "等的了《"
            or self._begins_with_verb(text, at, end)
        ):
            return None
        for match in self._ending.finditer(text, at, min(end, at + 60)):
            gap = text[best : match.start()]
            if len(gap) > 16 or _BREAK.search(gap) or self._stop.search(gap):
                break
            if not text[at : match.end()].endswith(self._never):
                best = match.end()
        if _BUILT_THING.search(text, at, best) and _WORK_ON.match(text, best, end):
            return None  # “古岭村服务中心改造已开工”
        if best - at <= 4 and text[best : best + 1] in ("镇", "乡", "村"):
            return None  # “铁路镇”
        if best <= at + 1 or text.startswith(("旧址", "故居", "驻地", "所在"), best):
            return None
        if person := _NAME_AFTER.match(text, best, end):
            best = person.end()  # “旅泰乡亲王某”
        if "”" in text[at:best] and text[max(0, at - 1) : at] == "“":
            at -= 1  # ““五老”宣讲员”
        return Body(at, best, text[at:best])

    def _begins_with_verb(self, text: str, at: int, end: int) -> bool:
        """“补助邦角村合作社” names nobody; “慰问团”, “扶贫办” do."""
        if self._work.match(text, at) and not self._ending.match(text, at, end):
            return True  # “建行” is a body
        verb = self._verb.match(text, at, end)
        return verb is not None and not text.startswith(_KINDS_OF_BODY, verb.end())

    def after(self, words: str, text: str, start: int, end: int) -> Body | None:
        """The first body right after one of ``words`` (a pattern: 由, 从|向)."""
        for match in re.finditer(words, text[start:end]):
            at = start + match.end()
            if titled := self._titled.match(text, at, min(end, at + 24)):
                return Body(at, titled.end(), titled[0])
            if body := self.at(text, at, end):
                return body
            if giver := self.giver(text, at, end):
                owner = _OWNER.match(text, giver.end, end)
                return (self.at(text, owner.end(), end) if owner else None) or giver
            if region := _NUMBERED.match(text, at, end) or _REGION.match(text, at, end):
                return Body(at, region.end(), region[0])
        return None

    def giver(self, text: str, start: int, end: int) -> Body | None:
        """People at the beginning of a clause with a verb of giving (“村民自筹7万元”)."""
        lead = _LEAD.match(text, start, end)
        at = lead.end() if lead else start
        if described := _OF_SOME_PLACE.match(text, at, end):
            then = described.end()
            if several := _SEVERAL.match(text, then, end):
                return Body(then, several.end(), several[0])
            known = (
                self._people.match(text, then)
                or self._afar.match(text, then)
                or _NUMBERED.match(text, then, end)
            )
            unknown = _UNKNOWN.match(text, then)
            at = then if known or (unknown and self._may_name(unknown[0])) else at
        if afar := self._afar.match(text, at, end):
            person = _NAME_AFTER.match(text, afar.end(), end)
            stop = person.end() if person else afar.end()
            if _GIVES.match(text, stop, end):
                return Body(at, stop, text[at:stop])
        person = _PERSON.match(text, at, min(end, at + 24))
        if person and (_GIVES.match(text, person.end(), end)):
            return Body(at, person.end(), person[0])
        match = self._people.match(text, at, end) or _NUMBERED.match(text, at, end)
        if match and _GIVES.match(text, match.end(), end):
            return Body(match.start(), match.end(), match[0])
        unknown = _UNKNOWN.match(text, at, end)
        if unknown and self._may_name(unknown[0]):
            return Body(at, unknown.end(), unknown[0])
        return None

    def _may_name(self, words: str) -> bool:
        """Whether words before a verb of giving can be a name: no verb, no work, no phrase."""
        work = self._noun.search(words)
        return not (
            words.startswith(self._verbs)
            or self._verb.match(words)
            or _ASKS.match(words)
            or _NO_NAME.search(words)
            or self._stop.search(words)
            or self._work.match(words)
            or (work and work.end() == len(words))
        )

    def bare_giver(self, text: str, start: int, end: int) -> Body | None:
        """A name of which nothing but the sum is said (“诚信超市2万元”), between two offsets."""
        at = self.lead(text, start, end)
        name = re.fullmatch(r"[\u4e00-\u9fff（）“”]{2,14}", text[at:end])
        return Body(at, end, name[0]) if name and self._may_name(name[0]) else None

    def group(self, text: str, at: int, end: int) -> Body | None:
        """“27家民营企业”: a number of bodies without names."""
        match = _GROUP.match(text, at, end)
        return Body(at, match.end(), match[0]) if match else None

    def lead(self, text: str, start: int, end: int) -> int:
        """Where a clause really begins, dates and connectives apart."""
        match = _LEAD.match(text, start, end)
        return match.end() if match else start

    def refers_back(self, text: str, start: int, end: int) -> str | None:
        """“局里”, “该局”, “我们” at the beginning of a clause."""
        lead = _LEAD.match(text, start, end)
        match = self._back.match(text, lead.end() if lead else start, end)
        return match[0] if match else None
