"""Pages of figures and reports, as people of every kind meet them."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.honours.models import Award
from laoqu.register.figures import FIGURES, Figure, Ratio
from laoqu.reporting.models import Part, ReportRun, ReportText
from laoqu.reporting.tests.builders import cite, ledger, save

HOME_QUERIES = 16


def client_of(person: Any) -> Client:
    client = Client()
    if person.is_authenticated:
        client.force_login(person)
    return client


def links(html: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', html)]


def only_one_ledger(world: World) -> None:
    """Put the association that the tests write for before the others."""
    world.yongji.area_code = "11"
    world.yongji.save()


def test_home_opens_without_login_and_shows_public_rows_only(world: World) -> None:
    made = ledger(world)
    made["gift"].visibility = made["water"].visibility = "internal"
    made["gift"].save()
    made["water"].save()
    only_one_ledger(world)
    page = client_of(world.public).get("/").content.decode()
    assert "60万元" in page
    assert "140万元" not in page
    assert "140万元" in client_of(world.mei).get("/").content.decode()


def test_home_has_its_four_tasks_and_needs_few_queries(
    world: World, django_assert_num_queries: Any
) -> None:
    ledger(world)
    client = client_of(world.mei)
    client.get("/")
    with django_assert_num_queries(HOME_QUERIES):
        page = client.get("/").content.decode()
    for task in ("收材料", "查台账", "看进度", "出报告"):
        assert f"<strong>{task}</strong>" in page
    assert "2024年主要数据" in page


def test_a_year_without_rows_of_some_kind_shows_nought_there(world: World) -> None:
    save(world, Award, name="先进单位", year=2023)
    page = client_of(world.mei).get(reverse("figures"), {"year": "2023"}).content.decode()
    assert ">1项<" in page
    assert ">0万元<" in page


def test_an_empty_ledger_says_where_to_begin(world: World) -> None:
    assert "收材料" in client_of(world.mei).get("/").content.decode()
    assert "还没有记录" in client_of(world.mei).get(reverse("report")).content.decode()


def test_every_figure_of_the_page_equals_the_list_it_opens(world: World) -> None:
    ledger(world)
    client = client_of(world.mei)
    page = client.get(reverse("figures"))
    shown = [one for _line, members in page.context["groups"] for one in members]
    assert {one.figure.key for one in shown} == set(FIGURES)
    for one in shown:
        ratio = isinstance(one.figure, Ratio)
        opened = (one.figure.of, one.figure.to) if ratio else (one.figure,)
        for url, figure in zip(one.urls, opened, strict=True):
            listed = client.get(url)
            assert listed.context["figure"]["figure"] is figure
            if figure is one.figure:
                assert listed.context["figure"]["shown"] == one.text


def test_the_money_of_the_bodies_adds_up_to_the_figure_and_each_opens_its_list(
    world: World,
) -> None:
    ledger(world)
    client = client_of(world.mei)
    bars = client.get(reverse("figures")).context["bars"]
    figure = FIGURES["contributions.amount"]
    assert isinstance(figure, Figure)
    assert sum(bar["total"] for bar in bars) == figure.value(world.mei, 2024, world.yongji)
    for bar in bars:
        assert figure.shown(bar["total"]) in client.get(bar["url"]).content.decode()


def test_a_figure_counts_the_rows_of_its_own_association_only(world: World) -> None:
    made = ledger(world)
    made["water"].association = world.linyi
    made["water"].save()
    page = client_of(world.mei).get(reverse("figures")).content.decode()
    assert "60万元" in page
    assert "140万元" not in page


def test_three_clicks_lead_from_a_number_of_the_report_to_its_words(world: World) -> None:
    made = ledger(world)
    words = "水利局投资80万元"
    cite(world, made["water"], f"去年，{words}，办了实事。", words)
    client = client_of(world.mei)
    page = client.get(reverse("report")).content.decode()
    numbers = [
        link for link in links(page) if parse_qs(urlsplit(link).query).get("figure") is not None
    ]
    listed = client.get(next(link for link in numbers if "contributions.amount" in link))
    row_link = next(
        link for link in links(listed.content.decode()) if link.endswith(f"/{made['water'].pk}/")
    )
    detail = client.get(row_link).content.decode()
    source = client.get(next(link for link in links(detail) if "passage=" in link))
    assert f'<mark id="passage">{words}</mark>' in source.content.decode()


def test_the_number_of_a_single_line_opens_its_row(world: World) -> None:
    made = ledger(world)
    page = client_of(world.mei).get(reverse("report")).content.decode()
    assert re.search(
        rf'<a href="/registers/contributions/{made["water"].pk}/"[^>]*>80万元</a>', page
    )


def test_what_the_office_writes_is_kept_and_stands_in_the_report(world: World) -> None:
    ledger(world)
    client = client_of(world.mei)
    address = reverse("report_texts", args=[2024])
    client.post(address, {Part.SALUTATION: "各位同志：", Part.PLANS: "（一）抓好帮扶。办好实事。"})
    page = client.get(reverse("report")).content.decode()
    assert "各位同志：" in page
    assert "二、2025年工作安排" in page
    assert "（一）抓好帮扶" in page
    client.post(address, {Part.SALUTATION: "各位同志：", Part.PLANS: "再改。"})
    kept = ReportText.objects.get(part=Part.PLANS)
    assert kept.text == "再改。"
    assert kept.history.count() == 2
    assert ReportText.objects.get(part=Part.SALUTATION).history.count() == 1


@pytest.mark.parametrize("who", ["shui", "lao", "gao", "cheng"])
def test_people_outside_the_office_are_told_who_writes_the_report(world: World, who: str) -> None:
    ledger(world)
    client = client_of(world.people()[who])
    answer = client.get(reverse("report"))
    assert answer.status_code == 403
    assert "秘书处" in answer.content.decode()
    assert client.post(reverse("report_file", args=[2024, "clean"])).status_code == 404
    assert client.post(reverse("report_texts", args=[2024]), {}).status_code == 404


def test_the_public_is_asked_to_log_in_and_a_stranger_has_no_such_year(world: World) -> None:
    ledger(world)
    assert client_of(world.public).get(reverse("report")).status_code == 302
    assert (
        client_of(world.public).post(reverse("report_file", args=[2024, "clean"])).status_code
        == 302
    )
    assert (
        client_of(world.lin).post(reverse("report_file", args=[2024, "clean"])).status_code == 404
    )


def test_a_download_is_kept_as_a_run_and_later_changes_are_listed(world: World) -> None:
    made = ledger(world)
    client = client_of(world.mei)
    for kind, start in (("clean", b"PK"), ("check", b"PK"), ("annex", b"PK")):
        answer = client.post(reverse("report_file", args=[2024, kind]))
        assert answer.content.startswith(start)
        assert "attachment" in answer["Content-Disposition"]
    assert ReportRun.objects.get().made_by == world.mei
    assert client.get(reverse("report")).context["changes"] == []
    made["award"].state = "void"
    made["award"].save()
    changed = client.get(reverse("report")).context["changes"]
    assert [(change.label, change.before, change.after) for change in changed] == [
        ("获得荣誉", "1项", "0项")
    ]
    assert client.post(reverse("report_file", args=[2024, "nothing"])).status_code == 404


@pytest.mark.parametrize("name", ["mei", "shui", "lao", "gao", "cheng"])
def test_every_entry_of_the_menu_and_of_the_home_page_opens_for_whoever_sees_it(
    name: str, world: World
) -> None:
    client = client_of(world.people()[name])
    page = client.get(reverse("home")).content.decode()
    entries = set(re.findall(r'<li><a href="([^"?]+)"', page))
    assert {reverse("home"), reverse("registers"), reverse("progress")} <= entries
    assert (reverse("intake") in entries) == (reverse("report") in entries) == (name == "mei")
    assert {entry: client.get(entry).status_code for entry in entries} == dict.fromkeys(
        entries, 200
    )


def test_the_level_above_looks_at_the_figures_of_one_association_after_the_other(
    world: World,
) -> None:
    for association, year in ((world.yongji, 2024), (world.linyi, 2023)):
        Award(association=association, year=year, name="先进单位").save()
    upper = client_of(world.cheng)
    for page in (reverse("home"), reverse("figures")):
        assert upper.get(page).context["looked_at"] == world.linyi  # 140821, the first
        chosen = upper.get(page, {"association": "140881"})
        assert (chosen.context["looked_at"], chosen.context["year"]) == (world.yongji, 2024)
        content = chosen.content.decode()
        assert '<option value="140881" selected>' in content
        assert "association=140881" in content
    assert "id_association" not in client_of(world.mei).get(reverse("home")).content.decode()


def test_whoever_sees_a_village_opens_its_file_from_its_page(world: World) -> None:
    village = world.places["高市村"]
    page = reverse("register_detail", args=["places", village.pk])
    file = reverse("village_file", args=[village.pk])
    for person in (world.mei, world.gao, world.cheng):
        assert f'href="{file}"' in client_of(person).get(page).content.decode()
        assert client_of(person).get(file).status_code == 200
