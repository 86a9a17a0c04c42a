"""What becomes of bookings and visits when a lab closes, a member leaves, or time goes by."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bookings.actions.visits import cancel, decline, withdraw
from bookings.enums import VisitState
from bookings.models import Visit
from bookings.telling import tell
from common.errors import WrongState

BEFORE = timedelta(hours=24)
A_CHUNK = 200


def decline_all(visits, *, by, now):
    """Nobody waits for an answer that cannot come: what is asked of a lab or an offer that has closed is declined."""
    for visit in visits.open().select_related("offer__lab", "asked_by").order_by("pk"):
        with in_guests_language(visit):
            reason = _("The living lab does not take visits any more.")
        decline(visit, by=by, reason=reason, now=now)


def in_guests_language(visit):
    """What the portal says in somebody's place is said so that the guests understand it."""
    return translation.override(visit.asked_by.language if visit.asked_by else None)


def forget_guest(user, *, now=None):
    """A member who is erased: what was asked is withdrawn, and a visit nobody else speaks for is cancelled, so that the lab knows."""
    now = now or timezone.now()
    for visit in Visit.objects.filter(asked_by=user).select_related("offer__lab", "organisation"):
        others = visit.organisation_id is not None and visit.organisation.memberships.acting().exclude(user=user).exists()
        if others or visit.ends_at <= now:
            continue
        if visit.state == VisitState.CONFIRMED and visit.starts_at > now:
            cancel(visit, by=None, reason=_("Whoever asked for it has left the portal."), now=now)
        elif visit.state in (VisitState.ASKED, VisitState.PROPOSED):
            withdraw(visit, by=None, now=now)


def remind(*, now=None):
    """Remind guests and hosts of visits that begin within a day; returns how many visits. May run twice, and at once with itself."""
    now = now or timezone.now()
    reminded = 0
    while True:
        with transaction.atomic():
            due = Visit.objects.to_remind(now, now + BEFORE).select_for_update(skip_locked=True, of=("self",))
            rows = list(due.select_related("offer__lab", "organisation")[:A_CHUNK])
            if not rows:
                return reminded
            Visit.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=now)
            for row in rows:
                tell("reminder", row, by=None)
            reminded += len(rows)


def lapse(*, now=None):
    """What was asked for a time that has passed without an answer is declined, so that nobody waits for ever. Returns how many."""
    now = now or timezone.now()
    lapsed = 0
    for visit in Visit.objects.open().filter(starts_at__lte=now).select_related("offer__lab", "asked_by").order_by("pk")[:A_CHUNK]:
        with in_guests_language(visit):
            reason = _("The time went by without an agreement.")
        try:
            decline(visit, by=None, reason=reason, now=now)
        except WrongState:
            continue  # somebody answered in the same moment
        lapsed += 1
    return lapsed
