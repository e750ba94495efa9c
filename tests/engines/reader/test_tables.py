"""A table of projects in a document gives a fact for each row."""

import io

import docx

from laoqu_engines.reader import read
from laoqu_engines.reader.documents import extract

HEAD = ("序号", "项目名称", "建设地点", "资金（万元）", "实施单位")
ROWS = [
    ("1", "修建水渠800米", "河口镇柳湾村", "12.5", "县水利局"),
    ("", "安装路灯60盏", "河口镇石门村、杨坪村", "1,200", "县交通运输局"),
    ("合计", "", "", "1212.5", ""),
]


def table_text() -> str:
    document = docx.Document()
    document.add_paragraph("2023年老区项目安排如下：")
    table = document.add_table(rows=0, cols=len(HEAD))
    for cells in [HEAD, *ROWS]:
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words
    stream = io.BytesIO()
    document.save(stream)
    return extract(stream.getvalue(), "安排.docx").text


def test_each_row_is_a_fact_and_the_total_row_none() -> None:
    text = table_text()
    first, second = read(text).facts
    assert (first.amount, first.actor, first.count) == (12_500_000, "县水利局", 800)
    assert [place.text for place in first.places] == ["河口镇柳湾村"]
    assert (second.amount, second.date) == (1_200_000_000, "2023")
    assert [place.text for place in second.places] == ["河口镇石门村", "杨坪村"]
    assert text[slice(*second.span)] == second.text


def test_a_table_without_sums_is_left_alone() -> None:
    assert read("姓名\t职务\t电话\n甲\t会长\t一\n").facts == ()


def test_a_table_flattened_to_lines_with_blanks_is_read_by_its_columns() -> None:
    text = (
        "2021年老区项目资金安排表（单位：万元）\n"
        "序号 项目名称 建设地点 责任单位 金额\n"
        "1 村部广场硬化 河口镇柳湾村 河口镇政府 12\n"
        "2 太阳能路灯60盏 河口镇石门村 县供电公司 21.5\n"
        "合计 33.5\n"
        "以上资金当年使用。"
    )
    first, second = read(text).facts
    assert (first.amount, first.actor) == (12_000_000, "河口镇政府")
    assert (second.amount, second.count) == (21_500_000, 60)
    assert [place.text for place in second.places] == ["河口镇石门村"]
    assert text[slice(*second.span)] == second.text


def test_a_table_with_each_cell_on_its_own_line_is_read_in_rows() -> None:
    cells = ["帮扶单位", "帮扶村", "帮扶内容", "资金（万元）"]
    cells += [
        "县税务局",
        "河口镇柳湾村",
        "修水渠800米",
        "15",
        "县医院",
        "河口镇杨坪村",
        "卫生室改造",
        "6.5",
    ]
    first, second = read("帮扶情况一览\n" + "\n".join(cells)).facts
    assert (first.amount, first.actor, first.count) == (15_000_000, "县税务局", 800)
    assert (second.amount, second.actor) == (6_500_000, "县医院")


def test_prose_with_short_lines_is_no_table() -> None:
    text = "项目 资金 单位\n我们去年修了路。\n投资 80 万元。"
    assert [fact.amount for fact in read(text).facts] == [80_000_000]
