"""Promise 11 in a real browser: a run is watched while its mails go out to a slow mail server, and the bar advances by itself."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from digests.planning import plan
from notifications.actions import follow
from notifications.models import Delivery
from notifications.tasks import send_chunk
from taxonomy.models import Theme
from tests.factories import ProjectFactory, SubscriptionFactory, UserFactory
from tests.support import smtp
from tests.support.axe import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READERS = 40


@pytest.fixture
def sink(settings):
    """A mail server that takes its time."""
    with smtp.sink() as running:
        settings.EMAIL_BACKEND = "common.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, running.pause = "127.0.0.1", running.port, 0.15
        yield running


@pytest.fixture
def run(monkeypatch):
    """Planned, and nobody sends yet."""
    monkeypatch.setattr("digests.planning.wake", lambda *_arguments: None)
    now, theme = timezone.localtime(), Theme.objects.get(slug="energy")
    ProjectFactory(published_at=now - timedelta(days=1)).themes.add(theme)
    since = now - timedelta(days=30)
    for number in range(READERS):
        word = "never" if number % 20 == 7 else "reader"
        row = SubscriptionFactory(
            user__email=f"{word}-{number}@example.org", frequency="daily", hour=now.hour, since=since, started_at=since
        )
        follow(row.user, theme)
    return plan()


def send_all():
    try:
        while send_chunk(timezone.now()):
            pass
    finally:
        connection.close()


@pytest.fixture
def administrating(page, live_site):
    """The page of an administrator who is signed in."""
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_site}])
    return page


def test_a_run_is_watched_live(administrating, live_site, run, sink):
    page = administrating
    page.goto(f"{live_site}/cms/digests/{run.pk}/")
    page.evaluate("window.opened = 'once'")
    bar = page.locator("[data-part=progress] progress")
    assert (bar.get_attribute("value"), bar.get_attribute("max")) == ("0", str(READERS))
    sender = threading.Thread(target=send_all)
    sender.start()
    page.wait_for_function(f"(value => value > 0 && value < {READERS})(document.querySelector('[data-part=progress] progress').value)")
    assert (violations(page, within="[data-live-url]"), sideways(page)) == ([], 0)
    page.get_by_text("Complete", exact=True).wait_for()
    sender.join()
    assert (page.evaluate("window.opened"), bar.get_attribute("value")) == ("once", str(READERS))
    assert page.locator("[data-part=errors]").inner_text().count("550 5.1.1 No such mailbox") == 1
    assert page.locator("[data-live-url]").get_attribute("data-live") == ""


def test_the_other_pages_are_accessible_and_show_the_mail_in_a_frame(administrating, live_site, run):
    page, reader = administrating, Delivery.objects.filter(run=run).first().user
    for path in ("", "due/", "members/?q=reader", f"members/{reader.pk}/"):
        page.goto(f"{live_site}/cms/digests/{path}")
        assert (path, violations(page, within=".nice-padding"), sideways(page)) == (path, [], 0)
    page.get_by_label("Why do you look?").fill("She asks why none came")
    page.get_by_role("button", name="Show what would come").click()
    page.frame_locator("iframe").get_by_role("heading", level=1).wait_for()
    assert (violations(page, within=".nice-padding"), Delivery.objects.filter(user=reader).count()) == ([], 1)
