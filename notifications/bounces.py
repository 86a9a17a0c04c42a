"""What is known of mail addresses: which are dead, whose readers complained, and what reaches them still.

Everything is bound to the address, of which only the hash is kept: a member with another address begins anew.
"""

import logging
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from notifications import ledger
from notifications.actions import reader_of
from notifications.enums import Hindrance, MailList, MailWord
from notifications.models import Delivery, MailEvent, Suppression

log = logging.getLogger("portal.notifications")
#: So many mails that came back for good, and no more are sent.
ENOUGH = 3
#: What was told longer ago is forgotten, and does not count.
KEPT = timedelta(days=180)
#: What still goes out to a suppressed address: somebody asked for it, a moment ago.
ASKED_FOR = (MailList.ACCOUNT, MailList.QUESTION)
WHY = {MailWord.HARD: Hindrance.BOUNCES, MailWord.COMPLAINT: Hindrance.COMPLAINT, MailWord.UNSUBSCRIBED: Hindrance.UNSUBSCRIBED}


def record(told, *, now):
    """Keep what a server or provider told; each thing once, however often it comes. Returns whether it was news.

    A mail that came back is failed, not sent; one of which nobody knew and that arrived is sent.
    """
    delivery = Delivery.objects.select_related("user").filter(key=told.key).first() if told.key else None
    address = told.address or (address_of(delivery) if delivery else "")
    if not address or told.at < now - KEPT:
        return False
    with transaction.atomic():
        if told.word == MailWord.ARRIVED:
            return _arrived(delivery, reader_of(None, address), now)
        _one_at_a_time(reader_of(None, address))
        event, is_new = MailEvent.objects.get_or_create(
            source=told.source, event_id=told.event_id,
            defaults={
                "word": told.word, "address": reader_of(None, address), "delivery": delivery, "user": _member(delivery, address),
                "at": told.at, "said": told.said,
            },
        )  # fmt: skip
        if is_new:
            _weigh(event, delivery, now)
    return is_new


def _arrived(delivery, address, now):
    """The address works: what came back before counts no longer."""
    is_news = bool(MailEvent.objects.filter(address=address, word=MailWord.HARD, is_over=False).update(is_over=True))
    return bool(delivery and ledger.arrived(delivery, now=now)) or is_news


def _weigh(event, delivery, now):
    """What follows from an event: nothing from a soft one, a suppression from a complaint or from enough that came back."""
    if event.word == MailWord.HARD and delivery:
        ledger.came_back(delivery, now=now, error=event.said)
    is_refused = event.word in (MailWord.COMPLAINT, MailWord.UNSUBSCRIBED)
    if is_refused or (event.word == MailWord.HARD and came_back(event.address, now) >= ENOUGH):
        why = {"why": WHY[event.word], "user_id": event.user_id, "said": event.said}
        row, is_new = Suppression.objects.get_or_create(address=event.address, defaults={**why, "since": now})
        if not is_new and is_refused:  # that a reader wants no mail weighs more than that none arrives
            Suppression.objects.filter(pk=row.pk).update(**why)
        log.info("An address gets no more mail: %s", row.why)


def came_back(address, now):
    """How many mails to an address (its hash) came back for good. A mail counts once, and so does a day where the mail is not known."""
    rows = MailEvent.objects.filter(address=address, word=MailWord.HARD, is_over=False, at__gt=now - KEPT)
    return len({delivery or at.date() for delivery, at in rows.values_list("delivery", "at")})


def address_of(delivery):
    """Where a delivery goes."""
    return delivery.address or (delivery.user.email if delivery.user else "")


def hindered(deliveries):
    """`{delivery: why}` of those whose address gets no such mail: one question for a chunk."""
    wanted = {one.pk: reader_of(None, address_of(one)) for one in deliveries if one.list not in ASKED_FOR}
    found = dict(Suppression.objects.filter(address__in=wanted.values()).values_list("address", "why")) if wanted else {}
    return {pk: found[address] for pk, address in wanted.items() if address in found}


def hindrance_of(user):
    """The `Suppression` of a member's present address, or None."""
    return Suppression.objects.filter(address=reader_of(None, user.email)).first()


def works_again(address, *, by, why=None):
    """Mail goes to an address (its hash) again, and what came back counts no longer. `why`: only where that was the reason.

    Returns whether that was a change.
    """
    with transaction.atomic():
        rows = Suppression.objects.filter(address=address)
        is_changed = bool((rows.filter(why=why) if why else rows).delete()[0])
        if is_changed or why:
            MailEvent.objects.filter(address=address, word=MailWord.HARD, is_over=False).update(is_over=True)
    if is_changed:
        log.info("Member %s says that an address works again", by.pk)
    return is_changed


def prune(now):
    """Forget what was told long ago; what follows from it stays."""
    return MailEvent.objects.filter(at__lt=now - KEPT).delete()[0]


def _member(delivery, address):
    """Whose address it is, as far as a member has it still."""
    if delivery and delivery.user and delivery.user.email.lower() == address.lower():
        return delivery.user
    return get_user_model().objects.filter(email__iexact=address).first()


def _one_at_a_time(address):
    """Two events of one address wait for each other, so that together they are seen to be enough."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [address])
