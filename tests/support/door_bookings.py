"""Which door of bookings and visits answers whom: read by tests/test_doors.py beside the table of the rest.

Own is a lab of the cast's organisation, whose owner and editor are its people; other is a public lab of others; private is a draft of
others. The stranger is the guest of every visit. Moderators run no lab and visit none.
"""

from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from bookings.models import Booking, Visit
from tests.factories import LivingLabFactory, OfferFactory
from tests.support.door_table import MEMBER, READ, noun, page, verb


def offer_of(world, target):
    found = world.__dict__.setdefault("booked_offers", {})
    if target not in found:
        of, state = ("own", "published") if target == "own" else ("other", "draft" if target == "private" else "published")
        lab = LivingLabFactory(organisation=world.organisations[of], slug=f"{target}-booked-lab", state=state)
        found[target] = OfferFactory(lab=lab, slug="tour", kind="visit", state=state)
    return found[target]


def visit_of(world, target):
    """The stranger asks the labs of own and other; where private, it is between others."""
    start = timezone.now() + timedelta(days=9)
    by = world.cast["stranger"] if target != "private" else None
    found = world.__dict__.setdefault("visits", {})
    if target not in found:
        words = {"delegation": "Guests", "people": 3, "language": "en", "purpose": "To see"}
        offer = offer_of(world, target)
        found[target] = Visit.objects.create(offer=offer, asked_by=by, starts_at=start, ends_at=start + timedelta(hours=2), **words)
    return found[target]


def _block(world, target):
    offer, start = offer_of(world, target), datetime.now(tz=timezone.get_current_timezone()) + timedelta(days=20)
    period = DateTimeTZRange(start, start + timedelta(days=1))
    booking = Booking.objects.create(offer=offer, unit=1, last_unit=1, kind="blocked", period=period)
    return {"slug": offer.lab.slug, "pk": booking.pk}


def _offer(world, target):
    return {"slug": offer_of(world, target).lab.slug, "offer": "tour"}


BOOKING_MAKERS = {
    "en/living-labs/calendar/<str:token>": lambda world, target: {"token": "nonsense"},
    "en/living-labs/<slug:slug>/calendar/": lambda world, target: {"slug": offer_of(world, target).lab.slug},
    "en/living-labs/<slug:slug>/calendar/<int:pk>/": _block,
    "en/living-labs/<slug:slug>/offers/<slug:offer>/calendar/": _offer,
    "en/living-labs/<slug:slug>/offers/<slug:offer>/visit/": _offer,
    "en/visits/<int:pk>/": lambda world, target: {"pk": visit_of(world, target).pk},
}

UNSEEN = "in 404 404 404 404 404 403"
NOBODYS = "in 403 403 403 403 403 403"


def people(done):
    """What the lab's people do: its organisation's owner and editor."""
    return (f"in 403 403 {done} {done} 403 403", NOBODYS, UNSEEN)


def sides(host, guest):
    """A visit: the stranger is the guest, editor and owner are hosts of own; others do not see it."""
    return (f"in {guest} 404 {host} {host} 404 403", f"in {guest} 404 404 404 404 403", UNSEEN)


BOOKING_DOORS = {
    "en/living-labs/calendar/<str:token>.ics": noun("404"),
    "en/living-labs/<slug:slug>/calendar/": noun(people("200")),
    "en/living-labs/<slug:slug>/calendar/block/": verb(*people("200")),
    "en/living-labs/<slug:slug>/calendar/address/": verb(*people("302")),
    "en/living-labs/<slug:slug>/calendar/address/give-up/": verb(*people("302")),
    "en/living-labs/<slug:slug>/calendar/<int:pk>/release/": verb(*people("302")),
    "en/living-labs/<slug:slug>/offers/<slug:offer>/calendar/": noun(READ),
    "en/living-labs/<slug:slug>/offers/<slug:offer>/visit/": noun((MEMBER, MEMBER, UNSEEN), (MEMBER, MEMBER, UNSEEN)),
    "en/visits/": page(MEMBER),
    "en/visits/<int:pk>/": noun(sides("200", "200")),
    "en/visits/<int:pk>/calendar.ics": noun(sides("200", "200")),
    "en/visits/<int:pk>/confirm/": verb(*sides("302", "403")),
    "en/visits/<int:pk>/propose/": verb(*sides("200", "403")),
    "en/visits/<int:pk>/decline/": verb(*sides("200", "403")),
    "en/visits/<int:pk>/thank/": verb(*sides("200", "403")),
    "en/visits/<int:pk>/accept/": verb(*sides("403", "302")),
    "en/visits/<int:pk>/change-date/": verb(*sides("403", "200")),
    "en/visits/<int:pk>/withdraw/": verb(*sides("403", "302")),
    "en/visits/<int:pk>/cancel/": verb(*sides("200", "200")),
}
