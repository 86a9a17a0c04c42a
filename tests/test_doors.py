"""Every address of ours × the cast × own, other and private: what is answered, declared in a table (TC-14).

The addresses are read from the URLconf: one without an entry here fails. Libraries and the administration's own pages are taken by
prefix at the end. A cell is a status; 302 that leads to the sign-in page is written `in`, to the password `pw`.
"""

import re
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from tests.conftest import CAST
from tests.support.door_bookings import BOOKING_DOORS, BOOKING_MAKERS
from tests.support.door_digests import DIGEST_DOORS, DIGEST_MAKERS
from tests.support.door_discussions import DISCUSSION_DOORS, DISCUSSION_MAKERS
from tests.support.door_events import EVENT_DOORS, EVENT_MAKERS
from tests.support.door_groups import GROUP_DOORS, GROUP_MAKERS
from tests.support.door_labs import LAB_DOORS, LAB_MAKERS
from tests.support.door_reports import REPORT_DOORS, REPORT_MAKERS
from tests.support.door_table import DOORS, FOREIGN, Door
from tests.support.door_tests import TEST_DOORS, TEST_MAKERS
from tests.support.door_world import MAKERS, World

pytestmark = [pytest.mark.django_db, pytest.mark.any_version]
DOORS.update(BOOKING_DOORS)
DOORS.update(DISCUSSION_DOORS)
DOORS.update(EVENT_DOORS)
DOORS.update(DIGEST_DOORS)
DOORS.update(GROUP_DOORS)
DOORS.update(LAB_DOORS)
DOORS.update(REPORT_DOORS)
DOORS.update(TEST_DOORS)
MAKERS.update(BOOKING_MAKERS)
MAKERS.update(DISCUSSION_MAKERS)
MAKERS.update(EVENT_MAKERS)
MAKERS.update(DIGEST_MAKERS)
MAKERS.update(GROUP_MAKERS)
MAKERS.update(LAB_MAKERS)
MAKERS.update(REPORT_MAKERS)
MAKERS.update(TEST_MAKERS)
METHODS = ("get", "post")
#: Who tries a method that is not there for anybody.
ONE = ("owner",)


def patterns(found, before=""):
    """(route, pattern) of every address, languages written as `en`."""
    for one in found:
        part = "en/" if isinstance(one.pattern, LocalePrefixPattern) else str(one.pattern)
        if isinstance(one, URLPattern):
            yield before + part, one
        else:
            yield from patterns(one.url_patterns, before + part)


def is_ours(pattern):
    """Whether the view is written here; what a library answers is its own tests' matter, but for who gets in at all."""
    module = getattr(pattern.callback, "view_class", pattern.callback).__module__
    return not module.startswith(("allauth.", "wagtail.", "django.", "csp."))


OURS = sorted({route for route, pattern in patterns(get_resolver().url_patterns) if is_ours(pattern)})
THEIRS = sorted({route for route, pattern in patterns(get_resolver().url_patterns) if not is_ours(pattern)})


def test_every_address_has_its_entry():
    assert [route for route in OURS if route not in DOORS] == []


def test_every_entry_has_its_address():
    assert [route for route in DOORS if route not in OURS] == []


def answer(client, method, address):
    response = getattr(client, method)(address)
    where = urlsplit(response.headers.get("Location", ""))
    if response.status_code == 302 and where.path.endswith("/accounts/login/"):
        return "in"
    if response.status_code == 302 and where.path.endswith("/reauthenticate/"):
        return "pw"
    return str(response.status_code)


def tried(world, method, address, part):
    """The answer, and nothing of what it did."""
    cache.clear()
    with transaction.atomic():
        client = Client()
        if part in world.sessions:
            client.cookies["sessionid"] = world.sessions[part]
        given = answer(client, method, address)
        transaction.set_rollback(True)
    return given


@pytest.fixture
def world(request, organisation, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    cast = {part: request.getfixturevalue(part) for part in CAST}
    return World(organisation, cast)


@pytest.mark.parametrize("route", OURS)
def test_tc14_who_gets_in(route, world):
    door = DOORS.get(route, Door())
    seen, wanted = {}, {}
    for method in METHODS:
        for target, cells in getattr(door, method).items():
            address = "/" + world.address(route, target)
            parts = ONE if set(cells.split()) == {"405"} else CAST
            seen[method, target] = {part: tried(world, method, address, part) for part in parts}
            wanted[method, target] = {part: cell for part, cell in zip(CAST, cells.split(), strict=True) if part in parts}
    assert seen == wanted


def test_tc14_what_libraries_answer_is_known():
    assert [route for route in THEIRS if not any(re.match(prefix, route) for prefix in FOREIGN)] == []


def test_tc14_nobody_but_staff_enters_the_administration(world):
    """Wagtail's own pages, one by one: sign-in for visitors, 403 for members, whatever stands behind."""
    routes = [route for route in THEIRS if route.startswith("cms/") and not re.search(r"[<(^]|login", route)]
    open_to = {}
    for route in routes:
        given = [tried(world, "get", "/" + route, part) for part in ("nobody", "stranger", "owner", "suspended")]
        if given not in (["in", "403", "403", "403"], ["404"] * 4):
            open_to[route] = given
    members = ["403", "403", "403"]
    # Drawings and words of its scripts; its own reset of passwords, which is switched off.
    known = {route: ["200", *members] for route in ("cms/jsi18n/", "cms/sprite/")}
    known |= {route: ["404", *members] for route in routes if route.startswith("cms/password_reset/")}
    assert open_to == known
    assert len(routes) > 50
