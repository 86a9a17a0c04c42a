"""The models of bookings and visits, declared for the inventory, and what becomes of visits whose guest leaves the portal.

A visit is between a delegation and a lab, which keeps what it agreed: it stays when a member is erased, asked for by a "former member".
"""

from django.utils.translation import gettext_lazy as _

from bookings.actions import forget_guest
from portal.privacy.holdings import Holding

BOOKINGS = (
    Holding(
        "bookings.Visit", _("Visits you asked for"), about=("asked_by",), did=("decided_by",), stays=True,
        shows=("offer", "organisation", "delegation", "people", "language", "purpose", "starts_at", "ends_at", "state", "answer", "price",
               "practical", "thanks", "thanked_at", "created_at", "changed_at"),
        did_shows=("offer", "delegation", "starts_at", "ends_at", "state"),
        keys=("booking", "uid", "sequence", "reminded_at", "is_demo"), scrub=("delegation", "purpose", "answer", "practical", "thanks"),
    ),
    Holding(
        "bookings.Booking", _("Bookings you made"), did=("made_by",), did_shows=("offer", "period", "kind", "title", "state", "created_at"),
        keys=("unit", "last_unit", "purpose", "uid", "sequence", "released_at", "release_reason", "is_demo", "updated_at"),
        scrub=("title", "purpose", "release_reason"),
    ),
    Holding(
        "bookings.LabCalendarKey", _("Your addresses of calendars of living labs"), about=("user",), shows=("lab", "created_at"),
        keys=("nonce",),
    ),
)  # fmt: skip


def forget_visits(person):
    """What the member asked for is withdrawn or cancelled where nobody else speaks for the delegation, so that the lab knows."""
    forget_guest(person.user)
