"""Development's mail: each message is one file, and /dev/mail/ reads them."""

import email
import email.policy
import time
import uuid
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Writes each message to EMAIL_FILE_PATH as one .eml file, which any mail program opens."""

    def send_messages(self, email_messages):
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:8]}.eml"
            (folder / name).write_bytes(message.message().as_bytes(linesep="\r\n"))
        return len(email_messages)


@dataclass(frozen=True)
class Mail:
    """One kept message: its file's name and what it says."""

    name: str
    message: EmailMessage

    def part(self, kind):
        """Returns the text of the "plain" or "html" part, or an empty string."""
        body = self.message.get_body(preferencelist=(kind,))
        return body.get_content() if body else ""

    @property
    def headers(self):
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def subject(self):
        return str(self.message["Subject"] or "")

    @property
    def recipient(self):
        return str(self.message["To"] or "")

    @property
    def sent(self):
        return getattr(self.message["Date"], "datetime", None)


def read(path):
    """Returns the mail of one file."""
    return Mail(path.stem, email.message_from_bytes(path.read_bytes(), policy=email.policy.default))


def newest(limit=200):
    """Returns the newest mails, newest first."""
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.eml"), key=lambda path: path.name, reverse=True)
    return [read(path) for path in files[:limit]]


def find(name):
    """Returns the mail with this name, or None. The name is compared, never joined to a path."""
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.eml"):
        if path.stem == name:
            return read(path)
    return None
