"""The fixtures of the whole suite; docs/testing.md tells how to use them."""

import os
import shutil
from collections import Counter
from pathlib import Path
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import chromium, databases, missing

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
#: So many rows of one parametrised test are run on another version of PostgreSQL: they ask the same statements.
ROWS_OF_A_TABLE = 3
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "client", "django_user_model"}


# ---- the run


def pytest_addoption(parser):
    parser.addoption("--database-only", action="store_true", help="only tests that touch the database, without browser and processes")
    parser.addoption("--soak", action="store_true", help="the full numbers of long cases; what they print is kept in benchmarks/results")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--database-only"):
        return
    chosen, rows = {}, Counter()
    for item in items:
        rows[test := item.nodeid.split("[")[0]] += 1
        chosen[item.nodeid] = touches_database(item) and rows[test] <= ROWS_OF_A_TABLE
    config.hook.pytest_deselected(items=[item for item in items if not chosen[item.nodeid]])
    items[:] = [item for item in items if chosen[item.nodeid]]


def touches_database(item):
    if any(item.get_closest_marker(name) for name in ("browser", "process", "any_version")):
        return False
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames))


def pytest_runtest_logreport(report):
    missing.count(report)


def pytest_unconfigure(config):
    """After pytest's own closing line: what was not run for want of something on this machine."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter and missing.last_line() and not hasattr(config, "workerinput"):
        reporter.write_line(missing.last_line(), yellow=True)


# ---- databases


@pytest.fixture(scope="session")
def worker():
    """The name of this process in a parallel run."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def reference_template():
    """A database with migrations and reference data, made once for all workers."""
    return databases.ensure_template("template")


@pytest.fixture(scope="session")
def demo_template():
    """The same with demo content; made when the first test asks for it."""
    return databases.ensure_template("demo", "--demo")


@pytest.fixture(scope="session")
def django_db_setup(reference_template, worker, django_test_environment, django_db_blocker):
    """The worker's own clone of the template; tests in a transaction share it."""
    clone = databases.in_use(reference_template, databases.name(worker))
    with django_db_blocker.unblock():
        clone.__enter__()
    yield  # blocked again: a test that forgets the `db` fixture fails instead of leaving rows for others
    with django_db_blocker.unblock():
        clone.__exit__(None, None, None)


def is_transactional(request):
    marker = request.node.get_closest_marker("django_db")
    return {"transactional_db", "live_server"} & set(request.fixturenames) or (marker and marker.kwargs.get("transaction"))


@pytest.fixture
def own_database(request, django_db_setup, django_db_blocker, worker):
    """A clone of its own for a test that commits, dropped afterwards: reference data survive, no table is flushed."""
    if not is_transactional(request):
        yield
        return
    from django.test import TransactionTestCase

    source = request.getfixturevalue("demo_template" if "demo_site" in request.fixturenames else "reference_template")
    unflushed = mock.patch.object(TransactionTestCase, "_fixture_teardown", lambda self: None)
    with unflushed, django_db_blocker.unblock(), databases.in_use(source, databases.name(f"{worker}_own")):
        yield


@pytest.fixture
def _django_db_helper(own_database, _django_db_helper):
    """pytest-django's fixture, after the clone is made and before it is dropped."""
    return _django_db_helper


@pytest.fixture(autouse=True)
def empty_cache():
    """No test sees what another one left in the cache."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def portals_language():
    """No test reads in the language that another one's last request was answered in."""
    from django.utils import translation

    translation.deactivate()


# ---- counting queries


@pytest.fixture
def count_queries(client):
    """Returns a function: GET an address, expect 200, return the number of queries."""

    def count(address, **headers):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            response = client.get(address, **headers)
        assert response.status_code == 200
        return len(seen)

    return count


