"""How a delivery moves from state to state. Nothing else writes states.

pending → claimed (until a lease ends) → sending (committed before SMTP) → sent, failed or unknown. A lease that ended in *claimed*
leads back to pending; one that ended in *sending* to unknown, which is never sent again by itself: the mail may have gone. Where the
operator wants it otherwise (`MAIL_RESEND_UNKNOWN`), it is sent again under the same Message-ID.
"""

import json
import logging
import random
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction

from notifications.enums import SECRET, DeliveryState, MailList
from notifications.models import Delivery, OutboxEntry, Run, Switch

log = logging.getLogger("portal.notifications")
A_CHUNK = 50
CHUNK_SECONDS = 60
#: Longer than a chunk and the longest mail together.
LEASE = timedelta(seconds=180)
#: Minutes until the next try, after each one that failed for a time.
BACK_OFF = (1, 5, 15, 60, 180, 360, 720)
AWAY = timedelta(minutes=1)
ERROR_LENGTH = 300
#: From these a mail may still come to its true end, whoever gave it up meanwhile.
STANDING = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.UNKNOWN)
#: Two rows in one statement, and so in one commit.
BEGIN = """
WITH taken AS (
  UPDATE notifications_delivery SET state = 'sent', finished_at = %(taken_at)s, error = '', lease_until = NULL,
    context = CASE WHEN list = ANY(%(secret)s) THEN '{}' ELSE context END
  WHERE id = %(taken)s AND claim = %(taken_claim)s AND state = ANY(%(standing)s)
)
UPDATE notifications_delivery
SET state = 'sending', attempts = %(attempts)s, lease_until = %(lease)s, held = coalesce(%(held)s::jsonb, held)
WHERE id = %(id)s AND claim = %(claim)s AND state = 'claimed'
"""


def waiting(now):
    """What is due, without the lists that are switched off."""
    return Delivery.objects.due(now).exclude(list__in=Switch.objects.values("list"))


def claim(now, limit=A_CHUNK):
    """Take up to `limit` of what is due, for the time of a lease. Two who claim at once get different ones."""
    with transaction.atomic():
        due = waiting(now).select_for_update(skip_locked=True, of=("self",))[:limit]
        keys, token = [delivery.pk for delivery in due.only("pk")], uuid.uuid4()
        Delivery.objects.filter(pk__in=keys).update(state=DeliveryState.CLAIMED, claim=token, lease_until=now + LEASE)
    claimed = Delivery.objects.filter(claim=token, state=DeliveryState.CLAIMED)
    return list(claimed.select_related("user", "entry__by", "run").order_by("priority", "next_attempt_at", "pk")) if keys else []


def begin(delivery, *, now, taken=None, taken_at=None):
    """Claimed → sending, committed before a byte goes out. False where the claim has passed to somebody else.

    In the same commit `taken`, the mail before it, is written down as sent: one commit a mail instead of two.
    """
    delivery.attempts += 1
    values = {
        "id": delivery.pk, "claim": delivery.claim, "attempts": delivery.attempts, "lease": now + LEASE,
        "held": json.dumps(delivery.held) if delivery.held else None,  # what a mail tells of is known before it goes out
        "taken": taken.pk if taken else None, "taken_claim": taken.claim if taken else None, "taken_at": taken_at,
        "standing": [*STANDING], "secret": [*SECRET],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, values)
        return bool(cursor.rowcount)


def finish(delivery, state, *, now, error=""):
    """To a final state. A mail given up in the meantime gets its true end. Links that act are erased with it."""
    changed = {"state": state, "finished_at": now, "error": error[:ERROR_LENGTH], "lease_until": None}
    if delivery.list in SECRET and state != DeliveryState.FAILED:
        changed["context"] = {}
    return bool(Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim, state__in=STANDING).update(**changed))


def doubt(delivery, *, now, error):
    """Nobody knows whether it went: unknown, or sent again where the operator wants that."""
    if settings.MAIL_RESEND_UNKNOWN and delivery.attempts <= len(BACK_OFF):
        return retry(delivery, now=now, error=error)
    return finish(delivery, DeliveryState.UNKNOWN, now=now, error=error)


def came_back(delivery, *, now, error):
    """A mail that a server had taken came back for good: it is failed, and what a digest held is in the next one."""
    standing = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)  # the sender may not have written down yet that it went
    return _corrected(delivery, standing, DeliveryState.FAILED, now, error or "came_back")


