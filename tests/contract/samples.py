"""Test data of each register: what a row needs, and what a person types into its form.

`row` are fields of a saved row beside association, year and visibility; `typed` is what the form of
the register takes. At most 15 lines a register.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sample:
    """One register's test data; `places` and `organisation` say which links a row gets.

    `parents` maps a field to the register of the row it belongs to, made from its own data;
    `villages` maps a field to the name of its one village. `alone`: a second row breaks a rule.
    """

    row: dict[str, Any] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    organisation: str = ""
    places: bool = False
    parents: dict[str, str] = field(default_factory=dict)
    villages: dict[str, str] = field(default_factory=dict)
    alone: bool = False


SAMPLES: dict[str, Sample] = {
    "contributions": Sample(
        row={"amount": 800000, "works": "巷道排水", "attribution": "sole"},
        typed={
            "year": "2024",
            "kind": "funding",
            "funder": "永济市水利局",
            "amount": "80万元",
            "stage": "stated",
            "places": "高市村",
            "works": "巷道排水",
        },
        organisation="funder",
        places=True,
    ),
    "visits": Sample(
        row={"name": "春节慰问", "goods": "大米"},
        typed={"year": "2024", "name": "春节慰问", "host": "永济市水利局", "places": "高市村"},
        organisation="host",
        places=True,
    ),
    "performances": Sample(
        row={"name": "送戏下乡", "count": 3, "unit": "场"},
        typed={
            "year": "2024",
            "name": "送戏下乡",
            "host": "永济市水利局",
            "places": "高市村",
            "count": "3",
            "unit": "场",
        },
        organisation="host",
        places=True,
    ),
    "trainings": Sample(
        row={"name": "果树修剪"},
        typed={"year": "2024", "name": "果树修剪", "host": "永济市水利局", "location": "高市村"},
        organisation="host",
        places=True,
    ),
    "goods": Sample(
        row={"name": "大米", "unit": "袋", "received": 50, "given": 40, "left": 10},
        typed={
            "year": "2024",
            "name": "大米",
            "unit": "袋",
            "source": "bought",
            "received": "50",
            "given": "40",
        },
        parents={"visit": "visits"},
    ),
    "training-sessions": Sample(
        row={"held_on": "2024-04", "present_count": 30},
        typed={
            "year": "2024",
            "held_on": "2024年4月",
            "venue": "field",
            "present_count": "30",
            "proof": "list",
        },
        parents={"training": "trainings"},
    ),
    "attendees": Sample(
        row={"name": "某某"},
        typed={"year": "2024", "name": "某某", "place": "高市村"},
        parents={"session": "training-sessions"},
    ),
    "surveys": Sample(
        row={"topic": "养老情况"},
        typed={"year": "2024", "topic": "养老情况", "places": "高市村"},
        places=True,
    ),
    "recommendations": Sample(
        row={"content": "加大投入"},
        typed={"year": "2024", "content": "加大投入"},
    ),
    "look-backs": Sample(
        row={"looked_on": "2024-10", "findings": "已写入计划"},
        typed={"year": "2024", "looked_on": "2024年10月", "findings": "已写入计划"},
        parents={"recommendation": "recommendations"},
    ),
    "questions": Sample(
        row={"theme": "养老", "wording": "平时谁照顾您？", "options": "子女\n邻居"},
        typed={
            "year": "2024",
            "theme": "养老",
            "rank": "10",
            "wording": "平时谁照顾您？",
            "kind": "single",
            "options": "子女\n邻居",
        },
    ),
    "questionnaires": Sample(
        row={"name": "养老问卷"},
        typed={"year": "2024", "name": "养老问卷"},
        parents={"questions": "questions"},
    ),
    "tallies": Sample(
        row={"option": "子女", "group": "left_behind_elders", "count": 8},
        typed={"year": "2024", "option": "子女", "group": "left_behind_elders", "count": "8"},
        parents={"questionnaire": "questionnaires", "question": "questions"},
    ),
    "media": Sample(
        row={"name": "工作综览", "kind": "board", "count": 3, "unit": "块"},
        typed={"year": "2024", "name": "工作综览", "kind": "board", "count": "3", "unit": "块"},
    ),
    "lectures": Sample(
        row={"name": "红色故事"}, typed={"year": "2024", "name": "红色故事"}, places=True
    ),
    "periodical-gifts": Sample(
        row={"receiver": "示例小学", "copies": 2},
        typed={"year": "2024", "receiver": "示例小学", "copies": "2"},
        parents={"subscription": "subscriptions"},
        villages={"place": "高市村"},
    ),
    "subscriptions": Sample(
        row={"periodical": "中国老区建设", "issue_year": 2025, "copies": 150},
        typed={
            "year": "2024",
            "periodical": "中国老区建设",
            "issue_year": "2025",
            "copies": "150",
        },
    ),
    "subscription-targets": Sample(
        row={"periodical": "中国老区建设", "issue_year": 2025, "copies": 20},
        typed={
            "year": "2024",
            "periodical": "中国老区建设",
            "issue_year": "2025",
            "unit": "永济市水利局",
            "copies": "20",
        },
        organisation="unit",
    ),
    "books": Sample(
        row={"name": "老区故事", "printed_count": 500},
        typed={"year": "2024", "name": "老区故事", "printed_count": "500"},
    ),
    "book-issues": Sample(
        row={"receiver": "某中学", "copies": 5},
        typed={"year": "2024", "receiver": "某中学", "copies": "5", "place": "高市村"},
        parents={"book": "books"},
        villages={"place": "高市村"},
    ),
    "showings": Sample(
        row={"location": "文化广场", "starts_on": "2024-05"},
        typed={
            "year": "2024",
            "location": "文化广场",
            "starts_on": "2024年5月",
            "place": "高市村",
        },
        parents={"board": "media"},
        villages={"place": "高市村"},
    ),
    "village-statistics": Sample(
        alone=True,
        row={"source": "某镇年报", "households": 300},
        typed={"year": "2024", "place": "高市村", "source": "某镇年报", "households": "300"},
        villages={"place": "高市村"},
    ),
    "successions": Sample(
        row={"kind": "merged"},
        typed={"year": "2024", "place": "高市村", "successor": "韩村", "kind": "merged"},
        villages={"place": "高市村", "successor": "韩村"},
    ),
    "council-seats": Sample(
        alone=True,
        row={"session": "第四届"},
        typed={"year": "2024", "organisation": "永济市水利局", "session": "第四届"},
        organisation="organisation",
    ),
    "liaison-villages": Sample(
        row={"task": "巷道排水"},
        typed={
            "year": "2024",
            "organisation": "永济市水利局",
            "place": "高市村",
            "task": "巷道排水",
        },
        organisation="organisation",
        villages={"place": "高市村"},
    ),
    "schemes": Sample(row={"name": "五有"}, typed={"year": "2024", "name": "五有"}),
    "criteria": Sample(
        row={"name": "工作成效"},
        typed={
            "year": "2024",
            "name": "工作成效",
            "rank": "5",
            "way": "computed",
            "figures": "送温暖慰问",
        },
        parents={"scheme": "schemes"},
    ),
    "assessments": Sample(
        row={},
        typed={"year": "2024", "organisation": "永济市水利局"},
        organisation="organisation",
        parents={"scheme": "schemes"},
    ),
    "marks": Sample(
        alone=True,
        row={"result": "met"},
        typed={"year": "2024", "result": "met"},
        parents={"assessment": "assessments", "criterion": "criteria"},
    ),
    "awards": Sample(row={"name": "宣传先进单位"}, typed={"year": "2024", "name": "宣传先进单位"}),
    "commendations": Sample(
        row={"name": "老区工作表彰"},
        typed={"year": "2024", "name": "老区工作表彰"},
    ),
    "nominees": Sample(
        row={"name": "示例甲"},
        typed={"year": "2024", "name": "示例甲", "result": "open"},
        parents={"commendation": "commendations"},
    ),
    "meetings": Sample(
        row={"name": "老区工作会议"}, typed={"year": "2024", "name": "老区工作会议"}
    ),
    "members": Sample(
        row={"name": "张三", "born_on": "1958-05"},
        typed={"year": "2024", "name": "张三", "other_posts": "0", "volunteer_hours": "0"},
    ),
    "posts": Sample(
        row={"office": "vice", "session": "第四届"},
        typed={"year": "2024", "office": "vice", "term": "1"},
        parents={"member": "members"},
    ),
    "trainings-attended": Sample(
        row={"topic": "果树修剪"},
        typed={"year": "2024", "topic": "果树修剪"},
        parents={"member": "members"},
    ),
    "recipients": Sample(
        row={"name": "某某", "category": "poor"},
        typed={
            "year": "2024",
            "name": "某某",
            "category": "poor",
            "place": "高市村",
            "telephone": "138 0000 1234",
        },
        parents={"visit": "visits"},
    ),
    "heritage-sites": Sample(
        row={"name": "张庄旧址"},
        typed={
            "year": "2024",
            "name": "张庄旧址",
            "place": "高市村",
            "protection": "none",
            "ownership": "unclear",
        },
        villages={"place": "高市村"},
    ),
    "heritage-inspections": Sample(
        row={"inspected_on": "2024-05-06", "condition": "fair"},
        typed={"year": "2024", "inspected_on": "2024年5月6日", "condition": "fair"},
        parents={"site": "heritage-sites"},
    ),
    "heritage-repairs": Sample(
        row={"works": "屋面翻修", "amount": 50000},
        typed={"year": "2024", "works": "屋面翻修", "amount": "5万元"},
        parents={"site": "heritage-sites"},
    ),
    "heritage-persons": Sample(
        row={"name": "某烈士"}, typed={"year": "2024", "name": "某烈士", "deeds": "掩护群众"}
    ),
    "heritage-events": Sample(row={"name": "张庄战斗"}, typed={"year": "2024", "name": "张庄战斗"}),
    "rules": Sample(
        row={"name": "学习制度", "kind": "study"},
        typed={"year": "2024", "name": "学习制度", "kind": "study"},
    ),
    "rule-versions": Sample(
        alone=True,
        row={"text": "每月学习一次。", "effective_on": "2024-01"},
        typed={"year": "2024", "text": "每月学习一次。", "effective_on": "2024年1月"},
        parents={"rule": "rules"},
    ),
    "studies": Sample(
        row={"topic": "老区精神", "kind": "together"},
        typed={"year": "2024", "topic": "老区精神", "kind": "together", "places": "高市村"},
        places=True,
    ),
    "meeting-series": Sample(
        row={"name": "季度座谈", "every": 3, "first_on": "2024-03"},
        typed={
            "year": "2024",
            "name": "季度座谈",
            "every": "3",
            "first_on": "2024年3月",
            "remind_days": "14",
        },
    ),
    "resolutions": Sample(
        row={"content": "修好进村路", "due_on": "2024-06"},
        typed={"year": "2024", "content": "修好进村路", "due_on": "2024年6月", "chased": "on"},
        parents={"meeting": "meetings"},
    ),
    "tasks": Sample(
        row={"content": "修好进村路", "due_on": "2024-06"},
        typed={"year": "2024", "content": "修好进村路", "origin": "leader", "urgency": "normal"},
        organisation="lead",
    ),
    "colour-rules": Sample(
        row={"blue_days": 10, "yellow_days": 5},
        typed={"year": "2024", "blue_days": "10", "yellow_days": "5"},
    ),
    "plan-items": Sample(
        row={"content": "走访全部老区村"},
        typed={"year": "2024", "content": "走访全部老区村", "lead": "永济市水利局"},
        organisation="lead",
    ),
    "directives": Sample(
        row={"content": "征订两刊", "document": "征订通知", "target": 250, "unit": "份"},
        typed={
            "year": "2024",
            "content": "征订两刊",
            "document": "征订通知",
            "target": "250",
            "unit": "份",
        },
    ),
    "directive-shares": Sample(
        row={"target": 10},
        typed={"year": "2024", "organisation": "永济市水利局", "target": "10"},
        organisation="organisation",
        parents={"directive": "directives"},
    ),
    "requests": Sample(
        row={"matter": "水管爆裂"},
        typed={
            "year": "2024",
            "matter": "水管爆裂",
            "origin": "village",
            "place": "高市村",
            "urgency": "top",
            "received_at": "2024-05-06 09:30",
        },
        organisation="addressee",
        villages={"place": "高市村"},
    ),
    "request-clocks": Sample(
        row={"top_days": 0, "urgent_days": 2},
        typed={"year": "2024", "top_days": "0", "urgent_days": "2"},
    ),
    "needs": Sample(
        row={"name": "巷道排水", "category": "water_works", "estimated": 300000},
        typed={
            "year": "2024",
            "name": "巷道排水",
            "category": "water_works",
            "urgency": "urgent",
            "places": "高市村",
            "estimated": "30万元",
        },
        organisation="lead",
        places=True,
    ),
    "deliberations": Sample(
        row={"step": "consulted"},
        typed={"year": "2024", "step": "consulted", "present_count": "7"},
        parents={"need": "needs"},
    ),
    "projects": Sample(
        row={"name": "巷道排水", "category": "water_works", "planned": 300000},
        typed={
            "year": "2024",
            "name": "巷道排水",
            "category": "water_works",
            "nature": "new",
            "places": "高市村",
            "planned": "30万元",
        },
        organisation="department",
        places=True,
    ),
    "overlaps": Sample(
        row={"reason": "同村，都是排水"},
        typed={"year": "2024"},
        parents={"first_code": "needs", "second_code": "projects"},
        alone=True,
        places=True,
    ),
    "followups": Sample(
        row={"part": "supervised", "findings": "已开工"},
        typed={"year": "2024", "part": "supervised", "findings": "已开工"},
        parents={"project": "projects"},
    ),
    "indicators": Sample(
        row={"kind": "quantity", "name": "排水沟长度", "aimed": "800米"},
        typed={"year": "2024", "kind": "quantity", "name": "排水沟长度", "aimed": "800米"},
        parents={"project": "projects"},
    ),
    "changes": Sample(
        row={"content": "长度改为700米", "reason": "地形"},
        typed={"year": "2024", "content": "长度改为700米", "reason": "地形"},
        parents={"project": "projects"},
    ),
    "fund-policies": Sample(
        row={"name": "革命老区转移支付", "level": "central"},
        typed={"year": "2024", "name": "革命老区转移支付", "level": "central"},
    ),
    "fund-clauses": Sample(
        row={"verdict": "allowed", "content": "民生事务", "words": "道路", "citation": "某文"},
        typed={
            "year": "2024",
            "verdict": "allowed",
            "content": "民生事务",
            "words": "道路",
            "citation": "某文",
        },
        parents={"policy": "fund-policies"},
    ),
    "funds": Sample(
        row={"name": "转移支付2024年", "level": "central", "quota": 1000000},
        typed={"year": "2024", "name": "转移支付2024年", "level": "central", "quota": "100万元"},
        organisation="manager",
        places=True,
    ),
    "fund-flows": Sample(
        row={"step": "issued", "amount": 1000},
        typed={"year": "2024", "step": "issued", "amount": "1000元"},
        parents={"fund": "funds"},
    ),
    "rounds": Sample(
        row={"name": "统筹方案", "stage": "consulted"},
        typed={
            "year": "2024",
            "name": "统筹方案",
            "urgency_weight": "3",
            "people_weight": "3",
            "weakness_weight": "3",
            "history_weight": "3",
            "history_years": "3",
        },
    ),
    "round-opinions": Sample(
        row={"attitude": "agree"},
        typed={"year": "2024", "organisation": "永济市水利局", "attitude": "agree"},
        organisation="organisation",
        parents={"round": "rounds"},
    ),
    "budget": Sample(
        row={"subject": "调研费", "use": "survey", "planned": 20000},
        typed={"year": "2024", "subject": "调研费", "use": "survey", "planned": "2万元"},
    ),
    "expenses": Sample(
        row={"purpose": "下乡调研", "amount": 500},
        typed={"year": "2024", "purpose": "下乡调研", "amount": "500元"},
        parents={"item": "budget"},
    ),
    "special-funds": Sample(
        row={"name": "老区助学基金"}, typed={"year": "2024", "name": "老区助学基金"}
    ),
    "fund-donations": Sample(
        row={"donor": "某公司", "amount": 10000},
        typed={"year": "2024", "donor": "某公司", "amount": "1万元"},
        parents={"fund": "special-funds"},
    ),
    "fund-uses": Sample(
        row={"purpose": "助学", "amount": 0},
        typed={"year": "2024", "purpose": "助学", "amount": "0元"},
        parents={"fund": "special-funds"},
    ),
}
