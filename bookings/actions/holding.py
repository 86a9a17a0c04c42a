"""Holding units of an offer, giving them back, blocking them. Each verb locks the offer first, so that no unit is given twice."""

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.enums import BookingKind, BookingState
from bookings.free import free_periods, free_units, held, next_free
from bookings.models import Booking
from bookings.periods import as_moments, check, in_words
from common.errors import WrongState
from common.publishing import State
from common.rows import clean_row
from livinglabs.actions.locking import locked_offer
from livinglabs.models import MOST_UNITS
from records.actions import audit

__all__ = ["block", "free_periods", "hold", "move", "release"]
MOST_NAMED = 5


def hold(offer, *, start, end, by, purpose="", title="", kind=BookingKind.AGREEMENT, is_demo=False, now=None):
    """A unit of `offer` is held from `start` to `end`; days are whole days on the clock of the lab, the last one included.

    A unit is kept for the whole of the period: of those that are free throughout, the one is taken that leaves the smallest gap before
    it, so that long periods stay free. Returns the booking. Raises `ValidationError` for a period that is none, and `WrongState`: code
    `closed` where the offer takes nobody, `full` with the next free period in its words.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = locked_offer(offer)
        start, end = as_moments(start, end, locked.lab.zone)
        check(start, end, now=now)
        refuse_closed(locked)
        unit = _best_unit(locked, start, end)
        booking = Booking(
            offer=locked, unit=unit, last_unit=unit, period=DateTimeTZRange(start, end), kind=kind, title=title, purpose=purpose,
            made_by=by, is_demo=is_demo,
        )  # fmt: skip
        clean_row(booking)
        _save(booking, start, end)
        audit("hold", booking, by=by)
    return booking


def refuse_closed(offer):
    """`WrongState` where the lab or the offer is not published: what is archived meanwhile takes nobody any more.

    The lab is read anew, with the offer's row held: whoever archives a lab holds the rows of its offers, too, so what came first counts.
    """
    offer.lab.refresh_from_db(fields=["state"])
    if offer.lab.state != State.PUBLISHED:
        words = _("The living lab “%(lab)s” is not open now: it stands as “%(state)s”.")
        raise WrongState(words % {"lab": offer.lab, "state": offer.lab.get_state_display()}, code="closed")
    if offer.state != State.PUBLISHED:
        words = _("“%(offer)s” cannot be booked now: it stands as “%(state)s”.")
        raise WrongState(words % {"offer": offer, "state": offer.get_state_display()}, code="closed")


def refuse_full(offer, start, end):
    """`WrongState` with the next free period, where no unit is free throughout. Nothing is held by asking."""
    if not free_units(offer, start, end):
        raise _full(offer, start, end)


def _best_unit(offer, start, end, *, but=None, capacity=None):
    units = free_units(offer, start, end, but=but, capacity=capacity)
    if not units:
        raise _full(offer, start, end, but=but)
    ends = dict.fromkeys(units)  # unit → when it was last given back before the period
    for row in held(offer, start - (end - start), start):
        for unit in row.units(offer.capacity):
            if unit in ends and (ends[unit] is None or ends[unit] < row.end):
                ends[unit] = row.end
    return min(units, key=lambda unit: (start - ends[unit] if ends[unit] else end - start, unit))


def _full(offer, start, end, *, but=None):
    zone = offer.lab.zone
    words = {"offer": offer, "period": in_words(start, end, zone)}
    found = next_free(offer, start, end, but=but)
    if found is None:
        return WrongState(_("“%(offer)s” is full: %(period)s. In the next three years there is no free period as long as this.") % words,
                          code="full")  # fmt: skip
    words["next"] = in_words(*found, zone)
    return WrongState(_("“%(offer)s” is full: %(period)s. The next free period as long as this: %(next)s.") % words, code="full")


def _save(booking, start, end):
    """The constraint is the last line: whoever comes past the lock is refused by the database, in the same words."""
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        if "booking_once" not in str(error):
            raise
        raise _full(booking.offer, start, end) from error


def move(booking, *, start, end, by, now=None):
    """The booking holds a unit in another period from now on, the same one where that is free. Raises as `hold` does."""
    now = now or timezone.now()
    with transaction.atomic():
        offer = locked_offer(booking.offer)
        row = _locked(booking)
        start, end = as_moments(start, end, offer.lab.zone)
        check(start, end, now=now)
        if not row.is_held:
            raise WrongState(_("This booking was given back already."), code="wrong_state")
        if row.kind == BookingKind.BLOCKED:
            raise WrongState(_("Give it back and block anew."), code="wrong_state")
        if row.unit not in free_units(offer, start, end, but=row):
            row.unit = row.last_unit = _best_unit(offer, start, end, but=row)
        before = in_words(row.period.lower, row.period.upper, offer.lab.zone)
        row.period, row.sequence = DateTimeTZRange(start, end), row.sequence + 1
        row.save(update_fields=["unit", "last_unit", "period", "sequence", "updated_at"])
        audit("move", row, by=by, changes={"period": [before, in_words(start, end, offer.lab.zone)]})
    booking.refresh_from_db()
    return booking


def release(booking, *, by, reason="", now=None):
    """Held → given back: the units are free from now on. What has run already stays on record, up to now. Raises `WrongState`."""
    now = now or timezone.now()
    with transaction.atomic():
        locked_offer(booking.offer)
        row = _locked(booking)
        if not row.is_held or row.released_at:
            raise WrongState(_("This booking was given back already."), code="wrong_state")
        if row.period.upper <= now:
            raise WrongState(_("This booking is over."), code="over")
        if row.period.lower < now:
            row.period = DateTimeTZRange(row.period.lower, now)
        else:
            row.state = BookingState.RELEASED
        row.released_at, row.release_reason, row.sequence = now, reason, row.sequence + 1
        clean_row(row, exclude=("offer",))
        row.save(update_fields=["period", "state", "released_at", "release_reason", "sequence", "updated_at"])
        audit("release", row, by=by, note=row.release_reason)
    booking.refresh_from_db()
    return booking


def block(offer, *, start, end, by, title="", unit=None, is_demo=False, now=None):
    """The lab keeps all units, or one, to itself for a period: maintenance, a closed road. Returns the booking.

    Nothing that is agreed is pushed aside: where something is held, `WrongState` names it (code `taken`).
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = locked_offer(offer)
        start, end = as_moments(start, end, locked.lab.zone)
        check(start, end, now=now)
        first, last = (1, MOST_UNITS) if unit is None else (unit, unit)
        if unit is not None and not 1 <= unit <= locked.capacity:
            raise WrongState(_("There is no unit %(unit)d.") % {"unit": unit}, code="no_unit")
        rows = Booking.objects.in_the_way(locked, start, end).filter(unit__lte=last, last_unit__gte=first)
        if in_the_way := list(rows[: MOST_NAMED + 1]):
            raise _taken(in_the_way, locked)
        booking = Booking(
            offer=locked, unit=first, last_unit=last, period=DateTimeTZRange(start, end), kind=BookingKind.BLOCKED, title=title, made_by=by,
            is_demo=is_demo,
        )  # fmt: skip
        clean_row(booking)
        _save(booking, start, end)
        audit("block", booking, by=by)
    return booking


def _taken(rows, offer):
    words = _("Something is held in that time. Agree with those concerned first: %(list)s.")
    return WrongState(words % {"list": named(rows, offer)}, code="taken")


def named(rows, offer):
    """“Smart bins (1 December 2026 – 14 December 2026); …” of the first few bookings."""
    lines = [f"{row} ({in_words(row.period.lower, row.period.upper, offer.lab.zone)})" for row in rows[:MOST_NAMED]]
    return "; ".join([*lines, "…"] if len(rows) > MOST_NAMED else lines)


def _locked(booking):
    return Booking.objects.select_for_update(of=("self",)).select_related("offer__lab").get(pk=booking.pk)
