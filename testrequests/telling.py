"""Whom the verbs of test requests tell, and what stands in it. Called inside the verbs' transactions."""

from django.db.models import Q

from members.models import User
from notifications.actions import notify, said_in_languages
from organisations.enums import WRITERS
from organisations.models import Membership
from organisations.telling import path_to
from testrequests.enums import Side


def asking(request):
    """(primary key, reason) of those who act for the organisation that asks: who began it, its owners and editors."""
    rows = Membership.objects.acting().filter(organisation=request.organisation_id)
    rows = rows.filter(Q(role__in=WRITERS) | Q(user=request.created_by_id)).order_by("pk")
    return [(pk, "asks_for_test") for pk in rows.values_list("user_id", flat=True)]


def answering(lab):
    """(primary key, reason) of those who answer for a lab: owners and editors of its host, and those its team names for it."""
    people = User.objects.filter(is_active=True, suspended_at=None)
    writers = Membership.objects.filter(organisation=lab.organisation_id, role__in=WRITERS).values("user")
    found = people.filter(Q(pk__in=writers) | Q(pk__in=lab.team.filter(answers=True).values("user"))).order_by("pk")
    return [(pk, "answers_for_lab") for pk in found.values_list("pk", flat=True)]


def people_of(row, *sides):
    """Those who act for one side of an application, or for both."""
    found = []
    if Side.COMPANY in sides:
        found += asking(row.request)
    if Side.LAB in sides:
        found += answering(row.lab)
    return found


def other(side):
    return Side.LAB if side == Side.COMPANY else Side.COMPANY


def tell(kind, row, *, by, to, note="", anchor="", **context):
    """Keep in the outbox what happened to an application. `to` names sides."""
    said = {"title": str(row.request), "lab": said_in_languages(row.lab), "organisation": row.organisation.name, **context}
    url = path_to("testrequests:application", row.request_id, row.pk) + anchor
    notify(f"testrequest.{kind}", row, by=by, to=people_of(row, *to), context=said, note=note, url=url)
