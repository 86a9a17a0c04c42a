"""Who may do what with a lab and its offers. Doors ask these; verbs check the state."""

import rules

from common.publishing import READABLE, State
from common.rules import can_see, is_moderator, may_act
from organisations.enums import WRITERS
from projects.enums import PartnerState


def teams_of(user):
    """`{lab id: whether he or she answers}` of a member who is named in teams, read once for each request."""
    if "teams_read" not in user.__dict__:
        user.__dict__["teams_read"] = dict(user.lab_teams.values_list("lab_id", "answers"))
    return user.__dict__["teams_read"]


def forget_teams(user):
    """A member's teams are read anew: they are remembered for the length of a request."""
    user.__dict__.pop("teams_read", None)


@rules.predicate
def is_of_team(user, lab):
    return bool(getattr(user, "may_act", False)) and lab.pk in teams_of(user)


@rules.predicate
def answers_of_team(user, lab):
    return teams_of(user).get(lab.pk, False)


@rules.predicate
def writes_for(user, lab):
    """An owner or editor of the host."""
    return user.organisation_roles.get(lab.organisation_id) in WRITERS


@rules.predicate
def wrote(user, lab):
    """The member who made the lab's page and still belongs to the host."""
    return lab.created_by_id == user.pk and lab.organisation_id in user.organisation_roles


@rules.predicate
def is_unpublished(user, lab):
    return lab.state not in READABLE


@rules.predicate
def publishes_for(user, lab):
    """A writer of a verified organisation publishes without review, but never what a moderator has hidden."""
    return lab.organisation.verified_at is not None and lab.state != State.HIDDEN and writes_for(user, lab)


@rules.predicate
def writes_for_partner(user, lab):
    """An owner or editor of an organisation that is named as a partner and was asked."""
    asked = {partner.organisation_id for partner in lab.partners.all() if partner.state != PartnerState.UNASKED}
    return any(user.organisation_roles.get(pk) in WRITERS for pk in asked)


#: The twin of `LivingLabQuerySet.visible_to`.
can_see_lab = can_see | is_of_team

rules.add_perm("livinglabs.see", can_see_lab)
rules.add_perm("livinglabs.change", may_act & (writes_for | (wrote & is_unpublished)))
rules.add_perm("livinglabs.submit", may_act & (writes_for | wrote))
rules.add_perm("livinglabs.withdraw", may_act & writes_for)
rules.add_perm("livinglabs.archive", may_act & writes_for)
rules.add_perm("livinglabs.reopen", may_act & writes_for)
rules.add_perm("livinglabs.publish", is_moderator | (may_act & publishes_for))
rules.add_perm("livinglabs.return", is_moderator)
rules.add_perm("livinglabs.hide", is_moderator)
rules.add_perm("livinglabs.partner", may_act & writes_for_partner)
rules.add_perm("livinglabs.history", is_moderator | (may_act & (writes_for | wrote)))
#: Answers what is asked of the lab: requests, bookings, visits. The twin of `LivingLabQuerySet.run_by`.
rules.add_perm("livinglabs.answer", may_act & (writes_for | answers_of_team))


# ---- offers


@rules.predicate
def can_see_offer(user, offer):
    """The twin of `OfferQuerySet.visible_to`."""
    lab = offer.lab
    if not can_see_lab(user, lab):
        return False
    if offer.state in READABLE:
        return True
    if not getattr(user, "may_act", False):
        return False
    inside = bool(user.organisation_roles.get(lab.organisation_id)) or is_of_team(user, lab)
    return inside or (user.is_moderator and offer.state != State.DRAFT)


@rules.predicate
def changes_lab(user, offer):
    return writes_for(user, offer.lab) or (wrote(user, offer.lab) and offer.state not in READABLE)


@rules.predicate
def writes_for_lab(user, offer):
    return writes_for(user, offer.lab)


@rules.predicate
def is_hidden(user, offer):
    return offer.state == State.HIDDEN


rules.add_perm("livinglabs.see_offer", can_see_offer)
rules.add_perm("livinglabs.change_offer", may_act & changes_lab)
rules.add_perm("livinglabs.publish_offer", (may_act & writes_for_lab & ~is_hidden) | (is_moderator & is_hidden))
rules.add_perm("livinglabs.archive_offer", may_act & writes_for_lab)
rules.add_perm("livinglabs.reopen_offer", may_act & writes_for_lab)
rules.add_perm("livinglabs.hide_offer", is_moderator)
