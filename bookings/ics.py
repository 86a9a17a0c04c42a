"""Bookings and visits as calendar programs read them (RFC 5545): the lab's feed, a guest's visits, what comes with a mail.

The same row always gives the same bytes. What is given back or cancelled stays, and says so.
"""

from django.utils.translation import gettext as _
from icalendar import Event as Entry

from bookings.enums import ENDED, OPEN
from bookings.prices import visit_price
from common.ics import framed, organizer
from common.mail import absolute


def booking_entries(bookings):
    """[(VEVENT, zone, start, end)] of bookings (with offer, lab and texts at hand), as the lab's people read them."""
    return [_framed(_of_booking(booking), booking) for booking in bookings]


def visit_entries(visits):
    """The same of visits, for guests and the lab: what nobody has answered yet is tentative."""
    return [_framed(_of_visit(visit), visit) for visit in visits]


def visit_file(visit):
    """One visit as a file."""
    return framed(visit_entries([visit]))


def _framed(entry, row):
    return entry, row.offer.lab.time_zone, row.starts, row.ends


def _of_booking(booking):
    offer, units = booking.offer, booking.units
    where = _("Unit %(unit)s") % {"unit": units} if units else _("All units")
    title = f"{offer}: {booking}"
    words = [booking.release_reason, f"{booking.get_kind_display()}. {where}.", booking.purpose]
    status = "CONFIRMED" if booking.is_held else "CANCELLED"
    return _entry(booking, status, title, words, offer.get_absolute_url(), booking.updated_at)


def _of_visit(visit):
    title = _("Visit: %(delegation)s, %(lab)s") % {"delegation": visit.delegation, "lab": visit.offer.lab}
    status = "TENTATIVE" if visit.state in OPEN else "CANCELLED" if visit.state in ENDED else "CONFIRMED"
    state = "" if status == "CONFIRMED" else f"{visit.get_state_display()}."
    words = [state, visit.answer, visit.practical, visit_price(visit) if visit.price else ""]
    return _entry(visit, status, title, words, visit.get_absolute_url(), visit.changed_at)


def _entry(row, status, title, words, url, changed):
    lab, address = row.offer.lab, absolute(url)
    entry = Entry()
    entry.add("uid", str(row.uid))
    entry.add("sequence", row.sequence)
    entry.add("dtstamp", changed.replace(microsecond=0))
    entry.add("created", row.created_at.replace(microsecond=0))
    entry.add("last-modified", changed.replace(microsecond=0))
    entry.add("dtstart", row.starts)
    entry.add("dtend", row.ends)
    entry.add("status", status)
    entry.add("transp", "TRANSPARENT" if status == "CANCELLED" else "OPAQUE")
    entry.add("summary", _("Cancelled: %(title)s") % {"title": title} if status == "CANCELLED" else title)
    entry.add("description", "\n\n".join(part for part in (*words, address) if part))
    entry.add("location", str(lab))
    entry.add("url", address)
    entry.add("organizer", organizer(lab))
    return entry
