"""The other names of places and organisations are seen and put right on a page of their own."""

from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.areas.organisations.models import OrganisationAlias
from laoqu.areas.places.models import Place, PlaceAlias
from laoqu.register.names import resolve_names


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def test_names_are_kept_one_a_line_and_wrong_ones_go(world: World) -> None:  # M1
    gao = world.places["高市村"]
    PlaceAlias.objects.create(place=gao, name="韩家庄")
    page = reverse("place_names", args=[gao.pk])
    client = client_of(world.mei)
    assert "韩家庄" in client.get(page).content.decode()
    client.post(page, {"names": "高市大队\n\n高市堡\n高市村"})
    assert set(gao.aliases.values_list("name", flat=True)) == {"高市大队", "高市堡"}
    assert (
        "高市大队、高市堡"
        in client.get(reverse("register_detail", args=["places", gao.pk])).content.decode()
    )
    [answer] = resolve_names(Place, ["高市大队"], world.mei, world.yongji)
    assert answer.row == gao
    assert "高市大队" in gao.history.latest().history_change_reason


def test_a_name_that_is_too_long_is_refused_in_a_sentence(world: World) -> None:
    page = reverse("organisation_names", args=[world.water.pk])
    answer = client_of(world.mei).post(page, {"names": "长" * 200})
    assert "最多 100 个字" in answer.content.decode()
    assert not OrganisationAlias.objects.filter(organisation=world.water).exists()


def test_only_those_who_may_change_a_row_change_its_names(world: World) -> None:
    for name, pk in (
        ("place_names", world.places["高市村"].pk),
        ("organisation_names", world.water.pk),
    ):
        page = reverse(name, args=[pk])
        for person in (world.lin, world.gao, world.cheng):
            assert client_of(person).post(page, {"names": "甲"}).status_code == 404
        assert Client().get(page).status_code == 302
