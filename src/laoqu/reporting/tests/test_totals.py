"""Numbers on random ledgers: each line counts once, and every figure equals the list it opens."""

from decimal import Decimal
from typing import Any

from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import World

from laoqu.areas.contributions.models import Contribution
from laoqu.areas.contributions.services import totals_by_village, with_parts
from laoqu.register.figures import FIGURES, Distinct, Figure, Rows
from laoqu.register.registry import Register
from laoqu.reporting.tests.builders import save
from laoqu.reporting.tests.generated import LEDGERS, afterwards_as_before, some, villages, write

FEN = st.integers(0, 10**12).map(lambda fen: Decimal(fen) / 100)
ANY_LINES = st.lists(
    st.fixed_dictionaries(
        {
            "amount": st.none() | FEN,
            "villages": some("甲村 乙村 丙村 丁村"),
            "open_list": st.booleans(),
            "state": st.sampled_from(["reviewed", "reviewed", "draft", "void"]),
            "stage": st.sampled_from(["stated", "arrived", "planned", "pledged"]),
            "kind": st.sampled_from(["funding", "donation"]),
        }
    ),
    max_size=8,
)
random_ledgers = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@random_ledgers
@given(ANY_LINES)
def test_totals_by_village_add_every_line_once_to_the_fen(
    world: World, drawn: list[dict[str, Any]]
) -> None:
    with afterwards_as_before():
        for one in drawn:
            row = dict(one)
            save(world, Contribution, villages(world, row), funder=world.water, **row)
        register = Register.registers["contributions"]
        lines = register.countable(Contribution.objects.all())
        totals = totals_by_village(with_parts(lines))
        each_once = [
            one["amount"] or Decimal(0)
            for one in drawn
            if one["state"] == "reviewed" and one["stage"] in ("stated", "arrived")
        ]
        assert totals.exact == sum(each_once)
        assert sum(village.sole for village in totals.villages) == totals.sole
        for village in totals.villages:
            assert village.upper_bound <= totals.exact


@random_ledgers
@given(ANY_LINES)
def test_a_part_a_reversed_line_and_its_reversal_never_count(
    world: World, drawn: list[dict[str, Any]]
) -> None:
    with afterwards_as_before():
        figure = FIGURES["contributions.amount"]
        common = {"funder": world.water, "amount": Decimal(1000)}
        whole = save(world, Contribution, **common)
        save(world, Contribution, part_of=whole, **common)
        gone = save(world, Contribution, **common)
        save(world, Contribution, reverses=gone, **{**common, "amount": Decimal(-1000)})
        expected = Decimal(1000)
        for one in drawn:
            row = dict(one)
            save(world, Contribution, villages(world, row), funder=world.water, **row)
            if (row["state"], row["kind"]) == ("reviewed", "funding"):
                given_already = row["stage"] in ("stated", "arrived")
                expected += (row["amount"] or 0) if given_already else 0
        assert figure.value(world.mei, 2024, world.yongji) == expected


@settings(random_ledgers, max_examples=1)
@given(LEDGERS)
def test_every_figure_is_what_the_list_it_opens_shows(world: World, drawn: dict[str, Any]) -> None:
    client = Client()
    client.force_login(world.mei)
    with afterwards_as_before():
        write(world, drawn)
        for figure in FIGURES.values():
            if not isinstance(figure, Figure):
                continue
            value = figure.value(world.mei, 2024, world.yongji)
            page = client.get(figure.url(2024, world.yongji)).context
            assert page["figure"]["shown"] == figure.shown(value)
            if isinstance(figure.measure, Rows):
                assert page["row_count"] == value
            elif isinstance(figure.measure, Distinct):
                assert len(figure.measure.fields) > 1 or len(page["figure"]["named"]) == value
            else:
                listed = [row.record for row in page["table"].rows]
                assert sum(getattr(row, figure.measure.field) or 0 for row in listed) == value
