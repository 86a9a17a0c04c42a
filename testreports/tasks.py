"""What happens by the clock: embargoes end, words of search. Each may run twice without harm."""

from celery import shared_task
from django.utils import timezone

from testreports.actions import release_due
from testreports.indexing import index_stale


@shared_task(name="testreports.tick", soft_time_limit=240, time_limit=300)
def tick():
    """Followers hear of reports whose embargo is over."""
    release_due(now=timezone.now())


@shared_task(name="testreports.refresh_index", soft_time_limit=240, time_limit=300)
def refresh_index():
    index_stale()
