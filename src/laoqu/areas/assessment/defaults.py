"""The sets in common use, to start from; every office edits them as its own rows.

Source: the standing wordings 六有四好 and (of branches) 五有. No official table of points exists.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One criterion: group, name, and what shows it: keys of figures, names of what stands now."""

    group: str
    name: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Set:
    """One scheme with its criteria in their order."""

    name: str
    for_whom: str
    items: tuple[Item, ...]


SETS = (
    Set(
        "六有四好",
        "老促会",
        (
            Item("六有", "过硬的领导班子", ("在任的职务",)),
            Item("六有", "健全的理事队伍", ("现在的理事单位",)),
            Item("六有", "管用的规章制度", ("现行制度",)),
            Item("六有", "固定的办公设施", ("办公场所", "门牌")),
            Item("六有", "必要的活动经费", ("budget.planned",)),
            Item(
                "六有",
                "显著的工作业绩",
                ("contributions.amount", "contributions.villages", "performances.receipted"),
            ),
            Item("四好", "班子队伍建设好", ("members.trained", "trainings.rows")),
            Item("四好", "规章制度执行好", ("rules.renewed",)),
            Item("四好", "经费设施保障好", ("budget.spent",)),
            Item(
                "四好",
                "工作任务落实好",
                ("visits.villages", "recommendations.adopted", "tasks.done"),
            ),
        ),
    ),
    Set(
        "五有",
        "镇（街道）分会",
        (
            Item("五有", "组织机构", ("门牌",)),
            Item("五有", "工作人员", ("工作人员",)),
            Item("五有", "办公场所", ("办公场所",)),
            Item("五有", "工作经费", ("工作经费",)),
            Item("五有", "工作成效", ("visits.rows", "performances.rows", "needs.solved")),
        ),
    ),
)
