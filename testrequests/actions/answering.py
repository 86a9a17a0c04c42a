"""What a lab says to a request, and how either side ends it. Two who decide at once: the second is told what the first has done."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.text import clean_text
from conversations.models import POST_LIMIT
from testrequests import telling
from testrequests.actions.holding import free
from testrequests.actions.locking import LONGEST_REASON, REPLY_DAYS, TERMS_DAYS, in_days, locked, move, side_for, words_needed
from testrequests.actions.talking import say
from testrequests.enums import Side, State, Turn


def ask_back(application, *, by, text, key=None, now=None):
    """The lab needs to know more: the question is a message, and it is the asker's turn."""
    now = now or timezone.now()
    with transaction.atomic():
        row = locked(application, "ask_back")
        side_for(row, "ask_back", by)
        words = words_needed(text, _("Write what you need to know."), limit=POST_LIMIT)
        if say(row, words, by=by, key=key, now=now).is_repeat:
            return row
        move(row, State.CLARIFYING, "ask_back", by=by, now=now, turn=Turn.COMPANY, due_on=in_days(now, REPLY_DAYS), **_answered(row, now))
        telling.tell("asked_back", row, by=by, to=[Side.COMPANY], note=words, anchor="#messages")
    return row


def accept(application, *, by, note="", now=None):
    """The lab wants to do it. Next both agree on terms; the lab writes the first version."""
    now = now or timezone.now()
    with transaction.atomic():
        row = locked(application, "accept")
        side_for(row, "accept", by)
        words = clean_text(note)[:LONGEST_REASON]
        move(row, State.ACCEPTED, "accept_test", by=by, now=now, turn=Turn.LAB, due_on=in_days(now, TERMS_DAYS), reason=words,
             **_answered(row, now))  # fmt: skip
        telling.tell("accepted", row, by=by, to=[Side.COMPANY], note=words)
    return row


def decline(application, *, by, reason, now=None):
    """The lab does not do it, with the reason its asker reads. From now on it does not read the confidential part."""
    now = now or timezone.now()
    words = words_needed(reason, _("Say why: who asked reads it, and learns what would fit better."))
    with transaction.atomic():
        row = locked(application, "decline")
        side_for(row, "decline", by)
        move(row, State.DECLINED, "decline_test", by=by, now=now, turn=Turn.NOBODY, reason=words, **_answered(row, now))
        telling.tell("declined", row, by=by, to=[Side.COMPANY], note=words)
    return row


def withdraw(application, *, by, reason="", now=None):
    """Who asked thinks better of it, before anything is agreed."""
    now = now or timezone.now()
    with transaction.atomic():
        row = locked(application, "withdraw")
        side_for(row, "withdraw", by)
        words = clean_text(reason)[:LONGEST_REASON]
        move(row, State.WITHDRAWN, "withdraw", by=by, now=now, turn=Turn.NOBODY, reason=words)
        telling.tell("withdrawn", row, by=by, to=[Side.LAB], note=words)
    return row


def cancel(application, *, by, reason, now=None):
    """Either side calls off what was agreed; what was held of the offer is free again."""
    now = now or timezone.now()
    words = words_needed(reason, _("Say why it is called off: the other side reads it."))
    with transaction.atomic():
        row = locked(application, "cancel")
        side = side_for(row, "cancel", by)
        free(row, by=by, now=now)
        move(row, State.CANCELLED, "cancel", by=by, now=now, turn=Turn.NOBODY, reason=words)
        telling.tell("cancelled", row, by=by, to=[telling.other(side)], note=words)
    return row


def _answered(row, now):
    """The first answer stands for good: it is what the lab's numbers count."""
    return {} if row.answered_at else {"answered_at": now}
