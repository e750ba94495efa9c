"""Which department, committee or association a written name means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laoqu_engines.values.bodies import Bodies, Body, canonical, changes

ENTRIES = [
    Body("cai", "永济市财政局"),
    Body("zu", "永济市委组织部"),
    Body("jiao", "永济市交通运输局"),
    Body("zhen", "永济市乡村振兴局"),
    Body("nong", "永济市农业农村局"),
    Body("jing", "永济市农经局"),
    Body("jt", "永济市教育体育局"),
    Body("wen", "永济市文化和旅游局"),
    Body("lao", "永济市革命老区建设促进会"),
    Body("zhang", "张营镇党委政府"),
    Body("wei", "永济市卫生健康局"),
    Body("shang", "某某醋业有限公司", ("醋厂",)),
]
BODIES = Bodies(ENTRIES, "永济市")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("市财政局", "cai"),
        ("财政局", "cai"),
        ("永济市财政局", "cai"),
        ("永济财政局", "cai"),
        ("我市财政局", "cai"),
        ("市委组织部", "zu"),
        ("组织部", "zu"),
        ("中共永济市委组织部", "zu"),
        ("市交通局", "jiao"),
        ("乡村振兴局", "zhen"),
        ("市扶贫办", "zhen"),
        ("农业局", "nong"),
        ("农经局", "jing"),
        ("教体局", "jt"),
        ("市教育局", "jt"),
        ("文旅局", "wen"),
        ("卫健委", "wei"),
        ("市老促会", "lao"),
        ("永济市老促会", "lao"),
        ("永济市老区建设促进会", "lao"),
        ("张营镇党委政府", "zhang"),
        ("张营镇党委、政府", "zhang"),
        ("张营镇人民政府", "zhang"),
        ("张营镇", "zhang"),
        ("醋厂", "shang"),
    ],
)
def test_a_name_resolves_to_the_body_meant(name: str, key: str) -> None:
    answer = BODIES.resolve(name)
    assert answer.status == "resolved", answer.reason
    assert answer.body is not None
    assert answer.body.key == key


def test_a_rename_says_since_when() -> None:
    reason = BODIES.resolve("市扶贫办").reason
    assert "2021年2月的国家机构改革中改称乡村振兴局，按永济市乡村振兴局来认。" in reason


def test_a_merger_is_for_a_person_to_decide() -> None:
    later = Bodies([Body("nong", "永济市农业农村局")], "永济市")
    for name in ("乡村振兴局", "市扶贫办"):
        answer = later.resolve(name)
        assert (answer.status, answer.body) == ("ambiguous", None)
        assert [body.key for body in answer.candidates] == ["nong"]
        assert "2023年3月的国家机构改革中并入农业农村局" in answer.reason


def test_two_entries_for_one_name_are_ambiguous_and_a_stranger_unknown() -> None:
    twice = Bodies([Body("a", "市财政局"), Body("b", "永济市财政局")], "永济市")
    assert twice.resolve("财政局").status == "ambiguous"
    assert twice.resolve("市财政局").status == "resolved"  # as it is entered
    stranger = BODIES.resolve("市水利局")
    assert (stranger.status, stranger.proposed) == ("unknown", "永济市水利局")
    assert "添加为“永济市水利局”" in stranger.reason


@pytest.mark.parametrize(
    ("name", "county", "full"),
    [
        ("市场监管局", "永济市", "永济市市场监督管理局"),
        ("市市场监管局", "永济市", "永济市市场监督管理局"),
        ("城市管理局", "永济市", "永济市城市管理局"),
        ("团市委", "永济市", "共青团永济市委"),
        ("市委", "永济市", "永济市委"),
        ("市人医院", "永济市", "永济市人医院"),
        ("城北街道办", "永济市", "城北街道办事处"),
        ("县民政局", "邵阳县", "邵阳县民政局"),
        ("市财政局", "邵阳县", "市财政局"),
        ("省老促会", "永济市", "省老促会"),
        ("山西省老促会", "永济市", "山西省革命老区建设促进会"),
        ("石狮市文旅局", "永济市", "石狮市文化和旅游局"),
        ("张营小米醋厂", "永济市", "张营小米醋厂"),
        ("中国老区建设促进会", "永济市", "中国老区建设促进会"),
        ("", "永济市", ""),
    ],
)
def test_the_full_form_is_that_of_the_county(name: str, county: str, full: str) -> None:
    assert canonical(name, county) == full


PIECES = [body.name for body in ENTRIES] + list("省市县区局委办镇街道财政中共团我A ")


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
def test_a_full_form_is_its_own_full_form(name: str) -> None:
    full = canonical(name, "永济市")
    assert canonical(full, "永济市") == full
    assert BODIES.resolve(name).reason.endswith("。")


def test_every_change_reads_as_a_sentence() -> None:
    assert all(change.old in change.sentence() for change in changes())
