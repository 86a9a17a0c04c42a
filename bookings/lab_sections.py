"""What bookings add to the pages of labs and offers, and their say in the verbs of these."""

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.actions import decline_all, make_room
from bookings.actions.holding import MOST_NAMED, named
from bookings.availability import FreeSection, LabCapacity, free_notes
from bookings.enums import BookingKind, VisitState
from bookings.models import Booking, Visit
from livinglabs.claims import Claim, register_claim
from livinglabs.enums import OfferKind
from livinglabs.models import LivingLab
from livinglabs.sections import Section, register_offer_note, register_section

CLOSING = ("archive", "withdraw")


def _of(noun):
    return {"offer__lab": noun} if isinstance(noun, LivingLab) else {"offer": noun}


def refuses(noun):
    """A visit that is confirmed is kept: cancel it first, so that the guests hear of it."""
    now = timezone.now()
    rows = Booking.objects.filter(**_of(noun)).held().exclude(kind=BookingKind.BLOCKED).to_come(now)
    rows = list(rows.select_related("offer__lab")[: MOST_NAMED + 1])
    if not rows:
        return []
    return [_("Something is booked still. Agree with those concerned first: %(list)s.") % {"list": named(rows, rows[0].offer)}]


def reacts(noun, verb, *, by, now):
    """Whoever waits for an answer is told that the lab takes visits no more."""
    if verb in CLOSING:
        decline_all(Visit.objects.filter(**_of(noun)), by=by, now=now)


def asks_for_visit(page):
    """The button to ask for a visit, on an offer that is one."""
    offer = page.offer
    return offer if offer.kind == OfferKind.VISIT and _is_open(offer) else None


def visit_buttons(page):
    """The lab's offers to visit, for the button on the lab's own page."""
    found = [one["offer"] for one in page.offers if one["offer"].kind == OfferKind.VISIT and _is_open(one["offer"])]
    return found or None


def _is_open(offer):
    return offer.state == "published" and offer.lab.state == "published"


def bookings_of(page):
    """The way to the lab's calendar, for the lab's people, with how many visits wait for an answer."""
    if not page.user.is_authenticated or not page.user.has_perm("livinglabs.answer", page.lab):
        return None
    return {"lab": page.lab, "waiting": Visit.objects.filter(offer__lab=page.lab, state=VisitState.ASKED).count()}


register_claim(Claim("bookings", refuses=refuses, capacity=make_room, reacts=reacts))
register_section(
    Section("visit", "offer", "bookings/_ask_button.html", asks_for_visit, "head", 20),
    Section("visits", "lab", "bookings/_visit_buttons.html", visit_buttons, "head", 20),
    Section("bookings", "lab", "bookings/_lab_button.html", bookings_of, "head", 30),
    Section("free", "offer", "bookings/_free.html", FreeSection.read, "main", 40),
    Section("capacity", "lab", "bookings/_capacity.html", LabCapacity.read, "main", 40),
)
register_offer_note("free", free_notes)
