"""What is done with runs: halt, go on, cancel, send failed mails again, switch digests off for everybody.

Each locks its row first, so that of two people who press at once one makes the change and the other learns that there is none left to
make. All return whether, or how many mails, that changed.
"""

from django.db import transaction
from django.utils import timezone

from common.queue import wake
from notifications import ledger
from notifications.enums import CANCELLED, DeliveryState, MailList
from notifications.models import Delivery, Run, Switch
from records.actions import audit

UNDER_WAY = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.SENDING)


def halt(run, *, by, now=None):
    """Nothing more of it goes out until it goes on; the mails a sender has in its hands do."""
    with transaction.atomic():
        run = _locked(run)
        if run.halted_at or run.cancelled_at or not _under_way(run).exists():
            return False
        return _keep(run, "halt_run", by, halted_at=now or timezone.now())


def go_on(run, *, by, now=None):
    """A halted run goes on where it stopped."""
    with transaction.atomic():
        run = _locked(run)
        if not run.halted_at or run.cancelled_at:
            return False
        wake("notifications.send", run.pk)
        return _keep(run, "resume_run", by, halted_at=None)


def cancel(run, *, by, now=None):
    """What waits of it is suppressed, for good; what it held stands in each reader's next digest.

    A mail that a sender has in its hands goes out, or is suppressed when it would have to be tried again.
    """
    now = now or timezone.now()
    with transaction.atomic():
        run = _locked(run)
        if run.cancelled_at or not _under_way(run).exists():
            return False
        waiting = Delivery.objects.filter(run=run, state=DeliveryState.PENDING)
        waiting.update(state=DeliveryState.SUPPRESSED, finished_at=now, error=CANCELLED)
        return _keep(run, "cancel_run", by, cancelled_at=now, halted_at=None)


def send_failed_again(run, *, by, now=None):
    """Failed → pending for all of a run, with all their tries before them; nothing of a run that was cancelled.

    A reader who has had a later digest is left out: what the failed one held stood in that.
    """
    now = now or timezone.now()
    with transaction.atomic():
        ledger.hold_windows()
        run = _locked(run)
        if run.cancelled_at:
            return 0
        number = failed_to_send(run).update(state=DeliveryState.PENDING, attempts=0, next_attempt_at=now, finished_at=None)
        if number:
            audit("send_failed_again", run, by=by, changes={"mails": number})
            Run.objects.filter(pk=run.pk).update(completed_at=None)
            wake("notifications.send", run.pk)
    return number


def failed_to_send(run):
    """The failed ones whose readers have had no later digest."""
    failed = Delivery.objects.filter(run=run, state=DeliveryState.FAILED)
    later = Delivery.objects.filter(list=MailList.DIGEST, user__in=failed.values("user"), run__slot__gt=run.slot)
    return failed.exclude(user__in=later.values("user"))


def switch_off(*, by, now=None):
    """No digest is planned or sent for anybody."""
    with transaction.atomic():
        row, is_new = Switch.objects.get_or_create(list=MailList.DIGEST, defaults={"by": by, "at": now or timezone.now()})
        if is_new:
            audit("switch_off", row, by=by)
    return is_new


def switch_on(*, by, now=None):
    """Digests go out again; what happened meanwhile stands in the next one."""
    with transaction.atomic():
        row = Switch.objects.select_for_update().filter(list=MailList.DIGEST).first()
        if row:
            audit("switch_on", row, by=by)
            row.delete()
            wake("notifications.send", row.pk)
    return row is not None


def _locked(run):
    return Run.objects.select_for_update(no_key=True).get(pk=run.pk)


def _under_way(run):
    return Delivery.objects.filter(run=run, state__in=UNDER_WAY)


def _keep(run, verb, by, **changed):
    Run.objects.filter(pk=run.pk).update(**changed)
    audit(verb, run, by=by)
    return True
