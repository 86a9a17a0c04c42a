"""What the two agree on: versions of terms, accepted by both. Whatever is changed is a new version, which both accept again.

While an agreement stands, a newly proposed version changes nothing until both have accepted it.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.actions import hold
from bookings.actions import move as move_booking
from common.errors import WrongState
from common.rows import clean_row
from notifications.actions import said_in_languages
from records.actions import audit
from testrequests import telling
from testrequests.actions.locking import REPLY_DAYS, in_days, locked, move, pass_turn, side_for
from testrequests.enums import Side, State, Turn
from testrequests.models import Terms
from testrequests.periods import PeriodInWords
from testrequests.rules import sides_of


def propose_terms(application, *, by, base, text, starts_on, ends_on, price="", now=None):
    """Write the next version; whoever proposes it accepts it, and it is the other side's turn.

    `base` is the number of the version that was read, 0 for none: two who write at once do not pass over each other. Raises
    `ValidationError` by field and `WrongState`.
    """
    now = now or timezone.now()
    with transaction.atomic():
        row = locked(application, "propose_terms")
        side = side_for(row, "propose_terms", by)
        last = row.terms.first()
        if base != (last.version if last else 0):
            raise WrongState(_("Another version was proposed meanwhile. Read it first."), code="stale")
        terms = Terms(application=row, version=base + 1, text=text, starts_on=starts_on, ends_on=ends_on, price=price, proposed_by=by,
                      proposed_for=side, created_at=now)  # fmt: skip
        _sign(terms, side, by=by, now=now)
        clean_row(terms)
        if terms.ends_on < timezone.localdate(now):
            raise ValidationError({"ends_on": _("This period is over already.")}, code="past")
        terms.save(force_insert=True)
        pass_turn(row, Turn(telling.other(side)), in_days(now, REPLY_DAYS), now=now)
        audit("propose_terms", row, by=by, changes={"version": terms.version})
        telling.tell("terms", row, by=by, to=[telling.other(side)], note=terms.text, anchor="#terms", **_said(terms))
    return terms


def accept_terms(application, *, by, version, now=None):
    """Accept the last version for the side that has not. Once both have, it is in force and holds its unit of the offer.

    Raises `WrongState` where another version was proposed meanwhile, where nothing waits for this side, and from the booking where the
    offer is full in that time, with the next time it is free; then nothing is changed. Accepting twice is the same as once.
    """
    now = now or timezone.now()
    with transaction.atomic():
        row = locked(application, "accept_terms")
        terms = row.terms.select_for_update().first()
        if terms is None or terms.version != version:
            raise WrongState(_("Another version was proposed meanwhile. Read it first."), code="stale")
        side = _side_to_sign(row, terms, by)
        if side is None:
            return row
        _sign(terms, side, by=by, now=now)
        terms.save(update_fields=["company_by", "company_at", "lab_by", "lab_at"])
        audit("accept_terms", row, by=by, changes={"version": terms.version, "side": str(side)})
        if terms.is_accepted:
            _agree(row, terms, by=by, now=now)
    return row


def _side_to_sign(row, terms, by):
    """The side that has not accepted and that `by` acts for; None where `by`'s side has."""
    side_for(row, "accept_terms", by)
    return next((side for side in terms.waits_for if side in sides_of(by, row)), None)


def _sign(terms, side, *, by, now):
    setattr(terms, f"{side}_by", by)
    setattr(terms, f"{side}_at", now)


def _agree(row, terms, *, by, now):
    """Both have accepted: it is in force, and holds its unit of the offer for its period."""
    booking = _hold(row, terms, by=by, now=now)
    state = State.AGREED if row.state == State.ACCEPTED else State(row.state)
    waits_until = terms.ends_on if state == State.RUNNING else terms.starts_on
    move(row, state, "agree", by=by, now=now, turn=Turn.NOBODY, due_on=waits_until, agreed_terms=terms, booking=booking,
         agreed_at=row.agreed_at or now)  # fmt: skip
    telling.tell("agreed", row, by=by, to=[Side.COMPANY, Side.LAB], **_said(terms))


def _said(terms):
    return {"version": terms.version, "period": said_in_languages(PeriodInWords(terms.starts_on, terms.ends_on))}


def _hold(row, terms, *, by, now):
    """The booking of the agreement: a new one, or the one of the version before in its new period. Without an offer nothing is held."""
    if row.offer is None:
        return None
    days = {"start": terms.starts_on, "end": terms.ends_on}
    if row.booking_id and row.booking.is_held and not row.booking.released_at:
        return move_booking(row.booking, by=by, now=now, **days)
    return hold(row.offer, by=by, title=str(row.request), now=now, is_demo=row.request.is_demo, **days)
