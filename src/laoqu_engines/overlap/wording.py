"""One sentence for the official who decides, made of the evidence that decided and nothing else."""

from laoqu_engines.overlap.facilities import vocabulary
from laoqu_engines.overlap.judge import Judgement
from laoqu_engines.overlap.prepare import Prepared

_MOST = 4
"""Pieces of evidence in one sentence."""
_COUNTS = -0.4
"""What speaks against a pair that is shown is told from this weight on."""

WORDS = {
    "place_named": "一方的文字里提到了另一方的村",
    "place_sound": "村名只差一个同音字，可能有误写（{here}）",
    "place_doubt": "村名只差一个字，可能有误写（{here}）",
    "place_loose": "两条都没有写明是哪个村",
    "place_wide": "有一条没有写明是哪个村",
    "same_facility": "都是{kind}",
    "shared_facility": "都有{kind}",
    "item": "一条写的{kind}在另一条的内容里也有",
    "within": "一条可能是另一条的组成部分（{both}）",
    "general": "有一条只写了大类（{both}），没有写清做什么",
    "general_aside": "有一条只写了大类（{both}）",
    "unclear": "两条都没有写明是哪类设施",
    "one_unclear": "有一条没有写明是哪类设施",
    "aside": "做的事情不同（{both}）",
    "same_kind": "同属一类（{a}）",
    "other_kind": "类别不同（{a}；{b}）",
    "other_site": "所在或服务的场所不同",
    "one_site": "其中一条是为某个单位或场所做的",
    "single": "这类设施一个村一般只有一处",
    "equal_scale": "规模相同（{a}；{b}）",
    "near_scale": "规模相近（{a}；{b}）",
    "other_scale": "规模不同（{a}；{b}）",
    "much_less": "规模相差较大（{a}；{b}）",
    "part_of_joint": "一条的规模在另一条的几村合计之内（{a}；{b}）",
    "part_of_package": "一条的规模在另一条的打包项目之内（{a}；{b}）",
    "part_of_groups": "一条只是另一条所写各组中的一部分（{a}；{b}）",
    "part_of_length": "一条只写其中一段，规模较小（{a}；{b}）",
    "no_scale": "有一方没有写规模",
    "equal_amount": "金额相同",
    "same_group": "组别相同",
    "some_groups": "组别有重合",
    "other_group": "组别不同",
    "one_group": "只有一条写了组别",
    "same_hamlet": "自然村相同（{either}）",
    "other_hamlet": "自然村不同（{a}；{b}）",
    "one_hamlet": "只有一条写了自然村（{either}）",
    "same_spot": "位置相同（{a}）",
    "other_spot": "位置不同（{a}；{b}）",
    "one_spot": "只有一条写了位置（{either}）",
    "same_ends": "起止相同",
    "next_stretch": "路段前后相接，并不重合",
    "other_ends": "起止不同（{a}；{b}）",
    "one_ends": "只有一条写了起止",
    "same_title": "名称相同",
    "same_name": "都提到“{a}”",
    "other_name": "提到的名字不同（{a}；{b}）",
    "other_object": "对象不同（{a}；{b}）",
    "one_name": "只有一条写了具体名字",
    "alike": "文字相近",
    "other_stage": "期次不同",
    "stage_of_plan": "一条是另一条总体方案中的一期",
    "widen": "一条是加宽",
    "widen_later": "一条是几年后的加宽",
    "widen_open": "一条是加宽",
    "widen_equal": "一条写了加宽",
    "rest": "一条是续建、延伸或剩余部分",
    "rest_later": "一条是后来的续建、延伸或剩余部分",
    "rest_equal": "一条写了续建或剩余",
    "repair": "一条是维修、修复",
    "repair_later": "一条是几年后的维修、修复",
    "repair_open": "一条是维修、修复",
    "repair_equal": "一条写了维修、修复",
    "replace": "一条是更换",
    "replace_later": "一条是几年后的更换",
    "replace_open": "一条是更换",
    "replace_equal": "一条写了更换",
    "equip": "一条是设备或附属配套",
    "equip_equal": "一条写了设备或附属配套",
    "next_year": "年份相邻（{a}、{b}）",
    "two_years": "相隔两年（{a}、{b}）",
    "years_apart": "相隔几年（{a}、{b}）",
    "long_after": "相隔多年（{a}、{b}）",
    "one_finished": "一条已完成，一条未完成",
    "after_finish": "前一条完成之后才有后一条",
    "joint": "一条是几个村合在一起的，没有分到村",
    "both_joint": "两条都是几个村合在一起的，没有分到村",
    "open": "有一条写明未列明细或未分村",
    "portion": "一条只是其中一部分",
}
ENDS = {
    "duplicate": "可能是同一件事列了两次，请核对",
    "part_of": "前一条可能已包含在后一条里，请核对",
    "cannot_tell": "仅凭这些文字无法判定是否重复，请向单位核实",
    "phase": "像是同一处的不同阶段",
    "complementary": "像是同村的另一项工程",
    "unrelated": "没有看出关系",
}


def sentence(found: Judgement, a: Prepared, b: Prepared) -> str:
    """同在柳湾村，都是道路，规模相同（1181米；1.18公里）：可能是同一件事列了两次，请核对。"""
    shown = found.level in ("high", "medium")
    told = [item for item in found.evidence if item.weight and (item.weight > 0) == shown]
    told = sorted(told, key=lambda item: -abs(item.weight))[:_MOST]
    against = min(found.evidence, key=lambda item: item.weight, default=None)
    if shown and against is not None and against.weight <= _COUNTS:
        told.append(against)
    own = vocabulary()
    common = a.facilities & b.facilities
    values = {
        "kind": own.label(a.main & b.main or common or a.main),
        "both": f"{own.label(a.main) or '未写明'}；{own.label(b.main) or '未写明'}",
        "here": f"{a.where[0].name}；{b.where[0].name}",
    }
    pieces = [_here(a, b)]
    for item in told:
        either = item.a or item.b
        pieces.append(WORDS[item.name].format(a=item.a, b=item.b, either=either, **values))
    return f"{'，'.join(piece for piece in pieces if piece)}：{ENDS[found.relation]}。"


def facility(a: Prepared, b: Prepared) -> str:
    """The kinds of things that both name, in words; empty where there is none."""
    return vocabulary().label(a.main & b.main or a.facilities & b.facilities)


def _here(a: Prepared, b: Prepared) -> str:
    ours, theirs = a.where[0], b.where[0]
    if ours.village and ours.village == theirs.village:
        return f"同在{ours.name}"
    if ours.township and ours.township == theirs.township:
        return f"同在{ours.township}"
    return ""
