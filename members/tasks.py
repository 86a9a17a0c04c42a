"""What the scheduler has done for accounts."""

from celery import shared_task

from members.actions import end_expired_sessions, forget_unconfirmed


@shared_task(name="members.tidy")
def tidy():
    """May run twice without harm."""
    end_expired_sessions()
    return forget_unconfirmed()
