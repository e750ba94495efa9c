"""Log-in by the rules of level 2: lock-out, password kinds, idle time, an audit trail."""

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.access.audit import AuditEntry, first_broken_entry, write_entry
from laoqu.access.idle import PAUSE, RENEWED

PASSWORD = "a-long-test-password"


def log_in(client: Client, password: str) -> int:
    answer = client.post(reverse("login"), {"username": "mei", "password": password})
    return answer.status_code


def test_the_fifth_wrong_password_locks_the_account_even_for_the_right_one(world: World) -> None:
    client = Client()
    assert [log_in(client, "wrong") for _ in range(5)] == [200, 200, 200, 200, 429]
    assert log_in(client, PASSWORD) == 429
    locked = client.post(reverse("login"), {"username": "mei", "password": PASSWORD})
    assert "30 分钟" in locked.content.decode()


def test_log_ins_and_failures_are_written_down_with_their_address(world: World) -> None:
    client = Client()
    log_in(client, "wrong")
    log_in(client, PASSWORD)
    client.post(reverse("logout"))
    entries = [(e.actor, e.act, e.succeeded, e.address) for e in AuditEntry.objects.all()]
    assert entries == [
        ("mei", "登录", False, "127.0.0.1"),
        ("mei", "登录", True, "127.0.0.1"),
        ("mei", "退出", True, "127.0.0.1"),
    ]


def test_the_trail_cannot_be_changed_and_shows_where_it_was(db: None) -> None:
    entries = [write_entry("mei", "登录") for _ in range(3)]
    assert first_broken_entry() is None
    with pytest.raises(TypeError):
        entries[1].save()
    with pytest.raises(TypeError):
        entries[1].delete()
    every = AuditEntry.objects.filter(pk=entries[1].pk)
    with pytest.raises(TypeError):
        every.update(actor="lin")
    with pytest.raises(TypeError):
        every.delete()
    entries[1].actor = "lin"
    with pytest.raises(TypeError):
        AuditEntry.objects.bulk_update(entries, ["actor"])
    AuditEntry._base_manager.filter(pk=entries[1].pk).update(actor="lin")  # as with a tool
    assert first_broken_entry() == entries[1]


def test_two_entries_at_the_same_moment_stand_one_behind_the_other(db: None) -> None:
    write_entry("mei", "登录")
    first = AuditEntry.objects.get()
    late = AuditEntry(at=first.at, actor="lin", act="登录", previous=first.previous)
    late.fingerprint = late.digest()
    with pytest.raises(IntegrityError), transaction.atomic():
        late.save()
    write_entry("lin", "登录")
    assert first_broken_entry() is None


def test_an_office_reads_the_trail_of_its_own_association_alone(world: World) -> None:
    for person in (world.mei, world.shui, world.lin):
        client = Client()
        client.force_login(person)
    log_in(Client(), "wrong")
    Client().post(reverse("login"), {"username": "nobody", "password": "wrong"})
    office = Client()
    office.force_login(world.lin)
    page = office.get(reverse("audit"))
    assert {entry.actor for entry in page.context["page"]} == {"lin", "nobody"}
    assert page.context["broken"] is None


def test_a_removed_entry_breaks_the_chain_behind_it(db: None) -> None:
    entries = [write_entry("mei", "登录") for _ in range(3)]
    AuditEntry.objects.filter(pk=entries[1].pk)._raw_delete("default")
    assert first_broken_entry() == entries[2]


@pytest.mark.parametrize("weak", ["12345678", "abcdefgh1", "Mei12"])
def test_weak_passwords_are_refused_in_a_sentence(weak: str, world: World) -> None:
    with pytest.raises(ValidationError):
        validate_password(weak, world.mei)


def test_a_session_ends_after_half_an_hour_without_a_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.SESSION_COOKIE_AGE == 30 * 60
    client = Client()
    client.force_login(world.mei)
    before = 1_700_000_000
    for seconds, renewed in ((PAUSE - 1, False), (PAUSE, True)):
        monkeypatch.setattr("laoqu.access.idle.time", lambda now=before + seconds: now)
        session = client.session
        session[RENEWED] = before
        session.save()
        client.get(reverse("home"))
        assert (client.session[RENEWED] > before) is renewed
