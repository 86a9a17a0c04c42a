"""What the clock does: a day that was waited for has come, something is due soon, something is overdue."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from bookings.periods import day_words
from notifications.actions import said_in_languages
from testrequests import telling
from testrequests.actions.locking import pass_turn
from testrequests.enums import OPEN, Side, State, Turn
from testrequests.models import Application, Task
from testrequests.next_step import StepInWords

SOON = timedelta(days=3)
AGAIN = timedelta(days=7)
A_CHUNK = 500
SIDES = {Turn.COMPANY: [Side.COMPANY], Turn.LAB: [Side.LAB], Turn.BOTH: [Side.COMPANY, Side.LAB]}


class DayInWords:
    """A day that is said in whatever language it is asked in."""

    def __init__(self, day):
        self.day = day

    def __str__(self):
        return day_words(self.day)


def pass_by_the_clock(*, now=None):
    """The first day of what is agreed has come: the lab starts it. The last day has come: both end it. Returns how many."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    waited = Application.objects.filter(turn=Turn.NOBODY, state__in=(State.AGREED, State.RUNNING), due_on__lte=today)
    return sum(_pass(pk, now) for pk in list(waited.order_by("pk").values_list("pk", flat=True)[:A_CHUNK]))


def _pass(pk, now):
    with transaction.atomic():
        row = Application.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, turn=Turn.NOBODY).first()
        if row is None or row.state not in (State.AGREED, State.RUNNING):
            return 0
        pass_turn(row, Turn.LAB if row.state == State.AGREED else Turn.BOTH, row.due_on, now=now)
    return 1


def remind(*, now=None):
    """Tell who must act: once when it is due within three days, then every week while it is overdue. Returns how many were told."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    rows = Application.objects.exclude(turn=Turn.NOBODY).filter(_wanted(today), state__in=OPEN)
    tasks = Task.objects.open().filter(_wanted(today))
    told = sum(_remind(Application, pk, today, _tell_step) for pk in _keys(rows))
    return told + sum(_remind(Task, pk, today, _tell_task) for pk in _keys(tasks))


def _wanted(today):
    """Due within three days and not told of it; or overdue, and not told of that within a week."""
    soon = Q(due_on__gte=today, due_on__lte=today + SOON, reminded_on=None)
    overdue = Q(due_on__lt=today) & (Q(reminded_on=None) | Q(reminded_on__lte=today - AGAIN) | Q(reminded_on__lte=F("due_on")))
    return soon | overdue


def _keys(rows):
    return list(rows.order_by("due_on", "pk").values_list("pk", flat=True)[:A_CHUNK])


def _remind(model, pk, today, tell):
    with transaction.atomic():
        row = model.objects.select_for_update(of=("self",), skip_locked=True).filter(_wanted(today), pk=pk).first()
        if row is None:
            return 0
        row.reminded_on = today
        row.save(update_fields=["reminded_on"])
        tell(row, "overdue" if row.due_on < today else "due")
    return 1


def _tell_step(row, kind):
    words = {"what": said_in_languages(StepInWords(row)), "day": said_in_languages(DayInWords(row.due_on))}
    telling.tell(kind, row, by=None, to=SIDES[row.turn], **words)


def _tell_task(task, kind):
    row = task.application
    telling.tell(kind, row, by=None, to=[task.side], anchor="#tasks", what=task.title, day=said_in_languages(DayInWords(task.due_on)))
