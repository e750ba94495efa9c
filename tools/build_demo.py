"""Write the demo's material from its facts: an annual report (.docx), a department's sheet (.xlsx).

    python tools/build_demo.py

The two files are committed, so that the demo hands in what an office would hand in. The wording is
our own; the facts and figures were published on 中国老区网 on 2025-03-31.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from laoqu_engines.document import (
    ByLine,
    Document,
    Heading,
    Paragraph,
    Signature,
    Title,
    write_document,
)
from laoqu_engines.document.sheet import Sheet, SheetColumn, write_workbook

DATA = Path(__file__).resolve().parents[1] / "src" / "laoqu" / "intake" / "demo_data"
MADE = datetime(2025, 2, 10, tzinfo=UTC)
SHEET_FUNDER = "市交通局"


def villages(line: dict[str, Any]) -> str:
    """“甲村、乙村等老区村”."""
    return "、".join(line["villages"]) + ("等老区村" if line.get("open") else "")


def money(facts: dict[str, Any]) -> list[str]:
    """One sentence for each line."""
    said = []
    for line in facts["contributions"]:
        works = line["works"]
        work = "、".join(works[:-1]) + ("和" if len(works) > 1 else "") + works[-1]
        said.append(f"{line['funder']}在{villages(line)}{work}，投入资金{line['wan']}万元。")
    return said


def visits(facts: dict[str, Any]) -> str:
    line = facts["visits"][0]
    goods = "、".join(line["goods"])
    return (
        f"{line['on']}，{facts['association']}到{'、'.join(line['villages'])}开展春节慰问，"
        f"给困难群众送去{goods}等慰问品。"
    )


def shows(facts: dict[str, Any]) -> str:
    line = facts["performances"][0]
    named = "、".join(line["villages"])
    return f"{line['host']}组织送戏下乡，在{named}7个老区村共演出{line['shows']}场。"


def surveys(facts: dict[str, Any]) -> list[str]:
    school, villages_ = facts["surveys"]
    return [
        f"{facts['association']}会同{school['partner']}，对{school['topic']}情况进行了调研，"
        f"写出《{school['report']}》。调研后提出“{'、'.join(school['recommendations'])}”四项建议。",
        f"{facts['association']}到{villages_['village']}等老区村，就{villages_['topic']}做了专题调研，"
        f"写出《{villages_['report']}》。调研后提出“{'、'.join(villages_['recommendations'])}”四条建议。",
    ]


def publicity(facts: dict[str, Any]) -> list[str]:
    media, boards = facts["media"], facts["boards"]
    two = "、".join(f"《{s['periodical']}》杂志{s['copies']}份" for s in facts["subscriptions"])
    lecture, paper = facts["lectures"], facts["paper"]
    return [
        f"《{paper['title']}》一文被{paper['periodical']}全文刊发。",
        *meetings(facts),
        f"全年在{'、'.join(media['outlets'])}等媒体宣传报道老区工作{media['times']}。",
        f"以《{boards['title']}》为题，制作大型板面三块，在全省座谈会上展出。",
        f"订阅2025年{two}。",
        f"{facts['association']}以{'、'.join(lecture['forms'])}等形式开展{lecture['name']}，宣讲老区故事。",
    ]


def meetings(facts: dict[str, Any]) -> list[str]:
    """The meetings of the levels above, and what was handed in there."""
    own = facts["association"]
    attended = [
        f"{own}参加了{one['by']}在{one['at']}召开的{one['name']}。" for one in facts["meetings"]
    ]
    heard = facts["heard"]
    return [
        *attended,
        f"{own}的经验材料被收入会议材料汇编，在大会上交流。",
        f"{heard['on']}，{heard['by']}在{heard['at']}召开{heard['name']}。",
    ]


def honours(facts: dict[str, Any]) -> str:
    return f"一年来，{facts['association']}先后荣获{'、'.join(facts['awards'])}。"


def study(facts: dict[str, Any]) -> str:
    line = facts["training"]
    return f"{line['on']}份，组织全体人员赴{'、'.join(line['sites'])}参观学习。"


def report(facts: dict[str, Any]) -> bytes:
    """The annual report, as an office would send it."""
    blocks = (
        Title("永济市老促会2024年工作总结"),
        ByLine("（2025年2月）"),
        Paragraph.of(
            "2024年，永济市老促会依靠各理事单位和各镇（街道）分会，为老区村办了下面这些事。"
        ),
        Heading(1, "开展“双送”活动"),
        Paragraph.of(visits(facts)),
        Paragraph.of(shows(facts)),
        Heading(1, "为老区村牵线搭桥"),
        *(Paragraph.of(sentence) for sentence in money(facts)),
        Heading(1, "调查研究，提出建议"),
        *(Paragraph.of(sentence) for sentence in surveys(facts)),
        Heading(1, "做好红色宣传"),
        *(Paragraph.of(sentence) for sentence in publicity(facts)),
        Heading(1, "加强自身建设"),
        Paragraph.of(honours(facts)),
        Paragraph.of(study(facts)),
        Signature("永济市老促会", date(2025, 2, 10)),
    )
    return write_document(
        Document("永济市老促会2024年工作总结", "永济市老促会", MADE, blocks), comments=False
    )


def sheet(facts: dict[str, Any]) -> bytes:
    """What one department says of itself."""
    line = next(x for x in facts["contributions"] if x["funder"] == SHEET_FUNDER)
    columns = (
        SheetColumn("序号"),
        SheetColumn("出资单位"),
        SheetColumn("受益村"),
        SheetColumn("建设内容"),
        SheetColumn("投资额（万元）", "money", total=True),
    )
    row = ("1", SHEET_FUNDER, villages(line), "、".join(line["works"]), line["wan"])
    made = Sheet("帮扶台账", columns, [row], title="市交通局2024年帮扶老区村情况表", unit="万元")
    return write_workbook([made], author=SHEET_FUNDER, created_at=MADE)


def main() -> None:
    facts = json.loads((DATA / "facts.json").read_text("utf-8"))
    (DATA / "report.docx").write_bytes(report(facts))
    (DATA / "transport.xlsx").write_bytes(sheet(facts))


if __name__ == "__main__":
    main()
