"""Numbers of persons: sealed when stored, masked when shown, taken out with a reason."""

import io
import json
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from laoqu.access.audit import AuditEntry
from laoqu.access.models import Appointment, Role
from laoqu.access.sealing import open_text
from laoqu.areas.people.models import Recipient
from laoqu.operations.backup import stored_files
from laoqu.operations.residue import clear_residue
from laoqu.register.models import ExportRequest, SheetImport
from laoqu.register.sealed import Number, Sealed, opens_numbers, seal, tidy
from tests.cast import World
from tests.contract.builders import make, typed_into

TELEPHONE = "13800138000"
IDENTITY = "11010519491231002X"  # the example of the standard itself
ACCOUNT = "6222020000000001234"


@pytest.fixture
def row(world: World) -> Recipient:
    made = make(world, "recipients", telephone=TELEPHONE, identity=IDENTITY, account=ACCOUNT)
    return Recipient.objects.get(pk=made.pk)


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.mei)
    return client


@pytest.fixture
def second(world: World) -> Client:
    """Another person of the same office."""
    hong = get_user_model().objects.create_user("hong", password="Another-password-1")
    Appointment.objects.create(user=hong, role=Role.OFFICE, association=world.yongji)
    client = Client()
    client.force_login(hong)
    return client


def path(name: str, row: Recipient) -> str:
    return reverse(name, args=["recipients", row.pk])


@given(st.text("0123456789", min_size=7, max_size=15))
def test_a_sealed_number_opens_again_and_hides_its_middle(number: str) -> None:
    held = seal(number, Number.TELEPHONE)
    assert held.reveal() == number
    assert number not in (str(held), f"{held}", repr(held), held.stored)
    assert len(str(held)) >= len(number)


def test_the_same_number_is_sealed_differently_each_time() -> None:
    assert seal(TELEPHONE, Number.TELEPHONE).stored != seal(TELEPHONE, Number.TELEPHONE).stored


def test_a_number_sealed_as_one_kind_does_not_open_as_another() -> None:
    assert Sealed(seal(TELEPHONE, Number.TELEPHONE).stored, Number.ACCOUNT).reveal() == ""


def test_without_the_key_a_number_stays_shut(settings: Any) -> None:
    held = seal(TELEPHONE, Number.TELEPHONE)
    settings.PERSONAL_KEY = bytes(32)
    assert held.reveal() == ""
    assert "打不开" in str(held)


def test_the_database_and_the_history_hold_no_number(row: Recipient) -> None:  # P2
    row.save()
    for table in (Recipient._meta.db_table, Recipient.history.model._meta.db_table):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT telephone, identity, account FROM {table}")
            stored = str(cursor.fetchall())
        assert stored.count(":") >= 3
        for number in (TELEPHONE, IDENTITY, ACCOUNT):
            assert number not in stored


def test_list_detail_form_history_and_interface_show_masks_only(  # P3
    row: Recipient, office: Client
) -> None:
    shown = [
        office.get(reverse("register_list", args=["recipients"])).content.decode(),
        office.get(path("register_detail", row)).content.decode(),
        office.get(path("register_edit", row)).content.decode(),
    ]
    assert "138****8000" in shown[1]
    assert "1101**********002X" in shown[1]
    for number in (TELEPHONE, IDENTITY, ACCOUNT):
        assert not any(number in page for page in shown)


def test_a_form_left_alone_keeps_the_number_and_a_typed_one_replaces_it(
    row: Recipient, office: Client, world: World
) -> None:
    page = office.get(path("register_edit", row)).context["form"]
    given = {one.name: one.value() or "" for one in page}
    office.post(path("register_edit", row), {**given, "goods": "面粉"})
    row.refresh_from_db()
    assert (row.goods, row.telephone.reveal()) == ("面粉", TELEPHONE)
    given = {**given, "version": str(row.version), "telephone": "0359-8000 000"}
    office.post(path("register_edit", row), given)
    row.refresh_from_db()
    assert row.telephone.reveal() == "03598000000"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("identity", "110105194912310021", "校验码"),
        ("identity", "1101", "18 位"),
        ("telephone", "没有", "7 到 15 位"),
        ("account", "12", "8 到 30 位"),
    ],
)
def test_a_number_with_a_slip_is_refused_in_words(
    field: str, typed: str, sentence: str, world: World, office: Client
) -> None:
    answer = office.post(
        reverse("register_create", args=["recipients"]),
        {**typed_into(world, "recipients"), field: typed},
    )
    assert sentence in answer.content.decode()
    assert not Recipient.objects.exists()


