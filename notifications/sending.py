"""One connection to the mail server, and what its answers mean for a delivery."""

import smtplib

from django.core.mail import get_connection

from notifications import ledger
from notifications.enums import DeliveryState


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

    `sending` is committed before the server hears of the mail. Its refusal for a time (4xx) is tried again later, for good (5xx)
    is a failure; a connection that breaks before the text was handed over is tried again, after that nobody knows.
    """
    if not ledger.begin(delivery, now=now):
        return True
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as refusal:
        code, text = next(iter(refusal.recipients.values()))
        return _refused(delivery, code, text, now)
    except smtplib.SMTPResponseException as refusal:
        return _refused(delivery, refusal.smtp_code, refusal.smtp_error, now)
    except (smtplib.SMTPException, OSError) as error:
        if getattr(connection, "is_in_doubt", False):
            ledger.finish(delivery, DeliveryState.UNKNOWN, now=now, error=describe(error))
        else:
            ledger.retry(delivery, now=now, error=describe(error))
        return False
    ledger.finish(delivery, DeliveryState.SENT, now=now)
    return True


def _refused(delivery, code, text, now):
    error = f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    if 500 <= code < 600:
        ledger.finish(delivery, DeliveryState.FAILED, now=now, error=error)
    else:
        ledger.retry(delivery, now=now, error=error)
    return code != 421


def drop(connection):
    """Leave a connection that broke."""
    getattr(connection, "drop", connection.close)()


def describe(error):
    """What went wrong, without the address of a person."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error.decode(errors="replace") if isinstance(error.smtp_error, bytes) else str(error.smtp_error)
        return f"{error.smtp_code} {text}"
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