@pytest.fixture
def same_queries(count_queries):
    """Returns a function that holds a list page to one query count with 1 and 30 rows, and returns that count.

    `add_row` makes one row. The address is fetched once before counting, so that caches of the process are warm.
    """

    def check(address, add_row):
        add_row()
        count_queries(address)
        with_one = count_queries(address)
        for _ in range(29):
            add_row()
        assert count_queries(address) == with_one
        return with_one

    return check


# ---- the cast of permission tests (product.md)


@pytest.fixture
def organisation(db):
    """The organisation that colleague, editor and owner belong to."""
    from tests.factories import OrganisationFactory

    return OrganisationFactory(name="Lejre Kommune", slug="lejre-kommune")


@pytest.fixture
def nobody():
    """Somebody who is not signed in."""
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


@pytest.fixture
def stranger(db):
    """A member of no organisation."""
    from tests.factories import UserFactory

    return UserFactory(name="Stranger")


def of(organisation, role, **fields):
    from tests.factories import MembershipFactory

    return MembershipFactory(organisation=organisation, role=role, **{f"user__{key}": value for key, value in fields.items()}).user


@pytest.fixture
def colleague(organisation):
    return of(organisation, "member", name="Colleague")


@pytest.fixture
def editor(organisation):
    return of(organisation, "editor", name="Editor")


@pytest.fixture
def owner(organisation):
    return of(organisation, "owner", name="Owner")


@pytest.fixture
def moderator(db):
    from tests.factories import UserFactory

    return UserFactory(name="Moderator", moderator=True)


@pytest.fixture
def suspended(organisation):
    """An owner whose account is suspended."""
    return of(organisation, "owner", name="Suspended", suspended=True)


CAST = ("nobody", "stranger", "colleague", "editor", "owner", "moderator", "suspended")


@pytest.fixture(params=CAST)
def anyone(request):
    """Each member of the cast in turn; `anyone.part` is the name of the part."""
    person = request.getfixturevalue(request.param)
    person.part = request.param
    return person


# ---- browser


@pytest.fixture(scope="session")
def chromium_path():
    return chromium.find() or missing.leave_out("Chromium")


@pytest.fixture(scope="session")
def browser(chromium_path):
    """Chromium with a fresh profile."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, and Django would take the test for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=chromium_path, headless=True, args=list(chromium.FLAGS))
        yield program
        program.close()


@pytest.fixture
def new_page(browser):
    """Returns a function that opens a page, given Playwright's context options such as `java_script_enabled=False`.

    At the end of the test no page may have asked another site, broken the policy or failed in a script.
    """
    contexts = []

    def open_page(**options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **options})
        context.set_default_timeout(15_000)
        contexts.append((context, chromium.Watch(context)))
        return context.new_page()

    yield open_page
    seen = [(watch.outside, watch.errors) for _context, watch in contexts]
    for context, _watch in contexts:
        context.close()
    assert seen == [([], [])] * len(seen)


@pytest.fixture
def page(new_page):
    """One page at 1280 pixels, light, in English."""
    return new_page()


@pytest.fixture
def live_site(live_server):
    """The address of a running portal with reference data only, on a database of this test."""
    return live_server.url


@pytest.fixture
def demo_site(live_server):
    """The address of a running portal with demo content, on a database of this test."""
    return live_server.url


# ---- what stands beside the project, or not


@pytest.fixture(scope="session")
def shared_data():
    """The folder with the real data sets: PORTAL_SHARED_DATA, or shared/data beside the checkout."""
    folder = Path(os.environ.get("PORTAL_SHARED_DATA") or BESIDE)
    return folder if folder.is_dir() else missing.leave_out("the shared data")


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory):
    """The address of a Redis: REDIS_URL, or a server of this run."""
    from tests.support import servers

    if os.environ.get("REDIS_URL"):
        yield os.environ["REDIS_URL"]
        return
    program = shutil.which("redis-server") or missing.leave_out("Redis")
    with servers.redis(program, tmp_path_factory.mktemp("redis")) as url:
        yield url