def test_an_identity_number_written_where_it_would_lie_open_is_refused(
    world: World, office: Client
) -> None:
    typed = typed_into(world, "visits")
    for words in (f"户主 {IDENTITY}", "身份证１１０１０５１９４９１２３１００２Ｘ，"):
        answer = office.post(reverse("register_create", args=["visits"]), {**typed, "note": words})
        assert "这里不能写身份证号" in answer.content.decode()
    code = {**typed, "note": "统一社会信用代码 51140800MJY1234567，项目 140881202400000017"}
    assert office.post(reverse("register_create", args=["visits"]), code).status_code == 302


def test_a_row_is_found_by_the_whole_number_only(row: Recipient, office: Client) -> None:
    address = reverse("register_list", args=["recipients"])
    assert row.code in office.get(address, {"q": TELEPHONE}).content.decode()
    assert row.code not in office.get(address, {"q": TELEPHONE[:8]}).content.decode()


def test_the_whole_number_is_shown_for_a_reason_and_written_down(
    row: Recipient, office: Client, world: World
) -> None:
    address = path("unseal", row)
    assert TELEPHONE not in office.get(address).content.decode()
    assert TELEPHONE not in office.post(address, {"reason": ""}).content.decode()
    answer = office.post(address, {"reason": "通知领慰问品"})
    assert TELEPHONE in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    entry = AuditEntry.objects.latest("pk")
    assert (entry.actor, entry.act) == ("mei", "查看完整号码")
    assert entry.subject == f"{row.code}：通知领慰问品"


def test_nobody_outside_the_office_reaches_numbers_or_exports(row: Recipient, world: World) -> None:
    for person in (world.shui, world.lao, world.gao, world.cheng, world.lin):
        client = Client()
        client.force_login(person)
        assert client.post(path("unseal", row), {"reason": "x"}).status_code == 404
        own = 200 if person is world.lin else 404  # she may ask for the rows of her own office
        assert client.get(reverse("ask_export", args=["recipients"])).status_code == own
    assert Client().get(path("unseal", row)).status_code == 302


def asked(office: Client, words: str = "某某") -> ExportRequest:
    """What Mei asked for through the list's own button."""
    answer = office.get(reverse("register_export", args=["recipients"]), {"q": words})
    assert answer.status_code == 302
    office.post(answer["Location"], {"reason": "给慰问户打款"})
    return ExportRequest.objects.get()


def test_a_list_of_persons_leaves_only_with_the_word_of_a_second_person(  # P6
    row: Recipient, office: Client, second: Client
) -> None:
    one = asked(office)
    decide, fetch = (reverse(name, args=[one.pk]) for name in ("decide_export", "fetch_export"))
    office.post(decide, {"approved": "yes"})
    assert office.post(fetch).status_code == 302  # not by oneself
    second.post(decide, {"approved": "yes"})
    assert second.post(fetch).status_code == 404  # only by the one who asked
    book = openpyxl.load_workbook(io.BytesIO(office.post(fetch).content))
    words = [str(cell.value) for line in book.active for cell in line if cell.value is not None]  # type: ignore[union-attr]
    assert TELEPHONE in words
    assert IDENTITY in words
    assert any("mei" in word and "给慰问户打款" in word for word in words)
    assert office.post(fetch).status_code == 302  # only once
    acts = list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts[-3:] == ["申请导出个人信息", "同意导出个人信息", "导出个人信息"]


def test_what_was_refused_or_granted_long_ago_is_not_handed_out(
    row: Recipient, office: Client, second: Client
) -> None:
    one = asked(office)
    second.post(reverse("decide_export", args=[one.pk]), {"approved": "no"})
    fetch = reverse("fetch_export", args=[one.pk])
    assert office.post(fetch).status_code == 302
    ExportRequest.objects.update(approved=True, decided_at=timezone.now() - ExportRequest.VALID)
    assert office.post(fetch).status_code == 302


