"""One connection to the mail server, and what its answers mean for a delivery."""

import re
import smtplib

from django.core.mail import get_connection
from django.db import transaction

from notifications import bounces, ledger
from notifications.enums import DeliveryState, MailWord
from notifications.providers import Told, without_addresses

#: The classes of RFC 3463 that say something of the address or its mailbox; the others speak of us, of the text or of the way.
OF_THE_ADDRESS = re.compile(r"\s*5\.[12]\.\d")
ANY_CLASS = re.compile(r"\s*5\.\d+\.\d")
#: Where a server gives no such class: no mailbox of this name, moved, not allowed as a name.
OF_THE_MAILBOX = (550, 551, 553)


class ServerAway(Exception):
    """No mail can go out at present."""


def connect():
    """An open connection. Raises `ServerAway` with what the server or the network said."""
    connection = get_connection()
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        raise ServerAway(describe(error)) from error
    return connection


def deliver(delivery, message, connection, *, now):
    """Send one mail of the ledger and record what became of it. False where the connection cannot be used any more.

    `sending` is committed before the server hears of the mail; that the server took it is written down with the beginning of the next
    one, or when the connection is left. Its refusal for a time (4xx) is tried again later, for good (5xx)
    is a failure; a connection that breaks before the text was handed over is tried again, after that nobody knows.
    """
    taken, taken_at = getattr(connection, "taken", (None, None))
    is_ours = ledger.begin(delivery, now=now, taken=taken, taken_at=taken_at)
    connection.taken = (None, None)
    if not is_ours:
        return True
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as refusal:
        code, text = next(iter(refusal.recipients.values()))
        return _refused(delivery, code, text, now, is_of_receiver=True)
    except smtplib.SMTPResponseException as refusal:
        return _refused(delivery, refusal.smtp_code, refusal.smtp_error, now)
    except (smtplib.SMTPException, OSError) as error:
        if getattr(connection, "is_in_doubt", False):
            ledger.doubt(delivery, now=now, error=describe(error))
        else:
            ledger.retry(delivery, now=now, error=describe(error))
        return False
    connection.taken = (delivery, now)
    return True


def _refused(delivery, code, text, now, *, is_of_receiver=False):
    text = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
    said = without_addresses(f"{code} {text}")
    if 500 <= code < 600:
        with transaction.atomic():
            ledger.finish(delivery, DeliveryState.FAILED, now=now, error=said)
            if is_of_receiver:
                _keep_refusal(delivery, code, text, said, now)
    else:
        ledger.retry(delivery, now=now, error=said)
    return code != 421


def _keep_refusal(delivery, code, text, said, now):
    """The server will not have this receiver: that counts against the address, unless the server says that it means us."""
    is_hard = bool(OF_THE_ADDRESS.match(text)) if ANY_CLASS.match(text) else code in OF_THE_MAILBOX
    word, name = (MailWord.HARD if is_hard else MailWord.SOFT), f"{delivery.key}-{delivery.attempts}"
    bounces.record(Told("smtp", name, word, bounces.address_of(delivery), delivery.key, now, said), now=now)


def close(connection):
    """Leave a connection: what it carried last is written down first."""
    try:
        settle(connection)
    finally:
        connection.close()


def settle(connection):
    """Write down that the last mail was taken, where no other began after it."""
    taken, taken_at = getattr(connection, "taken", (None, None))
    if taken:
        ledger.finish(taken, DeliveryState.SENT, now=taken_at)
        connection.taken = (None, None)


def drop(connection):
    """Leave a connection that broke."""
    settle(connection)
    getattr(connection, "drop", connection.close)()


def describe(error):
    """What went wrong, without the address of a person."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error.decode(errors="replace") if isinstance(error.smtp_error, bytes) else str(error.smtp_error)
        return without_addresses(f"{error.smtp_code} {text}")
    return without_addresses(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)
