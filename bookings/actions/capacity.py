"""An offer with fewer units than before: what stands on those that go moves to others, or the change is refused with what is agreed."""

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.actions.holding import MOST_NAMED, named
from bookings.enums import BookingKind
from bookings.free import free_units
from bookings.models import Booking
from records.actions import audit


def make_room(offer, wanted, *, now=None):
    """Move what has not begun from units above `wanted` to units that are free throughout. Returns sentences about what cannot move.

    Called with the offer's row held and before its capacity is written: where there is a sentence, the caller gives up the transaction.
    What the lab has blocked is no obstacle. What runs already stays where it is.
    """
    now = now or timezone.now()
    rows = Booking.objects.filter(offer=offer, last_unit__gt=wanted).held().to_come(now)
    stuck = []
    for row in rows.exclude(kind=BookingKind.BLOCKED):
        units = [] if row.period.lower <= now else free_units(offer, row.period.lower, row.period.upper, capacity=wanted)
        if units:
            before, row.unit, row.last_unit = row.unit, units[0], units[0]
            row.sequence += 1
            row.save(update_fields=["unit", "last_unit", "sequence", "updated_at"])
            audit("move", row, by=None, changes={"unit": [before, row.unit]})
        else:
            stuck.append(row)
    if not stuck:
        return []
    words = _("More than %(number)d are agreed at the same time. What stands against it: %(list)s.")
    return [words % {"number": wanted, "list": named(stuck[: MOST_NAMED + 1], offer)}]
