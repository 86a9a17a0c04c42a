"""The test itself: it begins, it is over, its report is there."""

from django.db import transaction
from django.utils import timezone

from testrequests import telling
from testrequests.actions.holding import free
from testrequests.actions.locking import REPORT_DAYS, in_days, locked, move, side_for
from testrequests.enums import Side, State, Turn


def start(application, *, by, now=None):
    """Agreed → running."""
    now = now or timezone.now()
    with transaction.atomic():
        row = locked(application, "start")
        side_for(row, "start", by)
        move(row, State.RUNNING, "start_test", by=by, now=now, turn=Turn.NOBODY, due_on=row.agreed_terms.ends_on, started_at=now)
        telling.tell("started", row, by=by, to=[Side.COMPANY, Side.LAB])
    return row


def finish(application, *, by, now=None):
    """Running → reporting: both write down what they have learnt."""
    now = now or timezone.now()
    with transaction.atomic():
        row = locked(application, "finish")
        side_for(row, "finish", by)
        free(row, by=by, now=now)
        move(row, State.REPORTING, "finish_test", by=by, now=now, turn=Turn.BOTH, due_on=in_days(now, REPORT_DAYS))
        telling.tell("finished", row, by=by, to=[Side.COMPANY, Side.LAB])
    return row


def complete(application, *, by, now=None):
    """Reporting → completed: nothing is left to do."""
    now = now or timezone.now()
    with transaction.atomic():
        row = locked(application, "complete")
        side_for(row, "complete", by)
        move(row, State.COMPLETED, "complete", by=by, now=now, turn=Turn.NOBODY)
        telling.tell("completed", row, by=by, to=[Side.COMPANY, Side.LAB])
    return row
