"""What the contract tests start from, made from the samples alone: rows, typed forms, clients."""

from time import time
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import reverse

from laoqu.access.idle import RENEWED
from laoqu.register.models import Record
from laoqu.register.names import name_of
from laoqu.register.registry import Register
from tests.cast import World
from tests.contract.samples import SAMPLES, Sample

LEDGERS = [slug for slug, register in Register.registers.items() if register.is_ledger]
each_ledger = pytest.mark.parametrize("slug", LEDGERS)
each_register = pytest.mark.parametrize("slug", list(Register.registers))


def make(world: World, slug: str, **changes: Any) -> Record:
    """A row of 永济市 at 高市村, of the water bureau, not public unless asked."""
    sample = sample_of(slug)
    village = changes.pop("village", world.places["高市村"])
    own = {"association": world.yongji, "year": 2024, "visibility": "internal", **sample.row}
    if sample.organisation:
        own[sample.organisation] = world.water
    own |= {name: parent(world, of) for name, of in sample.parents.items() if name not in changes}
    own |= {name: world.places[at] for name, at in sample.villages.items()} | changes
    model: Any = Register.registers[slug].model
    many = {n: own.pop(n) for n in sample.parents if model._meta.get_field(n).many_to_many}
    row: Any = model(**own)
    row.save()
    for name, related in many.items():
        getattr(row, name).set([related])
    if sample.places:
        row.places.set([village])
    return row  # type: ignore[no-any-return]


def make_elsewhere(world: World, slug: str) -> Record:
    """The same of another bureau, at a village of another township."""
    sample, village = sample_of(slug), world.places["新源村"]
    changes: dict[str, Any] = {n: make_elsewhere(world, of) for n, of in sample.parents.items()}
    changes |= dict.fromkeys(sample.villages, village)
    if sample.organisation:
        changes[sample.organisation] = world.finance
    return make(world, slug, village=village, **changes)


def sample_of(slug: str) -> Sample:
    """The test data of a register; fails with a sentence where there is none."""
    if slug not in SAMPLES:
        pytest.fail(f'write "{slug}": Sample(row=…, typed=…) into tests/contract/samples.py')
    return SAMPLES[slug]


def parent(world: World, slug: str) -> Record:
    """The one row of another register to which rows belong."""
    model: Any = Register.registers[slug].model
    found = model.objects.filter(association=world.yongji).first()
    return found or make(world, slug)


def typed_into(world: World, slug: str) -> dict[str, str]:
    """What a person types into the form of a register."""
    sample = sample_of(slug)
    parents = {name: name_of(parent(world, of)) for name, of in sample.parents.items()}
    return {**sample.typed, **parents, "visibility": "internal"}


def client_of(person: Any) -> Client:
    """A browser in which this person has logged in, without what a log-in itself writes."""
    client = Client()
    if person.is_authenticated:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session[RENEWED] = int(time())
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


def pages_of(row: Record, slug: str) -> dict[str, str]:
    return {
        "detail": reverse("register_detail", args=[slug, row.pk]),
        "edit": reverse("register_edit", args=[slug, row.pk]),
        "void": reverse("register_void", args=[slug, row.pk]),
        "restore": reverse("register_restore", args=[slug, row.pk]),
        "history": reverse("register_history", args=[slug, row.pk]),
    }
