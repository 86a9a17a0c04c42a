"""Telling followers of a report: once, as soon as others may read it."""

from django.db import transaction
from django.utils import timezone

from testreports.enums import State
from testreports.models import TestReport
from testreports.telling import tell_released

MOST = 200


def release(row, *, by, now):
    """Tell of `row`, which the caller holds, where it can be read by others for the first time. Returns whether it was told."""
    if row.told_at or not row.is_released_at(now):
        return False
    tell_released(row, by=by)
    row.told_at = now
    row.save(update_fields=["told_at"])
    return True


def release_due(*, now=None):
    """Tell of every report whose embargo is over; may run twice without harm. Returns how many were told."""
    now, told = now or timezone.now(), 0
    waiting = TestReport.objects.filter(state=State.PUBLISHED, told_at=None, released_at__lte=now)
    for pk in list(waiting.order_by("released_at", "pk").values_list("pk", flat=True)[:MOST]):
        with transaction.atomic():
            rows = TestReport.objects.select_for_update(of=("self",), skip_locked=True).select_related("lab__organisation", "organisation")
            row = rows.filter(pk=pk, state=State.PUBLISHED, told_at=None).first()
            told += bool(row and release(row, by=None, now=now))
    return told
