"""Whom a change of a lab or an offer concerns: each of them hears of it once, with the reason why. Called by the verbs."""

from django.db.models import Q

from members.moderators import moderators
from notifications.actions import notify
from organisations.enums import WRITERS, Role
from organisations.models import Membership
from projects.enums import PartnerState
from records.actions import assigned_moderator
from taxonomy.models import Municipality


def authors(lab):
    """[(member, reason)]: who made the page and still belongs to the host, and the host's owners."""
    rows = Membership.objects.acting().filter(organisation_id=lab.organisation_id)
    rows = rows.filter(Q(role=Role.OWNER) | Q(user=lab.created_by_id))
    pairs = [(pk, "author" if pk == lab.created_by_id else "owner") for pk in rows.order_by("pk").values_list("user", flat=True)]
    return sorted(pairs, key=lambda pair: pair[1] != "author")


def writers(organisations):
    """[(member, reason)] of the owners and editors of organisations named as partners."""
    rows = Membership.objects.acting().filter(organisation__in=organisations, role__in=WRITERS).order_by("pk")
    return [(pk, "partner") for pk in rows.values_list("user", flat=True)]


def people_of(lab):
    """[(member, reason)] of those who answer what is asked of the lab: the team that answers; the host's writers where there is none."""
    team = lab.team.filter(answers=True, user__is_active=True, user__suspended_at__isnull=True)
    found = [(pk, "lab_team") for pk in team.values_list("user", flat=True)]
    rows = Membership.objects.acting().filter(organisation_id=lab.organisation_id, role__in=WRITERS).order_by("pk")
    return found or [(pk, "lab_host") for pk in rows.values_list("user", flat=True)]


def reviewers(target):
    """[(moderator, reason)]: who has taken it, else all of them."""
    assigned = assigned_moderator(target)
    return [(assigned, "moderator")] if assigned else [(person, "moderator") for person in moderators()]


def followed(lab):
    """The nouns whose followers hear that a lab is new."""
    places = Municipality.objects.filter(lab_sites__lab=lab).distinct().order_by("pk")
    return [lab.organisation, *lab.themes.order_by("pk"), *places, lab]


#: What a verb makes of a lab, as the kinds of notices are named.
STATES = {"return": "returned", "withdraw": "withdrawn", "archive": "archived", "hide": "hidden", "reopen": "reopened"}


def tell(verb, lab, *, by, reason="", is_new=False, came_from=""):
    """Tell of the change of state `verb` to whom it concerns."""
    context = {"organisation": lab.organisation.name}
    if verb == "submit":
        mine = authors(lab)
        # A receipt is for the one who submitted, too: it comes from the portal, not from a colleague.
        notify("lab.received", lab, by=None, to=mine, context=context)
        told = {pk for pk, _reason in mine}
        notify("lab.submitted", lab, by=by, to=[one for one in reviewers(lab) if one[0].pk not in told], context=context)
    elif verb == "publish":
        asked = ask_partners(lab, by=by)
        new_to = followed(lab) if is_new else ()
        notify("lab.published", lab, by=by, to=authors(lab), not_to=asked, followers_of=new_to, context=context)
    else:
        url = f"/living-labs/{lab.slug}/edit/" if verb == "return" else ""
        notify(f"lab.{STATES[verb]}", lab, by=by, to=_concerned(verb, lab, came_from), context=context, note=reason, url=url)


def ask_partners(lab, *, by):
    """Ask each organisation that is named and has not been asked; returns the members who are told of that."""
    named = lab.partners.filter(state=PartnerState.UNASKED, organisation__verified_at__isnull=False)
    named = list(named.exclude(organisation=lab.organisation_id).select_related("organisation").order_by("organisation"))
    lab.partners.filter(pk__in=[partner.pk for partner in named]).update(state=PartnerState.ASKED)
    told = set()
    for partner in named:
        people = [pair for pair in writers([partner.organisation_id]) if pair[0] not in told]
        told |= {member for member, _reason in people}
        context = {"organisation": lab.organisation.name, "partner": partner.organisation.name}
        notify("lab_partner.asked", lab, by=by, to=people, context=context)
    return told


def _concerned(verb, lab, came_from):
    found = authors(lab)
    if verb == "archive":
        found += writers(lab.partner_organisations())
    if verb == "withdraw" and came_from == "submitted":
        found += reviewers(lab)
    return found


def tell_of_offer(verb, offer, *, by, reason="", is_new=False):
    """Followers of the lab and of the offer's themes hear of a new offer, once; the lab's people of what becomes of it."""
    lab = offer.lab
    context = {"lab": str(lab), "organisation": lab.organisation.name}
    if verb == "publish":
        new_to = [lab, *offer.themes.order_by("pk")] if is_new and lab.state == "published" else ()
        notify("offer.published", offer, by=by, to=authors(lab), followers_of=new_to, context=context)
    elif verb in ("archive", "hide"):
        notify(f"offer.{STATES[verb]}", offer, by=by, to=authors(lab), note=reason, context=context)
