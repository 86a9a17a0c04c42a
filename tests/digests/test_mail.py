"""The digest as a mail: compiled templates, headers (RFC 8058, RFC 5322), text, languages, hostile words (TC-10)."""

import email
import email.policy
import re
from dataclasses import replace
from email.utils import parsedate_to_datetime
from html import unescape

import pytest
from django.core.management import call_command

from common.mail import build
from digests import composing
from digests.assembling import MARK
from digests.composing import compose_chunk
from digests.mjml import compiled
from digests.planning import plan
from digests.rendering import LONGEST, MUTES, ROWS, drawn
from notifications.actions import follow
from notifications.models import Delivery
from notifications.tasks import send_chunk
from taxonomy.models import Theme
from tests.digests.test_composing import BEFORE, MONDAY
from tests.factories import ProjectFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(settings):
    """Returns a function that makes the message of a reader's digest about one project; its `mail` makes what that is built from."""
    settings.SITE_URL = "https://portal.example.org"

    def mail(language="en", **words):
        user = SubscriptionFactory(started_at="2026-11-01T00:00Z", user__language=language).user
        theme = Theme.objects.get(slug="energy")
        follow(user, theme)
        project = ProjectFactory(published_at=BEFORE)
        project.themes.add(theme)
        project.texts.update(**{"title": "Warm water", "summary": "From the sewer.", "language": "en", **words})
        plan(MONDAY)
        deliveries = list(Delivery.objects.select_related("user"))
        compose_chunk(deliveries, MONDAY)
        return deliveries[0].mail

    def made(language="en", **words):
        return build(mail(language, **words))

    made.mail = mail
    return made


def test_what_is_compiled_is_as_new_as_its_source():
    assert [path.name for path, text in compiled().items() if path.read_text() != text] == []


def test_promise_9_headers_of_one_click_as_rfc_8058_wants_them(write):
    """One https address in angle brackets, the pair of fields, and the same address to click in text and HTML."""
    message = write()
    sent = message.message()
    (address,) = re.findall(r"^<(https://portal\.example\.org/en/digest/unsubscribe/[^<>,\s]+)>$", sent["List-Unsubscribe"])
    assert (sent["List-Unsubscribe-Post"], sent["List-Id"]) == ("List-Unsubscribe=One-Click", "<digest.portal.example.org>")
    assert (sent["Auto-Submitted"], sent["Precedence"]) == ("auto-generated", "list")
    assert (address in message.body, address in message.alternatives[0][0]) == (True, True)


ONCE = (
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "List-Id",
)
LONG = "Speciallægepraksisplanlægningsstabiliseringsperiode"


@pytest.mark.parametrize(
    "title", ["Lamps 💡 ved søen", f"{LONG} {LONG} {LONG}", "æ" * 300, "A\r\nBcc: x@example.org\r\n\r\nHello", "x" * 300]
)
def test_promise_10_headers_as_rfc_5322_wants_them(write, title):
    """Each once, in ASCII, folded before column 78 where there is a blank, ended by CRLF; two parts of which the text comes first."""
    wire = write("da", title=title).message().as_bytes(linesep="\r\n")
    head, _end, _body = wire.partition(b"\r\n\r\n")
    lines, read = head.decode("ascii").split("\r\n"), email.message_from_bytes(wire, policy=email.policy.default)
    assert {name: len(read.get_all(name, [])) for name in ONCE} == dict.fromkeys(ONCE, 1)
    assert [line for line in lines if len(line) > 78 and " " in line.strip()[line.find(":") + 2 :]] == []
    assert (max(map(len, wire.split(b"\r\n"))) <= 998, b"\n" in wire.replace(b"\r\n", b""), b"\r" in wire.replace(b"\r\n", b"")) == (
        True, False, False,
    )  # fmt: skip
    assert [part.get_content_type() for part in read.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert (read["Bcc"], len(read["To"].addresses), parsedate_to_datetime(read["Date"]).year > 2025) == (None, 1, True)
    assert re.fullmatch(r"<[0-9a-f-]{36}@portal\.example\.org>", read["Message-ID"])


def test_promise_10_the_subject_is_read_as_it_was_written(write):
    wire = write("da", title="Lamper 💡 ved søen").message().as_bytes()
    assert email.message_from_bytes(wire, policy=email.policy.default)["Subject"] == "Lamper 💡 ved søen"


def test_promise_10_the_text_part_is_written_for_people(write):
    """Lines one can read, each address on a line of its own, what belongs to a row below it, nothing left of HTML."""
    message = write(title="Pumps & <pipes>", summary="It's “warm” & cheap. " * 12)
    lines = message.body.split("\n")
    assert [line for line in lines if len(line) > 76 and not re.fullmatch(r" *https://\S+", line)] == []
    assert re.findall(r"&\w+;|&#|</?\w+[ >]", message.body.replace("<pipes>", "")) == []
    row = lines[lines.index("* Pumps & <pipes>") :]
    row = row[: row.index("")]
    assert all(line.startswith("  ") for line in row[1:])
    assert re.fullmatch(r"  https://portal\.example\.org/en/projects/[\w-]+/", row[-1])
    html_addresses = {unescape(one) for one in re.findall(r'href="([^"]+)"', message.alternatives[0][0])}
    assert html_addresses - set(re.findall(r"https://\S+", message.body)) == set()


def test_promise_10_the_fullest_mail_is_below_the_size_at_which_it_is_cut(write):
    """Letters of two bytes, everything as long as it may be, as many rows, headings and names as there may be."""
    mail = write.mail()
    row = drawn("Æ" * 300, "Å" * LONGEST, "Ø" * 160, "/da/projects/" + "x" * 80, "da", "Fordi du følger " + "Æ" * 60, "#cf6a32")
    section = {"label": "Nye projekter", "rows": [row] * 4, "more": "+ 96 flere", "more_url": "https://portal.example.org/" + "y" * 90}
    mutes = [{"label": "Æ" * 60, "url": "https://portal.example.org/" + "z" * 120}] * MUTES
    context = {**mail.context, "sections": [section] * (ROWS // 4), "mutes": mutes, "title": "Æ" * 60, "matter": "Æ" * 60 * MUTES}
    html = build(replace(mail, context=context)).alternatives[0][0]
    assert (html.count("<h3"), len(html.encode()) < 100_000) == (ROWS, True)


def test_promise_10_nothing_is_asked_of_elsewhere_and_headings_come_in_their_order(write):
    html = write().alternatives[0][0]
    assert re.findall(r"<(?:img|script|link|iframe|object|video|form|input)\b|url\(|@import|@font-face", html) == []
    assert re.findall(r"<(h\d)", html) == ["h1", "h2", "h3"]
    assert {unescape(one) for one in re.findall(r'(?:href|src)="(https?://[^/"]+)', html)} == {"https://portal.example.org"}
    assert re.findall(r"display:none;[^>]*>([^<]*)<", html) == ["Smart City Portal"]  # the line mail programs show before it is opened


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


def test_tc10_the_mark_at_which_rows_are_cut_may_stand_in_what_people_write(write):
    message = write(title=f"War{MARK}m water", summary=f"From {MARK} the sewer.")
    parts = [part.partition("Warm water")[2] for part in (message.alternatives[0][0], message.body)]
    assert [("sewer" in part, part.count("Because you follow")) for part in parts] == [(True, 1)] * 2
