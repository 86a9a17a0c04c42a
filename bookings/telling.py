"""Whom the verbs of visits tell, and what stands in it. Called inside the verbs' transactions."""

from bookings.ics import visit_file
from bookings.periods import in_words
from common.moments import in_every_language
from livinglabs.telling import people_of
from notifications.actions import notify
from organisations.enums import WRITERS
from organisations.models import Membership

#: What the lab hears; the rest the guests hear.
TO_HOSTS = ("asked", "changed", "accepted", "withdrawn")
WITH_CALENDAR = ("confirmed", "cancelled")


def guests(visit):
    """[(member, reason)]: who asked; where that account is gone, who writes for the organisation that comes."""
    if visit.asked_by_id:
        return [(visit.asked_by_id, "visit_guest")]
    rows = Membership.objects.acting().filter(organisation=visit.organisation_id, role__in=WRITERS) if visit.organisation_id else []
    return [(row.user_id, "visit_guest") for row in rows]


def tell(what, visit, *, by, note=""):
    """`what` is the end of the kind's name. A cancellation reaches both sides but the one who cancels; a reminder both."""
    to = people_of(visit.offer.lab) if what in TO_HOSTS else guests(visit)
    if what in ("cancelled", "reminder"):
        to = [*guests(visit), *people_of(visit.offer.lab)]
    context = context_of(visit)
    if what in WITH_CALENDAR:
        context["calendar"] = in_every_language(lambda: visit_file(visit))
    notify(f"visit.{what}", visit, by=by, to=to, context=context, note=note)


def context_of(visit):
    """Who comes, where and when: `title` of a visit is its delegation and lab together, so each has its own word here."""
    zone = visit.offer.lab.zone
    return {
        "delegation": visit.delegation,
        "lab": in_every_language(lambda: visit.offer.lab),
        "when": in_every_language(lambda: in_words(visit.starts_at, visit.ends_at, zone)),
        "people": str(visit.people),
    }
