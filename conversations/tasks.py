"""Periodic work on questions; it may run twice without harm."""

from celery import shared_task

from conversations.actions import forget_unconfirmed


@shared_task(name="conversations.forget_unconfirmed")
def forget_unconfirmed_task():
    """Forget questions whose address nobody confirmed within a week."""
    forget_unconfirmed()
