"""What travels with every page: headers, cookies, hosts, forged posts and addresses to go on to."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import World
from tests.contract.builders import client_of, make
from tests.contract.test_reach import LINES, LOGGED_IN, MADE, OFFICE, address, filled, proposal

ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]


@pytest.mark.parametrize("name", ["home", "login", "register_list", "people"])
def test_every_page_says_what_a_browser_may_do_with_it(name: str, world: World) -> None:
    page = client_of(world.mei).get(filled(name))
    policy = page["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert (page["X-Frame-Options"], page["X-Content-Type-Options"]) == ("SAMEORIGIN", "nosniff")
    assert page["Referrer-Policy"] == "same-origin"


def test_the_log_in_travels_in_a_cookie_that_no_script_reads(world: World) -> None:
    client = Client()
    given = {"username": "mei", "password": "a-long-test-password"}
    client.post(reverse("login"), given)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_another_host_name_is_refused(world: World) -> None:
    assert Client().get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nothing_leads_on_to_another_host(target: str, world: World) -> None:
    given = {"username": "mei", "password": "a-long-test-password", "next": target}
    ways = [
        ("login", given),
        ("choose_display", {"next": target}),
        ("set_language", {"next": target, "language": "en"}),
    ]
    for name, posted in ways:
        answer = Client().post(reverse(name), posted)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/")
        assert "evil" not in answer["Location"]


def test_a_post_forged_by_another_site_is_refused_everywhere(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_of(world.mei).cookies
    paths = [filled(name) for name in (*LOGGED_IN.split(), *OFFICE.split())]
    made: dict[str, Any] = {"source": proposal(world).source}
    made["proposal"] = made["source"].proposals.get()
    for name, _action, of in LINES:
        if of not in made:
            made[of] = MADE[of](world) if of in MADE else make(world, of)
        paths.append(address(name, of, made[of], world))
    for path in paths:
        assert client.post(path, {"reason": "x"}).status_code == 403, path


@pytest.mark.parametrize("name", ["../../x", "..%2f..%2fetc%2fpasswd", "a\\b", "x\x00y"])
def test_no_address_leads_out_of_the_files(name: str, world: World) -> None:
    for path in (f"/static/{name}", f"/sources/1/file/{name}", f"/registers/{name}/"):
        assert client_of(world.mei).get(path).status_code in (400, 404)
