"""Telling and sending. Every task may run twice, and at once with itself, without harm: what is to be done stands in the database."""

import logging
import time
from datetime import timedelta

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from common import queue
from notifications import bounces, composing, fanout, ledger, quiet, sending
from notifications.enums import DeliveryState
from notifications.models import OutboxEntry

log = logging.getLogger("portal.notifications")
LIMITS = {"soft_time_limit": 240, "time_limit": 300}
#: So many senders are woken by one tick, at most.
SENDERS = 4
ENTRIES = 200


@shared_task(name="notifications.fan_out", **LIMITS)
def fan_out(pk):
    """Tell those whom an entry concerns; an entry that cannot be told waits and stops no other."""
    now = timezone.now()
    try:
        fanout.tell(pk, now=now)
    except Exception:
        log.exception("Entry %s could not be told", pk)
        fanout.put_off(pk, now=now)


@shared_task(name="notifications.send", **LIMITS)
def send(pk=None):
    """Send one chunk of what is due, over one connection; a full chunk calls for the next. `pk` only names who woke us."""
    if len(send_chunk(timezone.now())) == ledger.A_CHUNK:
        queue.send(send, None)


def send_chunk(now):
    """Claim, ask who may still get a mail, send. Returns what was claimed. A mail that cannot be built stops no other."""
    claimed = ledger.claim(now)
    if claimed:
        started = time.monotonic()
        not_for = composing.suppressed(claimed)
        for delivery in claimed:
            if delivery.pk in not_for:
                ledger.finish(delivery, DeliveryState.SUPPRESSED, now=now, error=not_for[delivery.pk])
        wanted = quiet.hold_back([delivery for delivery in claimed if delivery.pk not in not_for], now)
        send_each(prepared(wanted, now), now, started)
    return claimed


def prepared(deliveries, now):
    """The same deliveries, those of a list that is composed chunk by chunk with their mails."""
    for composer, chunk in composing.chunks(deliveries):
        try:
            composer(chunk, now)
        except Exception:
            log.exception("%s deliveries could not be composed together", len(chunk))
    return deliveries


def send_each(waiting, now, started):
    """Mail after mail until a minute is over; the rest goes back, and all of it while the mail server is away."""
    connection = None
    try:
        for place, delivery in enumerate(waiting):
            if time.monotonic() - started > ledger.CHUNK_SECONDS:
                ledger.release(waiting[place:], now=now)
                break
            moment = now + timedelta(seconds=time.monotonic() - started)
            message = built(delivery, moment)
            if message is None:
                continue
            connection = connection or sending.connect()
            if not attempt(delivery, message, connection, moment):
                sending.drop(connection)
                connection = None
    except sending.ServerAway as away:
        log.warning("The mail server is away: %s", away)
        ledger.release(waiting, now=now, error=str(away), pause=ledger.AWAY)
    finally:
        if connection:
            sending.close(connection)


def built(delivery, now):
    """The message, or None after recording that it cannot be built or that there is nothing to say."""
    try:
        message = composing.compose(delivery, now)
        if message is None:
            why_not = getattr(delivery, "not_for", "")
            ledger.finish(delivery, DeliveryState.SUPPRESSED if why_not else DeliveryState.EMPTY, now=now, error=why_not)
        return message
    except Exception as error:
        log.exception("Delivery %s cannot be built", delivery.pk)
        ledger.finish(delivery, DeliveryState.FAILED, now=now, error=f"not built: {type(error).__name__}")
        return None


def attempt(delivery, message, connection, now):
    """Send it; whatever goes wrong in an unforeseen way is this mail's matter only."""
    try:
        return sending.deliver(delivery, message, connection, now=now)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        log.exception("Delivery %s could not be sent", delivery.pk)
        if getattr(connection, "is_in_doubt", False):
            ledger.doubt(delivery, now=now, error=f"not sent: {type(error).__name__}")
        else:
            ledger.finish(delivery, DeliveryState.FAILED, now=now, error=f"not sent: {type(error).__name__}")
        return False


@shared_task(name="notifications.tick", **LIMITS)
def tick():
    """What a lost wake-up, a dead worker or a pause left: entries not told, leases that ended, mails that are due."""
    now = timezone.now()
    back, unknown = ledger.expire(now)
    if back or unknown:
        log.warning("Leases ended: %s deliveries wait again, %s may have gone out", back, unknown)
    for pk in OutboxEntry.objects.waiting(now).values_list("pk", flat=True)[:ENTRIES]:
        queue.send(fan_out, pk)
    due = ledger.waiting(now)[: SENDERS * ledger.A_CHUNK].count()
    for _sender in range(-(-due // ledger.A_CHUNK)):
        queue.send(send, None)


@shared_task(name="notifications.prune", **LIMITS)
def prune():
    """Erase what has served its purpose."""
    now = timezone.now()
    ledger.prune(now)
    bounces.prune(now)
