"""Journey 4: register, choose what the digest is about, receive it, click through, keep a group out of it, stop it without signing in.

With everything real: gunicorn, a worker, a broker, a mail server and a browser; what is done is read in the mails that arrived.
"""

import re
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from playwright.sync_api import expect

from conversations.models import Post, Thread
from digests.models import Muted, Subscription
from notifications.models import Delivery
from taxonomy.models import Theme
from tests.factories import GroupMembershipFactory, ProjectFactory, UserFactory
from tests.support.axe import sideways, violations
from tests.support.servers import free_port, running, wait_for_port

pytestmark = [pytest.mark.process, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READER, PASSWORD = "ida.holm@lejre.example", "laid-again-elsewhere-9"


@pytest.fixture
def site(room, tmp_path):
    """The address of a portal as production runs it, whose worker sends to this test's mail server."""
    port = free_port()
    room.environ |= {
        "SITE_URL": f"http://localhost:{port}", "ALLAUTH_TRUSTED_PROXY_COUNT": "0", "BIND": "127.0.0.1", "PORT": str(port),
        "WEB_CONCURRENCY": "2", "STATIC_ROOT": str(tmp_path / "static"), "MEDIA_ROOT": str(tmp_path / "media"),
    }  # fmt: skip
    build = [settings.BASE_DIR / "deploy" / "build-static", sys.executable, room.environ["STATIC_ROOT"]]
    subprocess.run(build, env=room.environ, check=True, capture_output=True)
    argv = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "portal.wsgi"]
    with open(tmp_path / "web.log", "w") as log, running(argv, env=room.environ, cwd=settings.BASE_DIR, stdout=log, stderr=log) as web:
        wait_for_port(port, 60, web)
        room.start()
        yield room.environ["SITE_URL"]


@pytest.fixture
def next_mail(room):
    """Returns a function that waits for the next mail that arrives and returns it."""
    seen = []

    def wait():
        deadline = time.monotonic() + 60
        while len(room.sink.accepted) == len(seen) and time.monotonic() < deadline:
            time.sleep(0.05)
        seen.append(room.sink.messages[len(seen)])
        return seen[-1]

    return wait


def test_promise_9_from_registering_to_stopping_without_signing_in(site, room, sink, new_page, next_mail):
    page = new_page()
    page.context.set_default_timeout(60_000)
    register(page, site, next_mail)
    choose(page, site)
    choose_without_a_script(new_page, page, site)
    happen()
    mail = a_week_later(room, next_mail)
    reader = new_page()  # another browser, where nobody is signed in
    read_in_the_mail(reader, mail, site)
    keep_the_group_out(reader, mail)
    stop(reader, mail)
    come_again_and_stop_by_the_button_of_the_mail_program(reader, mail)
    a_week_later(room)
    assert (len(sink.receivers), set(sink.receivers)) == (2, {READER})
    assert list(Delivery.objects.filter(list="digest").values_list("state", flat=True)) == ["sent"]


def register(page, site, next_mail):
    page.goto(f"{site}/en/accounts/signup/")
    page.get_by_label("Your name").fill("Ida Holm")
    page.get_by_label("E-mail address").fill(READER)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("I accept").check()
    page.get_by_role("button", name="Create the account").click()
    page.goto(re.search(r"http\S+/confirm-email/\S+", text_of(next_mail())).group())
    page.get_by_role("button", name="Yes, confirm it").click()
    expect(page.get_by_text("Ida Holm").first).to_be_visible()


def choose(page, site):
    page.goto(f"{site}/en/digest/")
    page.get_by_label("Energy").check()
    page.get_by_label("Every week").check()
    page.get_by_label("Day of the week").select_option("Friday")
    page.get_by_role("button", name="Keep these choices").click()
    expect(page.get_by_text("Your choices are kept. The next digest comes on Friday")).to_be_visible()
    assert (violations(page), sideways(page)) == ([], 0)


