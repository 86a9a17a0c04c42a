"""The row of an application, held while a verb changes it, and the one place where its state is written.

Two who decide at once wait for each other here: the second finds the state the first has left.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.text import clean_text
from records.actions import audit
from testrequests.enums import CLOSED, MOVES
from testrequests.models import Application
from testrequests.rules import sides_of

#: Days within which the next step is due, where the lab or the terms do not say otherwise.
REPLY_DAYS = 14
TERMS_DAYS = 21
REPORT_DAYS = 30
LONGEST_REASON = 2_000


def locked(application, verb):
    """The application as it is now, held until the transaction ends. Raises `WrongState` where `verb` does not lead on from there."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("request__organisation", "lab__organisation", "offer")
    row = rows.filter(pk=application.pk).first()
    if row is None:
        raise WrongState(_("This request is not here any more."), code="gone")
    require(row, verb)
    return row


def require(row, verb):
    if row.state not in MOVES[verb].sources:
        message = _("This is not possible now: the request is “%(state)s”.")
        raise WrongState(message % {"state": row.get_state_display()}, code="wrong_state")


def side_for(row, verb, by):
    """The side `by` carries the verb out for; of two, the one whose turn it is. Raises `WrongState` for somebody of neither.

    Doors have asked already; somebody who left the organisation in between is caught here.
    """
    sides = [side for side in sides_of(by, row) if side in MOVES[verb].sides] if by is not None else list(MOVES[verb].sides)
    if not sides:
        raise WrongState(_("You do not act for a side that may do this."), code="not_yours")
    return next((side for side in sides if side == row.turn), sides[0])


def words_needed(text, message, limit=LONGEST_REASON):
    words = clean_text(text)[:limit]
    if not words:
        raise WrongState(message, code="reason_missing")
    return words


def move(row, state, verb, *, by, now, turn, due_on=None, reason="", **more):
    """Write where it stands now, who must act and until when; record it. Call with the row held."""
    row.state, row.state_changed_at, row.reason = state, now, reason
    for name, value in more.items():
        setattr(row, name, value)
    if state in CLOSED:
        row.closed_at = now
    pass_turn(row, turn, due_on, now=now, save=False)
    row.save(update_fields=["state", "state_changed_at", "reason", "closed_at", *BALL, *more])
    audit(verb, row, by=by, note=reason, changes={"state": str(state)})


#: What is written whenever somebody else must act.
BALL = ("turn", "due_on", "reminded_on", "last_activity_at")


def pass_turn(row, turn, due_on, *, now, save=True):
    """Who must act now, and until when; a new day is reminded of anew."""
    if row.due_on != due_on or row.turn != turn:
        row.reminded_on = None
    row.turn, row.due_on, row.last_activity_at = turn, due_on, now
    if save:
        row.save(update_fields=BALL)


def in_days(now, days):
    return timezone.localdate(now) + timedelta(days=days)
