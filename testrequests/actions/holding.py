"""What an agreement holds of an offer is given back when the test is over before its time, or is called off."""

from bookings.actions import release


def free(row, *, by, now):
    """Give back what is still held from now on; what has run stays on record. Call with the application's row held."""
    booking = row.booking
    if booking and booking.is_held and not booking.released_at and booking.period.upper > now:
        release(booking, by=by, now=now)
