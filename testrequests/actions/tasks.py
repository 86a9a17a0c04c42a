"""Small things one of the sides does until a day, beside what the states ask for."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.rows import clean_row
from records.actions import audit
from testrequests import telling
from testrequests.actions.locking import locked, pass_turn, side_for
from testrequests.enums import Side
from testrequests.models import Task

MOST_TASKS = 60


def add_task(application, *, by, key, title, side, due_on=None, now=None):
    """Give a side something to do. The same `key` again is one task. Raises `ValidationError` by field and `WrongState`."""
    now = now or timezone.now()
    with transaction.atomic():
        row = locked(application, "add_task")
        side_for(row, "add_task", by)
        if known := row.tasks.filter(key=key).first():
            return known
        if row.tasks.count() >= MOST_TASKS:
            raise WrongState(_("There are %(most)d tasks already. Take one away first.") % {"most": MOST_TASKS}, code="too_many")
        task = Task(application=row, key=key, title=title, side=Side(side), due_on=due_on, created_by=by, created_at=now)
        clean_row(task)
        task.save(force_insert=True)
        audit("add_task", row, by=by, changes={"task": task.title})
        pass_turn(row, row.turn, row.due_on, now=now)
        telling.tell("task", row, by=by, to=[task.side], anchor="#tasks", task=task.title)
    return task


def finish_task(task, *, by, now=None):
    """It is done; twice is the same as once."""
    return _mark(task, "finish_task", by=by, done_by=by, done_at=now or timezone.now())


def reopen_task(task, *, by, now=None):
    """It is not done after all."""
    return _mark(task, "reopen_task", by=by, done_by=None, done_at=None)


def _mark(task, verb, *, by, done_by, done_at):
    with transaction.atomic():
        row, found = _held(task, verb, by)
        if (found.done_at is None) == (done_at is None):
            return found
        found.done_by, found.done_at, found.reminded_on = done_by, done_at, None
        found.save(update_fields=["done_by", "done_at", "reminded_on"])
        audit(verb, row, by=by, changes={"task": found.title})
    return found


def remove_task(task, *, by):
    """It is not needed any more."""
    with transaction.atomic():
        row, found = _held(task, "remove_task", by)
        audit("remove_task", row, by=by, changes={"task": found.title})
        found.delete()


def _held(task, verb, by):
    row = locked(task.application, verb)
    side_for(row, verb, by)
    found = row.tasks.filter(pk=task.pk).first()
    if found is None:
        raise WrongState(_("This task is not here any more."), code="gone")
    return row, found
