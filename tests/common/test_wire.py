"""The bytes that go to a mail server are the mail that Python's email package makes, in other words of the same standards."""

import email
import email.policy

import pytest
from django.core.mail import BadHeaderError

from common.smtp import EmailBackend
from common.wire import Message, quoted
from tests.support import smtp

TEXT = "Hej på dig,\n.\n.et punktum først\nblanke til sidst  \n" + "åäö " * 300 + "\nFrom nu af = 3\n"
HTML = "<p>åäö = 3</p>" + '<td style="color: #005648">æø</td>' * 400
HEADERS = {"Message-ID": "<1@b.dk>", "List-Unsubscribe": f"<https://x.dk/{'a' * 150}>", "Auto-Submitted": "auto-generated"}


def made(subject="Lamper, der dæmper sig selv, og 17 andre nyheder fra Malmö, København og Lund i uge 48", html=HTML):
    message = Message(subject, TEXT, "Øresund <post@b.dk>", ["læser@xn--mlby-qoa.dk".replace("æ", "e")], headers=HEADERS)
    message.attach_alternative(html, "text/html")
    return message


def read(octets):
    return email.message_from_bytes(octets, policy=email.policy.default)


def test_same_headers_and_bodies_as_python_makes():
    message = made()
    ours, pythons = read(message.as_sent()), read(message.message().as_bytes(linesep="\r\n"))
    unlike = {"content-type", "date"}
    assert {name.lower(): str(ours[name]) for name in ours if name.lower() not in unlike} == {
        name.lower(): str(pythons[name]).strip() for name in pythons if name.lower() not in unlike
    }
    assert [part.get_content() for part in ours.iter_parts()] == [part.get_content() for part in pythons.iter_parts()]
    assert [part.defects for part in ours.walk()] == [[], [], []]


def test_ascii_in_lines_that_every_server_takes():
    octets = made().as_sent()
    lines = octets.split(b"\r\n")
    assert (octets.isascii(), octets.count(b"\n"), b"\n" in b"".join(lines)) == (True, len(lines) - 1, False)
    assert max(len(line) for line in lines if not line.startswith(b"List-Unsubscribe")) <= 78


def test_a_long_subject_of_plain_letters_is_folded():
    (subject,) = (line for line in made("Lamps " * 20).as_sent().split(b"\r\n") if line.startswith(b"Subject"))
    assert len(subject) <= 78


@pytest.mark.parametrize("subject", ["Lamps\nBcc: x@example.org", "Lamps\r\nBcc: x@example.org", "Lampør\nBcc: x@example.org"])
def test_no_header_holds_another(subject):
    with pytest.raises(BadHeaderError):
        made(subject).as_sent()


def test_what_has_a_file_goes_as_django_sends_it():
    message = made()
    message.attach("event.ics", "BEGIN:VCALENDAR", "text/calendar; method=PUBLISH")
    parts = [part.get_content_type() for part in read(message.as_sent()).walk()]
    assert parts == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar"]


def test_nothing_that_is_quoted_looks_like_a_boundary():
    assert b"=_" not in quoted("=_ " * 100 + "--=_0")


@pytest.mark.parametrize("text", ["Hej", ".en prik\n..to\n.\nslut"])
def test_lines_that_begin_with_a_dot_arrive(text):
    message = made()
    message.body = text
    with smtp.sink() as server:
        assert EmailBackend(host="127.0.0.1", port=server.port).send_messages([message]) == 1
    ((receiver, octets),) = server.accepted
    assert (receiver, read(octets).get_body(("plain",)).get_content()) == ("leser@xn--mlby-qoa.dk", text.replace("\n", "\r\n"))
