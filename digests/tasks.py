"""What the scheduler calls. It may run twice, late, or beside a run by hand: what is due stands in the database."""

from celery import shared_task

from digests import watching
from digests.planning import plan


@shared_task(name="digests.tick", soft_time_limit=240, time_limit=300)
def tick():
    """Every ten minutes: plan what is due, which wakes the senders, and look whether a run is late or fails."""
    plan()
    watching.look()
