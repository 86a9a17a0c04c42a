"""What a mail provider tells of a mail, as django-anymail reads it: only with the provider's signature, or with the secret of its address.

The mails go out by SMTP, whoever the provider is; this is the way back.
"""

import hashlib
import json
import re
import time
import uuid
from dataclasses import dataclass
from datetime import datetime

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from anymail.signals import EventType, RejectReason
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from notifications.enums import MailWord

SAID_LENGTH = 300
#: A signature that covers the moment but not the words (Mailgun's) counts for so many seconds; its last try comes after eight hours.
FRESH = 2 * 24 * 3600
_ADDRESS = re.compile(r"[^\s<>,;:\"'()]+@[^\s<>,;:\"'()]+")
#: Answers of a provider that cannot be read: django-anymail expects what the provider documents.
_ODD = (AnymailError, LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)


@dataclass(frozen=True)
class Provider:
    """`view` is django-anymail's, `secret` the name it gives to what proves the sender: a key, or user:password of the address.

    `soft` are the provider's own words for what django-anymail calls a bounce and is none for good.
    """

    view: str
    secret: str
    soft: tuple = ()
    is_dated: bool = False


PROVIDERS = {
    "mailgun": Provider("anymail.webhooks.mailgun.MailgunTrackingWebhookView", "webhook_signing_key", is_dated=True),
    "mailersend": Provider("anymail.webhooks.mailersend.MailerSendTrackingWebhookView", "signing_secret", soft=("soft_bounced",)),
    "mailtrap": Provider("anymail.webhooks.mailtrap.MailtrapTrackingWebhookView", "tracking_secret"),
    "postal": Provider("anymail.webhooks.postal.PostalTrackingWebhookView", "webhook_key"),
    "postmark": Provider(
        "anymail.webhooks.postmark.PostmarkTrackingWebhookView", "webhook_secret", soft=("SoftBounce", "VirusNotification")
    ),
    "brevo": Provider("anymail.webhooks.brevo.BrevoTrackingWebhookView", "webhook_secret", soft=("soft_bounce",)),
}


class NotTrusted(Exception):
    """Nothing proves that the provider has sent this."""


class Unreadable(Exception):
    """The provider has sent it, and it says nothing that can be understood."""


@dataclass(frozen=True)
class Told:
    """One thing told of one address. `key` is that of the delivery, where the provider names it; `said` holds no address."""

    source: str
    event_id: str
    word: str
    address: str
    key: uuid.UUID | None
    at: datetime
    said: str


def read(name, request, now):
    """What `request` tells, each as `Told`; what says nothing of an address is left out. Raises `NotTrusted` or `Unreadable`."""
    provider = PROVIDERS[name]
    if not settings.MAIL_EVENTS_SECRET or request.content_type != "application/json":
        raise NotTrusted("no secret is set, or this is no JSON")
    try:
        view = import_string(provider.view)(**{provider.secret: settings.MAIL_EVENTS_SECRET})
        view.run_validators(request)
        is_old = provider.is_dated and abs(time.time() - float(json.loads(request.body)["signature"]["timestamp"])) > FRESH
    except (AnymailWebhookValidationFailure, *_ODD) as error:
        raise NotTrusted(type(error).__name__) from error
    if is_old:
        raise NotTrusted("the signature is an old one")
    try:
        found = [_told(name, event, now) for event in view.parse_events(request)]
    except _ODD as error:
        raise Unreadable(type(error).__name__) from error
    return [one for one in found if one]


def _told(name, event, now):
    word = word_of(name, event)
    if not word or not (event.recipient or event.message_id):
        return None
    at = event.timestamp if event.timestamp and timezone.is_aware(event.timestamp) else now
    parts = (name, event.event_type, event.recipient, event.message_id, at.isoformat() if event.timestamp else "")
    return Told(
        source=name,
        event_id=_kept(event.event_id or hashlib.sha256(_kept("\n".join(map(str, parts))).encode()).hexdigest())[:200],
        word=word,
        address=_kept(event.recipient or ""),
        key=key_of(event),
        at=min(at, now),
        said=without_addresses(event.mta_response or event.description or ""),
    )


def word_of(name, event):
    """A `MailWord`, or "" for what is not kept: what was opened and clicked is nobody's business."""
    kind, reason = event.event_type, event.reject_reason
    if kind == EventType.COMPLAINED or (kind == EventType.REJECTED and reason == RejectReason.SPAM):
        return MailWord.COMPLAINT
    if kind == EventType.UNSUBSCRIBED:
        return MailWord.UNSUBSCRIBED
    if kind == EventType.DELIVERED:
        return MailWord.ARRIVED
    if kind == EventType.BOUNCED:
        return MailWord.SOFT if _own_word(event.esp_event) in PROVIDERS[name].soft else MailWord.HARD
    if (kind == EventType.REJECTED and reason in (RejectReason.INVALID, RejectReason.BOUNCED)) or (
        kind == EventType.FAILED and name == "postal"
    ):
        return MailWord.HARD
    return MailWord.SOFT if kind in (EventType.DEFERRED, EventType.REJECTED, EventType.FAILED) else ""


def _own_word(event):
    """What the provider itself calls an event."""
    return event.get("Type") or event.get("event") or (event.get("data") or {}).get("type") or ""


def key_of(event):
    """The key of the delivery: the provider gives back the mark that went with the mail, or our Message-ID."""
    payload = event.esp_event.get("payload") or {}
    message = payload.get("message") or payload.get("original_message") or {}
    for text in ((event.metadata or {}).get("delivery"), message.get("message_id"), event.message_id):
        try:
            return uuid.UUID(str(text).strip("<> ").partition("@")[0])
        except ValueError:
            continue
    return None


def without_addresses(text):
    """What a server said, without the address of a person, in one line."""
    return _ADDRESS.sub("…", " ".join(_kept(text).split()))[:SAID_LENGTH]


def _kept(text):
    """As PostgreSQL can hold it."""
    return str(text).replace("\x00", "").encode("utf-8", "replace").decode()
