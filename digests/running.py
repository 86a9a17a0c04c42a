"""What a moderator does with runs: halt, go on, cancel, send failed mails again, switch digests off for everybody. Each twice is once."""

from django.db import transaction
from django.utils import timezone

from common.queue import wake
from notifications.enums import DeliveryState, MailList
from notifications.models import Delivery, Run, Switch
from records.actions import audit

UNDER_WAY = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.SENDING)
CANCELLED = "cancelled"


def halt(run, *, by, now=None):
    """Nothing more of it goes out until it goes on; the mails a sender has in its hands do. Returns whether that was a change."""
    return _changed(run, "halt_run", by, {"halted_at": None, "cancelled_at": None}, halted_at=now or timezone.now())


def go_on(run, *, by):
    """A halted run goes on where it stopped."""
    is_changed = _changed(run, "resume_run", by, {"halted_at__isnull": False, "cancelled_at": None}, halted_at=None)
    if is_changed:
        wake("notifications.send", run.pk)
    return is_changed


def cancel(run, *, by, now=None):
    """What waits of it is suppressed, for good; what it held stands in each reader's next digest."""
    now = now or timezone.now()
    with transaction.atomic():
        is_changed = _changed(run, "cancel_run", by, {"cancelled_at": None}, cancelled_at=now, halted_at=None)
        if is_changed:
            waiting = Delivery.objects.filter(run=run, state=DeliveryState.PENDING)
            waiting.update(state=DeliveryState.SUPPRESSED, finished_at=now, error=CANCELLED)
    return is_changed


def send_failed_again(run, *, by, now=None):
    """Failed → pending for all of a run, with all their tries before them. A reader who has had a later digest is left out.

    Returns how many.
    """
    now = now or timezone.now()
    with transaction.atomic():
        failed = Delivery.objects.filter(run=run, state=DeliveryState.FAILED)
        later = Delivery.objects.filter(list=MailList.DIGEST, user__in=failed.values("user"), run__slot__gt=run.slot)
        again = failed.exclude(user__in=later.values("user"))
        number = again.update(state=DeliveryState.PENDING, attempts=0, next_attempt_at=now, finished_at=None)
        if number:
            audit("send_failed_again", run, by=by, changes={"mails": number})
            wake("notifications.send", run.pk)
    return number


def switch_off(*, by):
    """No digest is planned or sent for anybody. Returns whether that was a change."""
    with transaction.atomic():
        row, is_new = Switch.objects.get_or_create(list=MailList.DIGEST, defaults={"by": by})
        if is_new:
            audit("switch_off", row, by=by)
    return is_new


def switch_on(*, by):
    """Digests go out again; what happened meanwhile stands in the next one."""
    with transaction.atomic():
        row = Switch.objects.select_for_update().filter(list=MailList.DIGEST).first()
        if row:
            audit("switch_on", row, by=by)
            row.delete()
    return row is not None


def _changed(run, verb, by, where, **changed):
    with transaction.atomic():
        is_changed = bool(Run.objects.filter(pk=run.pk, **where).update(**changed))
        if is_changed:
            audit(verb, run, by=by)
    return is_changed
