"""What happens by the clock: seats that became free, reminders, words of search. Each may run twice without harm."""

from celery import shared_task
from django.utils import timezone

from events.actions import fill_all, remind, remind_owners
from events.indexing import index_stale


@shared_task(name="events.tick", soft_time_limit=240, time_limit=300)
def tick():
    """Free seats go to those who wait; whoever comes tomorrow is reminded, and whoever has something to do that is due."""
    now = timezone.now()
    fill_all(now=now)
    remind(now=now)
    remind_owners(now=now)


@shared_task(name="events.refresh_index", soft_time_limit=240, time_limit=300)
def refresh_index():
    index_stale()
