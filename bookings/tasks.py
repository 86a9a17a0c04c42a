"""What happens by the clock: reminders, and what nobody answered in time. Each may run twice without harm."""

from celery import shared_task
from django.utils import timezone

from bookings.actions import lapse, remind


@shared_task(name="bookings.tick", soft_time_limit=240, time_limit=300)
def tick():
    """Whoever comes tomorrow is reminded; what was asked for a time that has passed is declined."""
    now = timezone.now()
    remind(now=now)
    lapse(now=now)