def choose_without_a_script(new_page, page, site):
    plain = new_page(java_script_enabled=False, storage_state=page.context.storage_state())
    plain.goto(f"{site}/en/digest/")
    expect(plain.get_by_label("Energy")).to_be_checked()
    plain.get_by_label("Day of the week").select_option("Tuesday")
    plain.get_by_label("Pause until").fill("2001-01-01")
    plain.get_by_role("button", name="Keep these choices").click()
    expect(plain.get_by_text("This day has come already.").first).to_be_visible()
    plain.get_by_label("Pause until").fill("")
    plain.get_by_role("button", name="Keep these choices").click()
    expect(plain.get_by_text("Your choices are kept. The next digest comes on Tuesday")).to_be_visible()


def happen():
    """A project on the theme, and two posts in a group of the reader's."""
    row, now = Subscription.objects.get(), timezone.now()
    ProjectFactory(slug="warm-water", published_at=now, text__title="Warm water").themes.add(Theme.objects.get(slug="energy"))
    group = GroupMembershipFactory(user=row.user, group__slug="heat", group__text__name="Heat at home", news="digest").group
    kind = ContentType.objects.get_for_model(group)
    thread = Thread.objects.create(target_type=kind, target_id=group.pk, title="Which pumps?", language="en", started_by=UserFactory(),
                                   created_at=now, last_post_at=now, post_count=2)  # fmt: skip
    for number in (1, 2):
        Post.objects.create(thread=thread, number=number, author=thread.started_by, text="Loud ones.", language="en", created_at=now)


def a_week_later(room, next_mail=None):
    """The chosen moment has come, and the scheduler ticks."""
    now = timezone.localtime()
    before = now - timedelta(days=7)
    Subscription.objects.update(weekday=now.weekday(), hour=now.hour, since=before, started_at=before)
    room.broker.send_task("digests.tick")
    return next_mail() if next_mail else room.wait_for_mails(100, 5)


def read_in_the_mail(page, mail, site):
    assert (mail["Subject"], mail["To"].addresses[0].addr_spec) == ("Which pumps?, and 1 more", READER)
    open_mail(page, mail)
    assert (violations(page), page.get_by_role("heading", level=1).count()) == ([], 1)
    page.get_by_role("link", name="Warm water").click()
    expect(page).to_have_url(f"{site}/en/projects/warm-water/")


def keep_the_group_out(page, mail):
    open_mail(page, mail)
    page.get_by_role("link", name="Heat at home").click()
    assert (violations(page), Muted.objects.count()) == ([], 0)
    page.get_by_role("button", name="Keep it out").click()
    expect(page.get_by_role("heading", name="It is kept out of your digest")).to_be_visible()
    assert (violations(page), str(Muted.objects.get().target)) == ([], "Heat at home")


def stop(page, mail):
    open_mail(page, mail)
    page.get_by_role("link", name="Stop this mail").click()
    assert (violations(page), Subscription.objects.get().frequency) == ([], "weekly")
    page.get_by_role("button", name="Stop the digest", exact=True).click()
    expect(page.get_by_role("heading", name="The digest is stopped")).to_be_visible()
    assert (violations(page), Subscription.objects.get().frequency) == ([], "off")


def come_again_and_stop_by_the_button_of_the_mail_program(page, mail):
    page.get_by_role("button", name="That was a mistake").click()
    expect(page.get_by_role("heading", name="It comes again")).to_be_visible()
    assert Subscription.objects.get().frequency == "weekly"
    posted = urllib.request.Request(mail["List-Unsubscribe"].strip("<>"), mail["List-Unsubscribe-Post"].encode())
    with urllib.request.urlopen(posted, timeout=30) as answer:
        assert (answer.status, answer.url, Subscription.objects.get().frequency) == (200, posted.full_url, "off")


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def open_mail(page, mail):
    """As a mail program shows it."""
    page.goto("about:blank")
    page.set_content(mail.get_body(("html",)).get_content())
