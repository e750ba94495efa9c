"""One sentence for the official who decides, made of the evidence and nothing else."""

from laoqu_engines.overlap.judge import Judgement

_WORDS = {
    "facility": "同一个地方、同类的工程",
    "equal_scale": "规模相同（{a}、{b}）",
}
_ENDS = {
    "duplicate": "可能是同一项工程列了两次",
    "part_of": "可能一项已包含在另一项里",
    "cannot_tell": "仅凭这些文字不能判定，请向单位核实",
    "phase": "像是同一工程的不同阶段",
    "complementary": "像是相邻而不同的工程",
    "unrelated": "没有关系",
}


def sentence(judgement: Judgement) -> str:
    """规模相同（1181米、1.18公里），同一个地方、同类的工程：可能是同一项工程列了两次。"""
    words = [_WORDS[item.name].format(a=item.a, b=item.b) for item in judgement.evidence]
    return f"{'，'.join(words)}：{_ENDS[judgement.relation]}。"
