"""SMTP that tells whether a mail may have gone: needed where nobody is to get a mail twice."""

import smtplib
import time

from django.conf import settings
from django.core.mail.backends import smtp

from common.wire import Message, coded

MAIL_SECONDS = 25
END_SECONDS = 3


class Watched:
    """An SMTP connection with a time limit for a whole mail, that remembers whether the server had the text and did not answer."""

    deadline = None
    is_in_doubt = False

    def getreply(self):
        if self.deadline and self.sock:
            self.sock.settimeout(max(0.1, min(settings.EMAIL_TIMEOUT, self.deadline - time.monotonic())))
        return super().getreply()

    def data(self, msg):
        """As smtplib's, with a mark while the server has the text and we have no answer."""
        self.putcmd("data")
        code, reply = self.getreply()
        if code != 354:
            if code != 421:
                self._rset()  # else the server is in the midst of this mail still, and refuses the next for that
            raise smtplib.SMTPDataError(code, reply)
        self.is_in_doubt = True
        lines = smtplib._fix_eols(msg).encode("ascii") if isinstance(msg, str) else msg
        if b"\n." in lines or lines.startswith(b"."):
            lines = smtplib._quote_periods(lines)
        end = b".\r\n" if lines.endswith(b"\r\n") else b"\r\n.\r\n"
        self.send(lines + end)  # at once: a short second packet would wait 40 ms for the server to acknowledge the first
        code, reply = self.getreply()
        self.is_in_doubt = False
        return code, reply


class Smtp(Watched, smtplib.SMTP):
    pass


class SmtpSsl(Watched, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's, on watched connections."""

    @property
    def connection_class(self):
        return SmtpSsl if self.use_ssl else Smtp

    def open(self):
        """Also greets the server: one that will not have us is away, and that is no mail's fault."""
        is_new = super().open()
        if is_new:
            try:
                self.connection.ehlo_or_helo_if_needed()
            except (smtplib.SMTPException, OSError):
                self.drop()
                raise
        return is_new

    @property
    def is_in_doubt(self):
        """Whether the last mail may have gone although an error was raised."""
        return bool(self.connection and self.connection.is_in_doubt)

    def _send(self, email_message):
        self.connection.deadline, self.connection.is_in_doubt = time.monotonic() + MAIL_SECONDS, False
        if not isinstance(email_message, Message):
            return super()._send(email_message)
        receivers = [coded(address) for address in email_message.recipients()]
        self.connection.sendmail(coded(email_message.from_email), receivers, email_message.as_sent())
        return True

    def close(self):
        if self.connection:
            self.connection.deadline = time.monotonic() + END_SECONDS
        super().close()

    def drop(self):
        """Leave a connection that answers no longer, without a word."""
        if self.connection:
            self.connection.close()
            self.connection = None
