"""Whom a change of a project concerns: each of them hears of it once, with the reason why.

Called by the verbs, inside their transaction. Followers hear of the first publication only: nothing else is news to them.
"""

from django.db.models import Q

from members.moderators import moderators
from notifications.actions import notify
from organisations.enums import WRITERS, Role
from organisations.models import Membership
from projects.enums import PartnerState
from records.actions import assigned_moderator
from taxonomy.models import Municipality


def authors(project):
    """[(member, reason)]: who made it and still belongs to its organisation, and the organisation's owners."""
    rows = Membership.objects.acting().filter(organisation_id=project.organisation_id)
    rows = rows.filter(Q(role=Role.OWNER) | Q(user=project.created_by_id))
    pairs = [(pk, "author" if pk == project.created_by_id else "owner") for pk in rows.order_by("pk").values_list("user", flat=True)]
    return sorted(pairs, key=lambda pair: pair[1] != "author")


def writers(organisations):
    """[(member, reason)] of the owners and editors of organisations named as partners."""
    rows = Membership.objects.acting().filter(organisation__in=organisations, role__in=WRITERS).order_by("pk")
    return [(pk, "partner") for pk in rows.values_list("user", flat=True)]


def project_writers(project):
    """[(member, reason)] of those who answer for a project: its author, its organisation's owners and editors."""
    rows = Membership.objects.acting().filter(organisation_id=project.organisation_id, role__in=WRITERS).order_by("pk")
    return [*authors(project), *((pk, "member") for pk in rows.values_list("user", flat=True))]


def reviewers(target):
    """[(moderator, reason)]: who has taken it, else all of them."""
    assigned = assigned_moderator(target)
    return [(assigned, "moderator")] if assigned else [(person, "moderator") for person in moderators()]


def followed(project):
    """The nouns whose followers hear that a project is new."""
    places = Municipality.objects.filter(sites__project=project).distinct().order_by("pk")
    return [project.organisation, *project.themes.order_by("pk"), *places, project]


def tell(verb, project, *, by, reason="", is_new=False, came_from=""):
    """Tell of the change of state `verb` to whom it concerns."""
    context = {"organisation": project.organisation.name}
    if verb == "submit":
        mine = authors(project)
        # A receipt is for the one who submitted, too: it comes from the portal, not from a colleague.
        notify("project.received", project, by=None, to=mine, context=context)
        told = {pk for pk, _reason in mine}
        notify("project.submitted", project, by=by, to=[one for one in reviewers(project) if one[0].pk not in told], context=context)
    elif verb == "publish":
        asked = ask_partners(project, by=by)
        new_to = followed(project) if is_new else ()
        notify("project.published", project, by=by, to=authors(project), not_to=asked, followers_of=new_to, context=context)
    else:
        url = f"/projects/{project.slug}/edit/" if verb == "return" else ""
        notify(f"project.{STATES[verb]}", project, by=by, to=_concerned(verb, project, came_from), context=context, note=reason, url=url)


#: What a verb makes of a project, as the kinds of notices are named.
STATES = {"return": "returned", "withdraw": "withdrawn", "archive": "archived", "hide": "hidden", "reopen": "reopened"}


def ask_partners(project, *, by):
    """Ask each organisation that is named and has not been asked; returns the members who are told of that.

    The project's own organisation is not asked, nor one that is no more than a proposal.
    """
    named = project.partners.filter(state=PartnerState.UNASKED, organisation__verified_at__isnull=False)
    named = named.exclude(organisation=project.organisation_id).select_related("organisation")
    organisations = {partner.organisation_id: partner.organisation for partner in named}
    project.partners.filter(pk__in=[partner.pk for partner in named]).update(state=PartnerState.ASKED)
    asked, told = {}, set()
    for pk, organisation in sorted(organisations.items()):
        asked[pk] = [pair for pair in writers([pk]) if pair[0] not in told]
        told |= {member for member, _reason in asked[pk]}
        context = {"organisation": project.organisation.name, "partner": organisation.name}
        notify("partner.asked", project, by=by, to=asked[pk], context=context)
    return told


def _concerned(verb, project, came_from):
    found = authors(project)
    if verb == "archive":  # what is hidden or withdrawn its partners cannot open any more
        found += writers(project.partner_organisations())
    if verb == "withdraw" and came_from == "submitted":
        found += reviewers(project)
    return found
