"""What happens by the clock: free places go to those who wait, words of search are written anew. Each may run twice without harm."""

from celery import shared_task

from workinggroups.actions import clear_removed, fill_places
from workinggroups.indexing import index_stale


@shared_task(name="workinggroups.fill_places", soft_time_limit=240, time_limit=300)
def fill_places_task():
    fill_places()


@shared_task(name="workinggroups.refresh_index", soft_time_limit=240, time_limit=300)
def refresh_index():
    index_stale()


@shared_task(name="workinggroups.clear_removed", soft_time_limit=240, time_limit=300)
def clear_removed_task():
    clear_removed()
