"""The composition root: settings, addresses, background work. No app imports it."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
