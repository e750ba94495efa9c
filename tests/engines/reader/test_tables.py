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