def test_an_office_of_one_is_told_that_nobody_can_grant(row: Recipient, office: Client) -> None:
    page = office.get(reverse("ask_export", args=["recipients"])).content.decode()
    assert "只有您一个账号" in page


def test_a_number_written_into_a_backup_comes_back(row: Recipient) -> None:
    field = Recipient._meta.get_field("telephone")
    written = json.loads(json.dumps(row.telephone))
    assert TELEPHONE not in written
    assert field.to_python(written).reveal() == TELEPHONE


def upload(client: Client, words: str) -> Any:
    sheet = SimpleUploadedFile("花名册.csv", words.encode("utf-8-sig"))
    return client.post(reverse("import_upload", args=["recipients"]), {"file": sheet})


def everything_stored() -> str:
    """All tables, what log-ins keep, and all uploaded files, as one text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(str(cursor.fetchall()))
    found += [str(session.get_decoded()) for session in Session.objects.all()]
    files = [path for path in stored_files().rglob("*") if path.is_file()]
    found += [path.read_bytes().decode(errors="ignore") for path in files]
    return "\n".join(found)


def test_wherever_a_number_passes_through_nothing_is_left_of_it(  # P2
    row: Recipient, office: Client, second: Client, world: World
) -> None:
    one = asked(office, TELEPHONE)
    listed = reverse("register_list", args=["recipients"])
    office.get(listed, {"q": TELEPHONE})
    office.post(path("unseal", row), {"reason": "通知领慰问品"})
    typed = {**typed_into(world, "recipients"), "telephone": TELEPHONE, "identity": IDENTITY}
    Client().post(reverse("register_create", args=["recipients"]), typed)  # logged out meanwhile
    office.post(path("register_edit", row), {**typed, "account": "12", "version": "1"})  # refused
    preview = upload(office, f"姓名,对象类别,电话,身份证号\n某某,困难群众,{TELEPHONE},{IDENTITY}\n")
    shown = office.get(preview["Location"]).content.decode()
    assert "138****8000" in shown
    assert TELEPHONE not in shown
    stored = everything_stored()
    assert row.telephone.stored in stored
    for number in (TELEPHONE, IDENTITY, ACCOUNT):
        assert number not in stored
    assert open_text(one.query, "export query") == f"q={TELEPHONE}"


def test_a_sheet_is_gone_once_it_is_saved_or_nobody_came_back_to_it(
    office: Client, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    visit = make(world, "visits")
    sheet = f"年度,慰问活动,姓名,对象类别\n2024,{visit.code},某某,困难群众\n"
    saved = upload(office, sheet)["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        office.post(saved, {"act": "save"})
    left = SheetImport.objects.get()
    assert left.written, office.get(saved).content.decode()
    assert not left.file.storage.exists(left.file.name or "x")
    upload(office, sheet)
    long_ago = timezone.now() - timedelta(days=8)
    SheetImport.objects.filter(written__isnull=True).update(uploaded_at=long_ago)
    clear_residue()
    assert list(SheetImport.objects.all()) == [left]


def test_a_ledger_started_with_another_key_says_so(row: Recipient, settings: Any) -> None:
    assert opens_numbers()
    settings.PERSONAL_KEY = bytes(32)
    assert not opens_numbers()


def test_after_the_key_changed_a_form_left_alone_keeps_what_cannot_be_opened(
    row: Recipient, office: Client, settings: Any
) -> None:
    held = row.telephone.stored
    own = settings.PERSONAL_KEY
    settings.PERSONAL_KEY = bytes(32)
    page = office.get(path("register_edit", row))
    assert "打不开" in page.content.decode()
    given = {one.name: one.value() or "" for one in page.context["form"]}
    office.post(path("register_edit", row), {**given, "goods": "面粉"})
    settings.PERSONAL_KEY = own
    row.refresh_from_db()
    assert (row.goods, row.telephone.stored, row.telephone.reveal()) == ("面粉", held, TELEPHONE)


def test_numbers_are_read_however_they_are_spaced() -> None:
    assert tidy(" 138-0013　8000") == TELEPHONE
    assert tidy("１３８００１３８０００") == TELEPHONE
