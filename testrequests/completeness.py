"""What a request needs before a lab can answer it, and what the labs chosen will look at."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.publishing import State as Published
from testrequests.enums import PersonalData

#: Name of the field → what is missing without it, in the order of the steps.
NEEDED = {
    "tested": gettext_lazy("Say what is tested."),
    "problem": gettext_lazy("Say which problem it solves."),
    "trl": gettext_lazy("Say how mature the product is."),
    "starts_on": gettext_lazy("Say when the test would begin."),
    "ends_on": gettext_lazy("Say when the test would end."),
    "personal_data": gettext_lazy("Say whether data about people are collected."),
    "benefit": gettext_lazy("Say what the municipality gets out of it."),
    "publishing": gettext_lazy("Say what may be published of the results."),
}
ABOUT_DATA = {
    "data_what": gettext_lazy("Say which data are collected, and about whom."),
    "data_basis": gettext_lazy("Say on what legal basis the data are used."),
    "data_kept": gettext_lazy("Say where the data are kept, for how long, and who sees them."),
}


def missing(request):
    """`{name: sentence}` of what the request lacks."""
    needed = NEEDED | (ABOUT_DATA if request.personal_data == PersonalData.YES else {})
    return {name: sentence for name, sentence in needed.items() if getattr(request, name) in ("", None)}


def missing_to_send(request, applications, today=None):
    """[sentence] of what stands in the way of sending it, the fields apart."""
    found = []
    if request.organisation.verified_at is None:
        found.append(_("%(name)s is not verified yet. Your draft is kept until it is.") % {"name": request.organisation})
    if not applications:
        found.append(_("Choose at least one lab."))
    for one in applications:
        found += refusals(request, one)
    if request.ends_on and request.ends_on < (today or timezone.localdate()):
        found.append(_("The period you wish for is over already. Choose another one."))
    return found


def refusals(request, application):
    """Why this lab or its offer cannot be asked at present."""
    lab, offer = application.lab, application.offer
    if lab.state != Published.PUBLISHED:
        return [_("%(lab)s takes no requests at present. Take it off the list.") % {"lab": lab}]
    if offer is None:
        return []
    if offer.state != Published.PUBLISHED:
        return [_("“%(offer)s” of %(lab)s is not offered any more. Choose another offer.") % {"offer": offer, "lab": lab}]
    if not offer.takes(request.organisation):
        return [_("“%(offer)s” of %(lab)s is not open to organisations of your type.") % {"offer": offer, "lab": lab}]
    return []


def remarks(request, application):
    """[sentence] of what does not fit the offer. The lab decides; it is good to say why in the request."""
    offer, found = application.offer, []
    if offer is None:
        return found
    if request.trl and not offer.accepts_trl(request.trl):
        words = _("%(offer)s is meant for readiness %(first)d to %(last)d.")
        found.append(words % {"offer": offer, "first": offer.trl_from, "last": offer.trl_to})
    if request.starts_on and request.ends_on:
        days = (request.ends_on - request.starts_on).days + 1
        if offer.shortest_days and days < offer.shortest_days:
            found.append(_("%(offer)s is booked for at least %(days)d days.") % {"offer": offer, "days": offer.shortest_days})
        if offer.longest_days and days > offer.longest_days:
            found.append(_("%(offer)s is booked for at most %(days)d days.") % {"offer": offer, "days": offer.longest_days})
        if offer.lead_days and (request.starts_on - timezone.localdate()).days < offer.lead_days:
            found.append(_("%(offer)s needs %(days)d days of preparation.") % {"offer": offer, "days": offer.lead_days})
    return found
