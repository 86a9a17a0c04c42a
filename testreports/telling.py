"""Whom the verbs of test reports tell. Called inside the verbs' transactions."""

from django.db.models import Q

from common.moments import in_every_language
from members.models import User
from notifications.actions import notify
from organisations.enums import WRITERS
from organisations.models import Membership
from testrequests.enums import Side

#: Why somebody hears: of the side that tested, or of the lab.
REASONS = {Side.COMPANY: "test_company", Side.LAB: "test_lab"}


def people(report, side):
    """[(member, reason)] of those who act for a side: writers and whoever began the request; the lab's writers and its team."""
    if side == Side.COMPANY:
        writers = Membership.objects.acting().filter(organisation=report.organisation_id)
        began = report.application.request.created_by_id
        rows = writers.filter(Q(role__in=WRITERS) | Q(user=began)).values("user")
    else:
        writers = Membership.objects.acting().filter(organisation=report.lab.organisation_id, role__in=WRITERS)
        rows = writers.values("user").union(report.lab.team.filter(answers=True).values("user"))
    found = User.objects.filter(pk__in=[row["user"] for row in rows], is_active=True, suspended_at=None)
    return [(pk, REASONS[side]) for pk in found.order_by("pk").values_list("pk", flat=True)]


def other(side):
    return Side.LAB if side == Side.COMPANY else Side.COMPANY


def context_of(report):
    return {
        "lab": in_every_language(lambda: str(report.lab)),
        "organisation": report.organisation.name,
    }


def tell_other_side(kind, report, *, by, note=""):
    """Those of the side that did not write it."""
    notify(kind, report, by=by, to=people(report, other(report.side)), context=context_of(report), note=note)


def tell_writers(kind, report, *, by, note=""):
    notify(kind, report, by=by, to=people(report, report.side), context=context_of(report), note=note)


def tell_both(kind, report, *, by, note=""):
    to = [*people(report, Side.COMPANY), *people(report, Side.LAB)]
    notify(kind, report, by=by, to=to, context=context_of(report), note=note)


def tell_released(report, *, by):
    """Followers of the lab, of who tested, of the host, the project and the themes: once, when others may read it."""
    lab = report.lab
    followed = [lab, report.organisation, lab.organisation, report.project, *lab.themes.order_by("pk"), lab.municipality]
    seen = {}
    for one in followed:
        if one is not None:
            seen[(type(one), one.pk)] = one
    notify("testreport.released", report, by=by, followers_of=list(seen.values()), context=context_of(report))
