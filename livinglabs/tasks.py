"""Periodic work on living labs: each task calls one function and may run twice without harm."""

from celery import shared_task

from livinglabs.indexing import index_stale


@shared_task(name="livinglabs.refresh_index", soft_time_limit=240, time_limit=300)
def refresh_index():
    """Write terms and keywords anew where something below was renamed or merged."""
    index_stale()
