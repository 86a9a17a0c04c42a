"""The portal's own periodic work: copies of what is held on a member, and erasures."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from portal.models import Farewell, PersonalFile
from portal.privacy.actions import discard
from portal.privacy.copying import make_copy
from portal.privacy.erasure import erase

#: A copy that nobody began by then lost its wake-up.
OVERDUE = timedelta(minutes=5)


@shared_task(name="portal.make_copy")
def make_copy_task(pk):
    make_copy(pk)


@shared_task(name="portal.keep_rights")
def keep_rights():
    """Make copies whose wake-up was lost, delete those whose days are over, erase members whose 30 days are over."""
    now = timezone.now()
    for copy in PersonalFile.objects.filter(expires_at__lte=now):
        discard(copy)
    for pk in PersonalFile.objects.filter(ready_at=None, asked_at__lte=now - OVERDUE).values_list("pk", flat=True):
        make_copy(pk, now=now)
    for pk in Farewell.objects.filter(due_at__lte=now).values_list("pk", flat=True):
        erase(pk, now=now)
