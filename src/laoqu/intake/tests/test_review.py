"""Deciding on what was read: nothing enters unconfirmed, and every row keeps its words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.contributions.models import Contribution
from laoqu.areas.organisations.models import Organisation, OrganisationAlias
from laoqu.areas.places.models import Place, PlaceAlias
from laoqu.intake import decisions
from laoqu.intake.models import Decision, Proposal
from laoqu.intake.review import Review
from laoqu.intake.tests.conftest import HandIn
from laoqu.register.models import Source

ADDRESSES = ("review", "source_year", "source_names", "record")


def first(source: Source) -> Proposal:
    return source.proposals.get(position=1)


def decide(client: Client, proposal: Proposal, action: str, **more: Any) -> Any:
    return client.post(reverse("decide", args=[proposal.pk]), {"action": action, **more})


def test_nothing_is_in_the_ledger_before_a_person_confirms(source: Source) -> None:
    assert source.proposals.count() == 2
    assert not Contribution.objects.exists()


def test_the_page_shows_text_rows_and_what_the_names_stand_for(
    source: Source, office: Client
) -> None:
    page = office.get(reverse("review", args=[source.pk])).content.decode()
    assert "<mark>" in page
    assert "栲栳镇高市村、栲栳镇韩村" in page
    assert "永济市水利局" in page
    assert "全部确认（2 条）" in page


def test_all_are_confirmed_with_one_button(source: Source, office: Client, world: World) -> None:
    assert office.post(reverse("review", args=[source.pk])).status_code == 302
    water = Contribution.objects.get(funder=world.water)
    assert (water.amount, water.amount_as_written, water.year) == (800_000, "80万元", 2024)
    assert water.location == "高市村、韩村"
    assert water.attribution == "joint"
    assert water.entered_by == world.mei
    passage = water.passages.get()
    assert passage.text.startswith("2024年，市水利局投资80万元")
    assert set(source.proposals.values_list("decision", flat=True)) == {Decision.CONFIRMED}
    assert water.history.count() == 1


def test_one_is_confirmed_and_another_is_not_wanted(source: Source, office: Client) -> None:
    one, two = source.proposals.all()
    decide(office, one, "confirm")
    decide(office, two, "reject")
    assert Contribution.objects.count() == 1
    two.refresh_from_db()
    assert two.decision == Decision.REJECTED
    decide(office, two, "reconsider")
    two.refresh_from_db()
    assert two.is_pending


def test_an_edited_proposal_enters_as_edited(source: Source, office: Client) -> None:
    proposal = first(source)
    address = reverse("proposal", args=[proposal.pk])
    form = office.get(address).context["form"]
    assert form.initial["amount"] == "80万元"
    typed = {**form.initial, "amount": "90万元"}
    wrong = office.post(address, {**typed, "amount": "很多"})
    assert wrong.status_code == 400
    assert not Contribution.objects.exists()
    assert office.post(address, typed).status_code == 302
    row = Contribution.objects.get()
    assert (row.amount, row.amount_as_written) == (900_000, "90万元")
    proposal.refresh_from_db()
    assert proposal.data["amount"] == "90万元"


def test_the_same_figure_from_another_document_is_merged_by_default(
    source: Source, office: Client, hand_in: HandIn
) -> None:
    office.post(reverse("review", args=[source.pk]))
    hand_in("水利局.txt", "永济市2024年\n市水利局投资80万元，为高市村、韩村铺设巷道。".encode())
    second = Source.objects.latest("pk")
    page = office.get(reverse("review", args=[second.pk])).content.decode()
    assert "已有同样的一行" in page
    office.post(reverse("review", args=[second.pk]))
    assert Contribution.objects.count() == 2
    row = Contribution.objects.get(amount=800_000)
    assert row.passages.count() == 2
    assert second.proposals.get().decision == Decision.MERGED


def test_a_conflicting_figure_stands_beside_the_row_and_wants_its_own_decision(
    source: Source, office: Client, hand_in: HandIn
) -> None:
    office.post(reverse("review", args=[source.pk]))
    hand_in("水利局.txt", "永济市2024年\n市水利局投资85万元，为高市村、韩村铺设巷道。".encode())
    second = Source.objects.latest("pk")
    page = office.get(reverse("review", args=[second.pk])).content.decode()
    row = Contribution.objects.get(amount=800_000)
    assert "数字不一样" in page
    assert row.code in page
    assert "全部确认" not in page
    office.post(reverse("review", args=[second.pk]))
    assert Contribution.objects.count() == 2
    decide(office, second.proposals.get(), "merge", row=row.pk)
    row.refresh_from_db()
    assert row.passages.count() == 2
    assert row.amount == 800_000


def test_an_unknown_body_is_asked_once_and_remembered(
    office: Client, hand_in: HandIn, world: World
) -> None:
    hand_in("林业.txt", "永济市2024年\n市林业局投资5万元，为高市村绿化。".encode())
    source = Source.objects.get()
    page = office.get(reverse("review", args=[source.pk])).content.decode()
    assert "先认名字" in page
    assert "永济市林业局" in page
    assert "全部确认" not in page
    asked = {
        "n0-name": "市林业局", "n0-choice": "new",
        "n0-new_name": "永济市林业局", "n0-new_kind": "department",
    }  # fmt: skip
    office.post(reverse("source_names", args=[source.pk]), asked)
    forest = Organisation.objects.get(name="永济市林业局")
    assert OrganisationAlias.objects.get(name="市林业局").organisation == forest
    hand_in("又.txt", "永济市2024年\n市林业局投资6万元，为韩村绿化。".encode())
    again = Source.objects.latest("pk")
    assert "先认名字" not in office.get(reverse("review", args=[again.pk])).content.decode()


def test_an_unknown_place_becomes_an_alias_or_a_natural_village(
    office: Client, hand_in: HandIn, world: World
) -> None:
    text = "永济市2024年\n永济市水利局投资5万元，为石佛寺、老高村建设水渠。"
    hand_in("地名.txt", text.encode())
    source = Source.objects.get()
    unknown = [u.name for u in Review(source, world.mei).names.unknown]
    assert unknown == ["石佛寺", "老高村"]
    asked = {
        "n0-name": "石佛寺", "n0-choice": "new", "n0-parent": "",
        "n1-name": "老高村", "n1-choice": "known", "n1-known": world.places["高市村"].pk,
    }  # fmt: skip
    office.post(reverse("source_names", args=[source.pk]), asked)
    temple = Place.objects.get(name="石佛寺")
    assert (temple.parent, temple.level) == (world.places["永济市"], "natural_village")
    assert PlaceAlias.objects.get().place == world.places["高市村"]
    office.post(reverse("review", args=[source.pk]))
    places = Contribution.objects.get().places.all()
    assert {place.name for place in places} == {"石佛寺", "高市村"}


def test_a_village_of_another_county_cannot_be_named(
    office: Client, hand_in: HandIn, world: World
) -> None:
    hand_in("地名.txt", "永济市2024年\n永济市水利局投资5万元，为石佛寺、老高村建设水渠。".encode())
    asked = {"n0-name": "石佛寺", "n0-choice": "known", "n0-known": world.places["高头村"].pk}
    source = Source.objects.get()
    answer = office.post(reverse("source_names", args=[source.pk]), asked)
    assert answer.status_code == 400
    assert not PlaceAlias.objects.exists()


def test_two_people_confirming_at_once_make_one_row(source: Source, world: World) -> None:
    ready = Review(source, world.mei).ready
    assert decisions.confirm_all(ready, world.mei) == (2, 0, 0)
    assert decisions.confirm_all(ready, world.mei) == (0, 0, 2)
    with pytest.raises(decisions.NotYet, match="已经有人处理过"):
        decisions.confirm(first(source).pk, world.mei)
    assert Contribution.objects.count() == 2


def test_a_server_killed_in_the_middle_leaves_the_ledger_as_it_was(
    source: Source, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = Review(source, world.mei).ready
    real, calls = decisions._cite, []

    def dies_at_the_second(row: Any, proposal: Proposal) -> None:
        calls.append(row)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(row, proposal)

    monkeypatch.setattr(decisions, "_cite", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        decisions.confirm_all(ready, world.mei)
    assert not Contribution.objects.exists()
    assert all(proposal.is_pending for proposal in source.proposals.all())


def test_parts_belong_to_their_total_and_are_not_added_twice(
    office: Client, hand_in: HandIn, world: World
) -> None:
    source = Source.objects.create(
        association=world.yongji, title="总数", year=2024, sha256="x", text="总数一百，其中六十。"
    )
    common = {"kind": "funding", "stage": "stated", "funder": "永济市水利局"}
    whole = Proposal.objects.create(
        source=source, position=2, register="contributions", start=0, end=4,
        data={**common, "amount": "100万元"},
    )  # fmt: skip
    part = Proposal.objects.create(
        source=source, position=1, register="contributions", start=5, end=9, belongs_to=whole,
        data={**common, "amount": "60万元", "places": "高市村"},
    )  # fmt: skip
    with pytest.raises(decisions.NotYet, match="请先决定第 2 条"):
        decisions.confirm(part.pk, world.mei)
    office.post(reverse("review", args=[source.pk]))
    assert Contribution.objects.get(amount=600_000).part_of.amount == 1_000_000  # type: ignore


def test_the_year_of_the_document_is_the_year_of_rows_without_one(
    world: World, office: Client
) -> None:
    source = Source.objects.create(
        association=world.yongji, title="无年", sha256="y", text="送温暖到高市村。"
    )
    Proposal.objects.create(
        source=source, position=1, register="visits", start=0, end=8, data={"name": "送温暖"}
    )
    assert Review(source, world.mei).ready == []
    office.post(reverse("source_year", args=[source.pk]), {"year": "2023"})
    source.refresh_from_db()
    assert len(Review(source, world.mei).ready) == 1
    office.post(reverse("review", args=[source.pk]))
    assert source.proposals.get().decision == Decision.CONFIRMED


@pytest.mark.parametrize("name", ADDRESSES)
def test_strangers_get_a_404_and_the_public_is_sent_to_the_log_in(
    name: str, source: Source, world: World
) -> None:
    address = reverse(name, args=[source.pk])
    client = Client()
    method = client.post if name in ("source_year", "source_names") else client.get
    assert method(address).status_code == 302
    for person in (world.lin, world.shui, world.lao, world.gao, world.cheng):
        client.force_login(person)
        assert method(address).status_code == 404, person


def test_strangers_decide_nothing(source: Source, world: World) -> None:
    proposal = first(source)
    for person in (world.lin, world.shui, world.cheng):
        client = Client()
        client.force_login(person)
        for action in ("confirm", "reject", "merge", "reconsider"):
            assert decide(client, proposal, action).status_code == 404
        assert client.get(reverse("proposal", args=[proposal.pk])).status_code == 404
    proposal.refresh_from_db()
    assert proposal.is_pending


def test_a_proposal_cannot_be_merged_into_a_foreign_row(
    source: Source, office: Client, world: World
) -> None:
    foreign = Contribution(association=world.linyi, year=2024, amount=1)
    foreign.save()
    assert decide(office, first(source), "merge", row=foreign.pk).status_code == 404
    assert not foreign.passages.exists()


def test_the_page_costs_the_same_queries_however_many_rows_it_shows(
    source: Source, office: Client, django_assert_max_num_queries: Any
) -> None:
    address = reverse("review", args=[source.pk])
    with django_assert_max_num_queries(40) as few:
        office.get(address)
    known = first(source)
    for position in range(10, 40):
        Proposal.objects.create(
            source=source, position=position, register=known.register, start=known.start,
            end=known.end, data={**known.data, "amount": f"{position}万元"},
        )  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        office.get(address)


def test_what_is_missing_stands_first_and_each_field_says_how_sure_it_is(
    hand_in: HandIn, office: Client
) -> None:
    text = "2024年，高市村修水渠3公里，花了8万元。又安装路灯20盏，花了6万元。\n"
    hand_in("一.txt", text.encode())
    page = office.get(reverse("review", args=[Source.objects.get().pk]))
    first_card, second_card = (card for card in page.context["cards"])
    assert first_card.fields[0].state == "open"
    states = {str(field.label): field.state for field in second_card.fields}
    assert "open" in states.values()
    assert "guessed" in states.values()
    assert "resolved" in states.values()
    shown = page.content.decode()
    for sentence in ("原文没有写明，请点“修改”补上。", "地点承前文", "原文写明"):
        assert sentence in shown
