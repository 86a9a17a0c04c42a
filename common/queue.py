"""Wakes a worker after the transaction. The work itself is in the database, so a lost wake-up costs only time."""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger("portal.queue")


def wake(task_name, pk):
    """Asks a worker to run a task for one row once the transaction is committed.

    `task_name` is the task's full name, such as "projects.tasks.refresh_keywords". The task is looked up by name, so
    that a verb needs no import of a task. A broker that is away is forgiven: the periodic tick finds the row. A name
    that nobody registered raises celery's NotRegistered.
    """
    task = current_app.tasks[task_name]
    transaction.on_commit(lambda: send(task, pk))


def send(task, pk):
    """Sends one wake-up; logs and goes on when the broker cannot be reached."""
    try:
        task.delay(pk)
    except OperationalError as error:
        log.warning("The broker is away, %s will run with the next tick: %s", task.name, error)
