"""The evaluation sets what the comparison said against what people decided."""

from django.urls import reverse
from tests.cast import World

from laoqu.coordination.overlaps.accuracy import accuracy_of
from laoqu.coordination.overlaps.decisions import Decision, decide
from laoqu.coordination.overlaps.models import Conclusion, Level, OverlapPair, Relation
from laoqu.coordination.overlaps.tests.builders import checked, need, project
from laoqu.coordination.overlaps.tests.test_decisions import client_of
from laoqu.register.figures import FIGURES
from laoqu.register.registry import Register


def decided(world: World, *conclusions: str) -> None:
    """One pair of a need and a project in each of three villages, decided like this."""
    villages = ("高市村", "新源村", "韩村")
    for village in villages[: len(conclusions)]:
        need(world, (village,), name=f"{village}巷道排水")
        project(world, (village,), name=f"{village}巷道排水")
    for pair, conclusion in zip(checked(world), conclusions, strict=True):
        if conclusion:
            decide(pair, world.mei, Decision(conclusion, "看过", pair.second_code))


def test_right_and_wrong_are_counted_by_level(world: World) -> None:
    decided(world, Conclusion.DUPLICATE, Conclusion.DIFFERENT, Conclusion.LACKING)
    found = accuracy_of(OverlapPair.objects.all())
    assert (found.right, found.wrong, found.share) == (1, 1, "50%")
    [line] = found.levels
    assert line.label == Level.HIGH.label
    assert (line.shown.count, line.right, line.wrong, line.open_ended) == (3, 1, 1, 1)


def test_opinions_are_set_against_conclusions(world: World) -> None:
    decided(world, Conclusion.JOINT, Conclusion.PHASED, "")
    [line] = accuracy_of(OverlapPair.objects.all()).relations
    assert line.label == Relation.DUPLICATE.label
    counts = dict(zip(Conclusion, [cell.count for cell in line.cells], strict=True))
    assert counts[Conclusion.JOINT] == counts[Conclusion.PHASED] == 1
    assert (line.right, line.decided, line.share) == (1, 2, "50%")


def test_every_number_of_the_page_opens_its_rows(world: World) -> None:
    decided(world, Conclusion.DIFFERENT, Conclusion.DIFFERENT, "")
    client = client_of(world.mei)
    page = client.get(reverse("overlap_accuracy"))
    assert "已经定了 2 件，其中 0 件提醒得对" in page.content.decode()
    found = page.context["found"]
    cells = [found.levels[0].shown, found.levels[0].waiting, *found.relations[0].cells]
    for cell in cells:
        assert client.get(cell.url).context["row_count"] == cell.count


def test_a_person_counts_only_the_pairs_they_see(world: World) -> None:
    decided(world, Conclusion.DIFFERENT, Conclusion.DIFFERENT, "")
    page = client_of(world.gao).get(reverse("overlap_accuracy"))
    assert page.context["found"].decided == 1


def test_the_figures_count_what_waits_and_what_was_confirmed(world: World) -> None:
    decided(world, Conclusion.DUPLICATE, Conclusion.DIFFERENT, "")
    assert FIGURES["overlaps.waiting"].value(world.mei, 2024) == 1
    assert FIGURES["overlaps.confirmed"].value(world.mei, 2024) == 1


def test_a_pair_put_together_by_hand_is_a_question_but_no_hit_of_the_comparison(
    world: World,
) -> None:
    first = need(world, ("新源村",), name="修渠", works="")
    second = project(world, ("高市村", "新源村"), name="引水", works="")
    typed = {"year": "2024", "first_code": first.code, "second_code": second.code}
    client = client_of(world.mei)
    page = reverse("register_create", args=["overlaps"])
    wrong = client.post(page, {**typed, "second_code": "项目2024-999", "visibility": "internal"})
    assert "没有编号“项目2024-999”" in wrong.content.decode()
    typed |= {"visibility": "internal", "note": "听村里说是一件事"}
    assert client.post(page, typed).status_code == 302
    pair = OverlapPair.objects.get()
    assert [place.name for place in pair.places.all()] == ["新源村"]
    assert set(pair.departments.all()) == {world.water, world.finance}
    assert "听村里说是一件事" in client.get(f"/registers/overlaps/{pair.pk}/").content.decode()
    again = client.post(page, typed)
    assert f"已经在 {pair.code} 里比对过" in again.content.decode()
    assert accuracy_of(OverlapPair.objects.all()).levels == []
    assert len(checked(world)) == 1  # the check of the night leaves it alone
    assert Register.registers["overlaps"].countable(OverlapPair.objects.all()).count() == 1
