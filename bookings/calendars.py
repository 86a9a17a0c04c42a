"""What stands in which calendar, and the secret address of a lab's."""

import secrets
from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils import timezone

from bookings.enums import BookingKind
from bookings.ics import booking_entries, visit_entries
from bookings.models import Booking, LabCalendarKey, Visit
from common.ics import framed
from common.mail import absolute
from livinglabs.models import LivingLab

#: Feeds reach so far back, and hold this many rows of each kind at most: the latest ones.
BACK = timedelta(days=400)
MOST = 1_000

_signer = signing.Signer(sep="~", salt="bookings.calendar")


def with_offers(rows):
    """What a calendar says of bookings and visits comes along."""
    return rows.select_related("offer__lab").prefetch_related("offer__texts", "offer__lab__texts")


def lab_calendar(lab, now=None):
    """The lab's bookings and visits as text: agreements and blocks as bookings, visits as visits, also those that wait for an answer."""
    since = (now or timezone.now()) - BACK
    bookings = Booking.objects.filter(offer__lab=lab, period__endswith__gt=since).exclude(kind=BookingKind.VISIT)
    visits = Visit.objects.filter(offer__lab=lab, ends_at__gt=since)
    entries = booking_entries(with_offers(bookings.order_by("-period", "-pk"))[:MOST])
    return framed([*entries, *visit_entries(with_offers(visits.order_by("-starts_at", "-pk"))[:MOST])], name=str(lab))


def own_visits(user, now):
    """Visits a member speaks for as a guest, for "my calendar": with those that are cancelled, so that programs hear of it."""
    return with_offers(Visit.objects.guest(user).filter(ends_at__gt=now - BACK).order_by("starts_at", "pk"))


def lab_address(lab, user):
    """The whole secret address that `user` has of a lab's calendar, or ""."""
    key = LabCalendarKey.objects.filter(lab=lab, user=user).first()
    if key is None:
        return ""
    return absolute(reverse("bookings:lab_file", args=[_signer.sign_object([lab.pk, user.pk, key.nonce])]))


def lab_of(token):
    """The lab whose calendar the address is for; None for an address that leads nowhere, or whose owner answers for the lab no more."""
    try:
        lab, user, nonce = _signer.unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    key = LabCalendarKey.objects.filter(lab=lab, user=user).select_related("user", "lab").first()
    if key is None or not secrets.compare_digest(str(nonce), key.nonce):
        return None
    # Asked of `run_by`, not of `has_perm`: an administrator has every right, also when suspended or out of the team.
    return LivingLab.objects.run_by(key.user).filter(pk=key.lab_id).first()
