"""Material handed in through the page, read at once instead of beside it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.cast import World

from laoqu.intake import services
from laoqu.intake.models import Reading
from laoqu.register.models import Source

TEXT = """永济市老促会2024年帮扶情况

2024年，市水利局投资80万元，为高市村、韩村改造巷道排水。
市财政局投资20万元，为新源村修建广场。
"""
HandIn = Callable[..., Any]


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(reading: Reading) -> None:
        services.run(reading.pk)

    monkeypatch.setattr(services, "start", start)


@pytest.fixture
def office(world: World, at_once: None) -> Client:
    """Mei's browser."""
    client = Client()
    client.force_login(world.mei)
    return client


@pytest.fixture
def hand_in(office: Client) -> HandIn:
    """Upload a file as Mei; gives the answer of the page."""

    def upload(name: str, data: bytes, **more: str) -> Any:
        file = SimpleUploadedFile(name, data)
        return office.post(reverse("intake"), {"file": file, **more})

    return upload


@pytest.fixture
def source(hand_in: HandIn, world: World) -> Source:
    """A short report of two lines, read and waiting; 市水利局 and 市财政局 are known."""
    water, finance = world.water, world.finance
    water.aliases.create(name="市水利局")
    finance.aliases.create(name="市财政局")
    answer = hand_in("情况.txt", TEXT.encode())
    assert answer.status_code == 302, answer.content.decode()
    return Source.objects.select_related("association").get()
