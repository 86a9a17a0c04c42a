"""Messages between the two sides, in one thread for each application."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from conversations.actions import messages_of, write_post
from conversations.enums import ThreadKind
from conversations.models import Thread
from testrequests import telling
from testrequests.actions.locking import REPLY_DAYS, in_days, locked, pass_turn, side_for
from testrequests.enums import Side, State, Turn


def thread_of(row):
    """The messages of an application; None while nobody has written."""
    return Thread.objects.about(row).filter(kind=ThreadKind.MESSAGES).first()


def say(row, text, *, by, key=None, now):
    """Write one message. The post, with `is_repeat` where the same `key` has written it already. Call with the application's row held."""
    language = get_language() or row.request.language
    thread = messages_of(row, by=by, language=language, now=now)
    return write_post(thread, by=by, text=text, language=language, key=key, now=now)


def write(application, *, by, text, key=None, now=None):
    """A message to the other side. While something is clarified, it is the other side's turn then. The same `key` again is one message."""
    now = now or timezone.now()
    with transaction.atomic():
        row = locked(application, "write")
        side = side_for(row, "write", by)
        written = say(row, text, by=by, key=key, now=now)
        if written.is_repeat:
            return row
        if row.state == State.CLARIFYING:
            to_lab = side == Side.COMPANY
            days = row.lab.answer_days if to_lab else REPLY_DAYS
            pass_turn(row, Turn.LAB if to_lab else Turn.COMPANY, in_days(now, days), now=now)
        else:
            pass_turn(row, row.turn, row.due_on, now=now)
        telling.tell("message", row, by=by, to=[telling.other(side)], note=text, anchor="#messages")
    return row
