"""Telling and sending. Every task may run twice, and at once with itself, without harm."""

from celery import shared_task


@shared_task(name="notifications.fan_out")
def fan_out(pk=None):
    """Tell those whom an entry concerns."""


@shared_task(name="notifications.send")
def send(pk=None):
    """Send a chunk of what waits in the ledger."""
