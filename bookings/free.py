"""What is free of an offer: which units, from when to when, and when next. Questions only; a verb asks them with the offer's row held."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bookings.models import Booking
from common.moments import moved

#: So far ahead the next free period is looked for.
AHEAD = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Free:
    """A period in which so many units can be had throughout."""

    start: datetime
    end: datetime
    units: int


@dataclass(frozen=True)
class Held:
    """Units that are held from one moment to another, as a question needs them: without the booking itself."""

    unit: int
    last_unit: int
    start: datetime
    end: datetime

    def units(self, capacity):
        return range(self.unit, min(self.last_unit, capacity) + 1)


def held(offer, start, end, *, but=None):
    """[Held] of an offer in a period, in the order of their start; `but` is a booking that is not in its own way."""
    rows = Booking.objects.in_the_way(offer, start, end)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return [Held(unit, last, period.lower, period.upper) for unit, last, period in rows.values_list("unit", "last_unit", "period")]


def held_of_many(offers, start, end):
    """`{primary key of the offer: [Held]}` in one question."""
    rows = Booking.objects.held().filter(offer__in=[one.pk for one in offers]).within(start, end)
    found = {}
    for offer, unit, last, period in rows.values_list("offer", "unit", "last_unit", "period"):
        found.setdefault(offer, []).append(Held(unit, last, period.lower, period.upper))
    return found


def free_units(offer, start, end, *, but=None, capacity=None):
    """The units nobody holds at any moment of a period, in ascending order."""
    capacity = capacity or offer.capacity
    taken = {unit for row in held(offer, start, end, but=but) for unit in row.units(capacity)}
    return [unit for unit in range(1, capacity + 1) if unit not in taken]


def free_periods(offer, start, end):
    """[Free] between two moments: how many units can be had, whenever it is at least one; neighbours with the same number are one."""
    return free_in(held(offer, start, end), offer.capacity, start, end)


def free_in(rows, capacity, start, end):
    """The same from what is held. Bookings of a unit never overlap, so that the numbers simply add up."""
    changes = {start: 0, end: 0}
    for row in rows:
        number = len(row.units(capacity))
        first, last = max(row.start, start), min(row.end, end)
        changes[first] = changes.get(first, 0) + number
        changes[last] = changes.get(last, 0) - number
    moments, taken, found = sorted(changes), 0, []
    for begins, ends in pairwise(moments):
        taken += changes[begins]
        free = capacity - taken
        if found and found[-1].units == free and found[-1].end == begins:
            found[-1] = Free(found[-1].start, ends, free)
        else:
            found.append(Free(begins, ends, free))
    return [one for one in found if one.units > 0]


def next_free(offer, start, end, *, but=None):
    """(start, end) of the first such period, from this day on and at the same time on the clock, in which one unit is free throughout.

    A period of whole days stays one, whatever the clocks do. None where there is none within three years.
    """
    zone = offer.lab.zone
    own = {}
    for row in held(offer, start, end + AHEAD, but=but):
        for unit in row.units(offer.capacity):
            own.setdefault(unit, []).append(row)
    if len(own) < offer.capacity:
        return start, end
    days = min(_days_until_a_gap(rows, start, end, zone) for rows in own.values())
    return _later(start, end, zone, days) if timedelta(days=days) <= AHEAD else None


def _days_until_a_gap(rows, start, end, zone):
    """After how many days one unit is free for the whole of the period; its rows are in order and do not overlap."""
    days = 0
    for row in rows:
        begins, ends = _later(start, end, zone, days)
        if row.start >= ends:
            break
        if row.end > begins:
            days = (row.end.astimezone(zone).date() - start.astimezone(zone).date()).days
            days += _later(start, end, zone, days)[0] < row.end
    return days


def _later(start, end, zone, days):
    return moved(start, zone, days), moved(end, zone, days)
