"""The digest as a mail: compiled templates, headers (RFC 8058, RFC 5322), text, languages, hostile words (TC-10)."""

import re

import pytest
from django.core.management import call_command

from common.mail import build
from digests import composing
from digests.composing import compose_chunk
from digests.mjml import compiled
from digests.planning import plan
from notifications.actions import follow
from notifications.models import Delivery
from notifications.tasks import send_chunk
from taxonomy.models import Theme
from tests.digests.test_composing import BEFORE, MONDAY
from tests.factories import ProjectFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(settings):
    """Returns a function that makes the message of a reader's digest about one project."""
    settings.SITE_URL = "https://portal.example.org"

    def made(language="en", **words):
        user = SubscriptionFactory(started_at="2026-11-01T00:00Z", user__language=language).user
        theme = Theme.objects.get(slug="energy")
        follow(user, theme)
        project = ProjectFactory(published_at=BEFORE)
        project.themes.add(theme)
        project.texts.update(**{"title": "Warm water", "summary": "From the sewer.", "language": "en", **words})
        plan(MONDAY)
        deliveries = list(Delivery.objects.select_related("user"))
        compose_chunk(deliveries, MONDAY)
        return build(deliveries[0].mail)

    return made


def test_what_is_compiled_is_as_new_as_its_source():
    assert [path.name for path, text in compiled().items() if path.read_text() != text] == []


def test_headers_of_one_click(write):
    message = write().message()
    (address,) = re.findall(r"^<(https://portal\.example\.org/en/digest/unsubscribe/[^>]+)>$", message["List-Unsubscribe"])
    assert (message["List-Unsubscribe-Post"], message["List-Id"], message["Auto-Submitted"]) == (
        "List-Unsubscribe=One-Click", "<digest.portal.example.org>", "auto-generated",
    )  # fmt: skip
    assert all(len(message.get_all(name)) == 1 for name in ("From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe"))
    assert address in message.get_payload()[0].get_payload(decode=True).decode()


@pytest.mark.parametrize(
    "language, subject, end",
    [
        ("en", "When there is nothing new", "one click"),
        ("da", "Når der ikke er noget nyt", "ét klik"),
        ("sv", "När det inte finns något nytt", "ett klick"),
    ],
)
def test_each_language(write, language, subject, end):
    message = write(language)
    html = message.alternatives[0][0]
    text = " ".join(message.body.split())
    assert (subject in text, end in text, f'lang="{language}"' in html) == (True, True, True)
    assert '<h3 lang="en"' in html  # what is written in another language says so
    assert "fonts.googleapis" not in html
    assert "<img" not in html


def test_tc10_words_that_want_to_be_headers_or_markup(write):
    message = write(title="Lamps\r\nBcc: x@example.org <b>", summary="<script>alert(1)</script> ‮ %0d%0aBcc:" + "x" * 1200).message()
    html = message.get_payload()[1].get_payload(decode=True).decode()
    assert (message["Bcc"], len(message.get_all("To")), "\n" in message["Subject"]) == (None, 1, False)
    assert ("<script" in html, "&lt;script&gt;" in html, "<b>" in html) == (False, True, False)


def test_a_whole_run_by_hand(write, mailoutbox, capsys, settings):
    write()
    Delivery.objects.all().delete()
    SubscriptionFactory()
    call_command("send_digests", "--now", "2026-11-23T06:04+00:00", "--dry-run")
    assert capsys.readouterr().out.splitlines()[-1] == "planned=2 sent=0 empty=0 suppressed=0 failed=0 unknown=0"
    type(Delivery.objects.model.run.field.related_model.objects.first()).objects.all().delete()
    call_command("send_digests", "--now", "2026-11-23T06:04+00:00")
    assert capsys.readouterr().out.splitlines()[-1] == "planned=2 sent=1 empty=1 suppressed=0 failed=0 unknown=0"
    call_command("send_digests", "--now", "2026-11-23T06:05+00:00")
    assert (capsys.readouterr().out.splitlines()[-1], len(mailoutbox)) == ("planned=0 sent=0 empty=0 suppressed=0 failed=0 unknown=0", 1)


def test_one_poisoned_reader_stops_no_other(write, mailoutbox, monkeypatch):
    write()
    other = SubscriptionFactory(started_at="2026-11-01T00:00Z").user
    follow(other, Theme.objects.get(slug="energy"))
    plan(MONDAY.replace(minute=14))
    draw = composing.mail_of

    def poisoned(reader, key):
        if reader.user == other:
            raise ValueError("poison")
        return draw(reader, key)

    monkeypatch.setattr(composing, "mail_of", poisoned)
    send_chunk(MONDAY.replace(minute=20))
    assert ({one.user_id: one.state for one in Delivery.objects.all()}[other.pk], len(mailoutbox)) == ("failed", 1)
