"""Who may do what with a visit. Doors ask these; verbs check the state. What a lab's people do with its bookings is `livinglabs.answer`."""

import rules

from common.rules import may_act
from livinglabs.rules import answers_of_team, writes_for
from organisations.enums import WRITERS


@rules.predicate
def is_guest(user, visit):
    """Who asked, and the writers of the organisation that comes. The twin of `VisitQuerySet.guest`."""
    return visit.asked_by_id == user.pk or user.organisation_roles.get(visit.organisation_id) in WRITERS


@rules.predicate
def is_host(user, visit):
    """The twin of `VisitQuerySet.hosted_by`."""
    lab = visit.offer.lab
    return writes_for(user, lab) or answers_of_team(user, lab)


rules.add_perm("bookings.see_visit", may_act & (is_guest | is_host))
rules.add_perm("bookings.host_visit", may_act & is_host)
rules.add_perm("bookings.guest_visit", may_act & is_guest)