def arrived(delivery, *, now):
    """The provider says that a mail arrived of which nobody knew whether it went."""
    return _corrected(delivery, (DeliveryState.UNKNOWN,), DeliveryState.SENT, now)


def _corrected(delivery, standing, state, now, error=""):
    """What became of a mail is known only now; the numbers that its run keeps are counted anew."""
    with transaction.atomic():
        rows = Delivery.objects.filter(pk=delivery.pk, state__in=standing)
        is_changed = bool(rows.update(state=state, finished_at=now, error=error[:ERROR_LENGTH], lease_until=None))
        if is_changed and delivery.run_id:
            Run.objects.filter(pk=delivery.run_id).update(completed_at=None)
    return is_changed


def retry(delivery, *, now, error):
    """Sending → pending with a longer pause each time and some chance in it; failed after the last one."""
    if delivery.attempts > len(BACK_OFF):
        return finish(delivery, DeliveryState.FAILED, now=now, error=error)
    pause = timedelta(minutes=BACK_OFF[delivery.attempts - 1]) * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, keeps no secret
    rows = Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim, state=DeliveryState.SENDING)
    return bool(rows.update(state=DeliveryState.PENDING, next_attempt_at=now + pause, error=error[:ERROR_LENGTH], lease_until=None))


def release(deliveries, *, now, error="", pause=timedelta()):
    """Claimed → pending: not tried, so not counted. For the rest of a chunk, or while the mail server is away."""
    changed = {"state": DeliveryState.PENDING, "lease_until": None, "next_attempt_at": now + pause}
    if error:
        changed["error"] = error[:ERROR_LENGTH]
    keys, token = [delivery.pk for delivery in deliveries], deliveries[0].claim if deliveries else None
    return Delivery.objects.filter(pk__in=keys, claim=token, state=DeliveryState.CLAIMED).update(**changed)


def expire(now):
    """What a lease that ended leads to. Returns (back to pending, unknown)."""
    ended = Delivery.objects.filter(lease_until__lt=now)
    back = ended.filter(state=DeliveryState.CLAIMED).update(state=DeliveryState.PENDING, lease_until=None)
    if settings.MAIL_RESEND_UNKNOWN:
        again = ended.filter(state=DeliveryState.SENDING, attempts__lte=len(BACK_OFF))
        back += again.update(state=DeliveryState.PENDING, next_attempt_at=now, lease_until=None, error="interrupted")
    unknown = {"state": DeliveryState.UNKNOWN, "finished_at": now, "lease_until": None, "error": "interrupted"}
    lost = ended.filter(state=DeliveryState.SENDING)
    return back, lost.filter(list__in=SECRET).update(**unknown, context={}) + lost.exclude(list__in=SECRET).update(**unknown)


def hold_windows():
    """Inside a transaction: until it ends nobody else plans digests or sends failed ones again, because neither would see the other's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('windows of digests', 0))")


def send_again(delivery, *, by, now):
    """Failed → pending, by hand: with all its tries before it. False where it is failed no longer or its links are erased.

    Nor a digest of a run that was cancelled, or whose reader has had a later one: what it held stood in that.
    """
    rows = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.FAILED)
    if delivery.list in SECRET:
        rows = rows.exclude(context={})
    if delivery.run_id:
        hold_windows()
        later = Delivery.objects.filter(user=delivery.user_id, list=delivery.list, run__slot__gt=delivery.run.slot)
        rows = rows.none() if delivery.run.cancelled_at or later.exists() else rows
        Run.objects.filter(pk=delivery.run_id).update(completed_at=None)
    log.info("Member %s sends delivery %s again", by.pk, delivery.pk)
    return bool(rows.update(state=DeliveryState.PENDING, attempts=0, next_attempt_at=now, finished_at=None))


def prune(now, keep=timedelta(days=7), forget=timedelta(days=90), told=timedelta(days=365)):
    """Erase links of failed mails after a week, and addresses of people without an account once they serve nothing.

    What was told a year ago is forgotten, with its notifications and mails.
    """
    over = Delivery.objects.filter(finished_at__lt=now - keep)
    erased = over.filter(list__in=SECRET, state=DeliveryState.FAILED).exclude(context={}).update(context={})
    erased += over.filter(user=None).exclude(address="").exclude(list=MailList.DIGEST).update(address="")
    gone = Delivery.objects.filter(list__in=SECRET, finished_at__lt=now - forget).delete()[0]
    gone += OutboxEntry.objects.filter(at__lt=now - told).exclude(fanned_out_at=None).delete()[0]
    return erased, gone
