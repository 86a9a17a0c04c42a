"""TC-10: what people write stays in the text of a mail and never reaches its headers or markup."""

import email
import email.policy

import pytest
from django.conf import settings

from common.mail import Mail, build, styled

EVIL = [
    "Lamps\r\nBcc: everybody@example.org",
    "Lamps%0d%0aBcc: everybody@example.org",
    "Lamps\nContent-Type: text/html\n\n<script>alert(1)</script>",
    "<a href='https://evil.example'>Lamps</a>",
    "L" * 3000,
    "Lampe\u202egnp.exe\u2066x",
    "Lamps \u2028Bcc: a@example.org \x0b\x0c\x1b[31m",
    "💡" * 400,
]
TEMPLATES = sorted(path.name.removesuffix("_subject.txt") for path in (settings.BASE_DIR / "templates" / "emails").glob("*_subject.txt"))
HEADERS = ["Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
           "Content-Language", "List-Id", "Precedence", "List-Unsubscribe", "List-Unsubscribe-Post"]  # fmt: skip


def sent(text="Lamps", address="a@example.org", **fields):
    context = {
        "headline": text,
        "note": text,
        "quoted": f"> {text}",
        "url": "https://portal.example.org/en/projects/lamps/",
        "button": text,
    }
    given = {
        "why": "You asked.",
        "stop_url": "https://portal.example.org/stop",
        "settings_url": "https://portal.example.org/s",
        "list_name": "at_once",
    }
    message = build(Mail("notice", address, "en", "key-1", context, **(given | fields)))
    text = message.as_sent()
    return text, email.message_from_bytes(text, policy=email.policy.default)


@pytest.mark.parametrize("evil", EVIL)
def test_tc10_no_header_is_added_and_one_receiver_gets_it(evil):
    _text, message = sent(evil)
    assert (message.keys(), message["To"], message["Bcc"]) == (HEADERS, "a@example.org", None)


@pytest.mark.parametrize("evil", EVIL)
def test_tc10_lines_are_short_enough_for_every_server(evil):
    text, _message = sent(evil)
    assert max(len(line) for line in text.split(b"\r\n")) <= 998


@pytest.mark.parametrize("evil", EVIL)
def test_tc10_markup_of_people_is_text(evil):
    html = sent(evil)[1].get_body(("html",)).get_content()
    assert [mark for mark in ("<script", "evil.example'>", "\u202e", "\u2066", "\x1b") if mark in html] == []


def test_tc10_the_direction_of_the_text_part_is_not_turned():
    plain = sent("Lampe\u202egnp.exe")[1].get_body(("plain",)).get_content()
    assert ("\u202e" in plain, "Lampegnp.exe" in plain) == (False, True)


@pytest.mark.parametrize(
    "address", ["a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", "<a@example.org>", "a", "", "a@b@c"]
)
def test_tc10_an_address_is_one_address(address):
    with pytest.raises(ValueError, match="not one e-mail address"):
        sent(address=address)


def test_the_subject_is_one_short_line():
    assert len(sent("word " * 400)[1]["Subject"].strip()) == 150


def test_the_name_of_a_mail_follows_from_its_delivery():
    assert sent()[1]["Message-ID"] == "<key-1@localhost>"


def test_a_mail_that_can_be_stopped_says_so_to_programs_and_people():
    _text, message = sent()
    assert message["List-Unsubscribe"] == "<https://portal.example.org/stop>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert ["https://portal.example.org/stop" in message.get_body((kind,)).get_content() for kind in ("plain", "html")] == [True, True]


def test_a_mail_that_was_asked_for_has_no_stop():
    _text, message = sent(stop_url="", settings_url="", list_name="")
    assert [message[name] for name in ("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id")] == [None, None, None]


def test_every_mail_says_why_it_came():
    _text, message = sent()
    assert ["You asked." in message.get_body((kind,)).get_content() for kind in ("plain", "html")] == [True, True]


def test_nothing_is_fetched_when_a_mail_is_read():
    html = sent()[1].get_body(("html",)).get_content()
    assert [mark for mark in ("<img", "<link", "<script", "url(", "@import") if mark in html] == []


def test_style_is_copied_to_the_elements_and_words_are_left_alone():
    drawn = styled('<p class="note">a &lt;p&gt; b</p>')
    assert (drawn.startswith('<p class="note" style="margin: 0 0 12px;'), drawn.endswith('">a &lt;p&gt; b</p>')) == (True, True)


@pytest.mark.parametrize("language", ["en", "da", "sv"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_mail_is_built_in_every_language_and_says_why_it_came(template, language):
    message = build(Mail(template, "a@example.org", language, "key-1", {"headline": "Lamps"}, why="You asked."))
    html = message.alternatives[0][0]
    assert (bool(message.subject), f'<html lang="{language}"' in html, "style=" in html) == (True, True, True)
    assert len(message.body.partition("\n--\n")[2].splitlines()[0]) > 5
