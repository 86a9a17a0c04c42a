"""Whether digests go out as they should: numbers for /metrics and an alert when a run is late or failures pass a bound."""

import logging
from datetime import timedelta

from django.utils import timezone

from notifications.enums import MailList
from notifications.models import Run

log = logging.getLogger("portal.digests")
#: A run that is under way for longer is late.
LATE = timedelta(hours=2)
#: More than this part failed: something is wrong with the mail server or with us.
TOO_MANY = 0.02
UNDER_WAY = ("pending", "claimed", "sending")
#: Runs older than this are history.
LOOKED_AT = timedelta(days=3)


def trouble(run, now):
    """ "late", "failures" or "": what is wrong with a run `with_states`."""
    if run.planned and run.failed / run.planned > TOO_MANY:
        return "failures"
    waiting = sum(getattr(run, state) for state in UNDER_WAY)
    return "late" if waiting and not run.halted_at and now - run.planned_at > LATE else ""


def look(now=None):
    """Log each run that is in trouble as an error, once. Returns those that are new."""
    now, found = now or timezone.now(), []
    for run in Run.objects.with_states().filter(list=MailList.DIGEST, planned_at__gt=now - LOOKED_AT, alerted_at=None, cancelled_at=None):
        if what := trouble(run, now):
            log.error("Run %s of the digest is in trouble: %s (%s of %s failed)", run, what, run.failed, run.planned)
            Run.objects.filter(pk=run.pk).update(alerted_at=now)
            found.append((run.pk, what))
    return found
