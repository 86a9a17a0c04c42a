"""The bytes of a mail as they go to a server, put together without taking the mail apart again (RFC 5322, 2045 to 2047).

Python's email package parses, folds and encodes each mail anew, which takes longer than all else that is done for a digest. Text and HTML
are quoted-printable: ASCII in lines of 76 characters, which every server takes.
"""

import binascii
import re
import uuid
from email.header import Header
from email.utils import formatdate
from functools import lru_cache

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.core.mail.message import sanitize_address

LONGEST_HEADER = 76
A_WORD = 36  # octets
_PLAIN = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
HEAD = 'Content-Type: multipart/alternative;\r\n boundary="{0}"\r\nMIME-Version: 1.0\r\n{1}\r\n\r\n'
PART = '--{0}\r\nContent-Type: {1}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'


class Message(EmailMultiAlternatives):
    """One text and one HTML for one receiver; whatever else it is given goes Django's way."""

    def as_sent(self):
        """The same mail as `message().as_bytes()`, in other words of the standard."""
        if self.attachments or self.cc or self.bcc or self.reply_to or len(self.alternatives) != 1:
            return self.message().as_bytes(linesep="\r\n")
        ((html, kind),) = self.alternatives
        boundary = f"=_{uuid.uuid4().hex}"  # no quoted-printable text has these two characters beside each other
        headers = [("Subject", self.subject), ("From", coded(self.from_email)), ("To", ", ".join(map(coded, self.to)))]
        headers += [("Date", formatdate(localtime=settings.EMAIL_USE_LOCALTIME)), *self.extra_headers.items()]
        return b"".join([
            HEAD.format(boundary, "\r\n".join(header(*one) for one in headers)).encode("ascii"),
            PART.format(boundary, "text/plain").encode("ascii"), quoted(self.body), b"\r\n",
            PART.format(boundary, kind).encode("ascii"), quoted(html), f"\r\n--{boundary}--\r\n".encode("ascii"),
        ])  # fmt: skip


def quoted(text):
    """Text as quoted-printable with line ends of the wire."""
    return binascii.b2a_qp(text.encode("utf-8", "surrogatepass"), istext=True).replace(b"\n", b"\r\n")


def header(name, value):
    """One header, encoded and folded where it must be. Raises `BadHeaderError` for what would be two."""
    value = str(value)
    if "\n" in value or "\r" in value:
        raise BadHeaderError(f"Header values can't contain newlines (got {value!r} for header {name!r})")
    if not value.isascii():
        value = "\r\n ".join(_words(value))
    elif " " in value and len(name) + 2 + len(value) > LONGEST_HEADER:
        value = Header(value, header_name=name).encode(linesep="\r\n")
    return f"{name}: {value}"


def _words(text):
    """Encoded words (RFC 2047): no letter is cut, and none is longer than a line."""
    octets = b""
    for letter in text:
        more = letter.encode("utf-8", "replace")
        if len(octets) + len(more) > A_WORD:
            yield _word(octets)
            octets = b""
        octets += more
    yield _word(octets)


def _word(octets):
    return f"=?utf-8?b?{binascii.b2a_base64(octets, newline=False).decode('ascii')}?="


def coded(address):
    """An address as headers and servers are told it."""
    return address if _PLAIN.fullmatch(address) else _sanitized(address)


@lru_cache(maxsize=100)
def _sanitized(address):
    """With its name, or with letters that are not ASCII."""
    return sanitize_address(address, settings.DEFAULT_CHARSET)
