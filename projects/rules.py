"""Who may do what with a project. Doors ask these; verbs check the state."""

import rules

from common.publishing import READABLE, State
from common.rules import can_see, is_moderator, is_signed_out, may_act
from organisations.enums import WRITERS
from projects.enums import PartnerState


@rules.predicate
def writes_for(user, project):
    """An owner or editor of the organisation the project belongs to."""
    return user.organisation_roles.get(project.organisation_id) in WRITERS


@rules.predicate
def wrote(user, project):
    """The member who made the project and still belongs to its organisation."""
    return project.created_by_id == user.pk and project.organisation_id in user.organisation_roles


@rules.predicate
def is_unpublished(user, project):
    """Not read by others yet, or no more: what its author changes passes a moderator or an editor before it is."""
    return project.state not in READABLE


@rules.predicate
def publishes_for(user, project):
    """A writer of a verified organisation publishes without review, but never what a moderator has hidden."""
    return project.organisation.verified_at is not None and project.state != State.HIDDEN and writes_for(user, project)


@rules.predicate
def is_published(user, project):
    return project.state == State.PUBLISHED


@rules.predicate
def writes_for_partner(user, project):
    """An owner or editor of an organisation that is named as a partner and was asked."""
    asked = {partner.organisation_id for partner in project.partners.all() if partner.state != PartnerState.UNASKED}
    return any(user.organisation_roles.get(pk) in WRITERS for pk in asked)


rules.add_perm("projects.see", can_see)
rules.add_perm("projects.change", may_act & (writes_for | (wrote & is_unpublished)))
rules.add_perm("projects.submit", may_act & (writes_for | wrote))
rules.add_perm("projects.withdraw", may_act & writes_for)
rules.add_perm("projects.archive", may_act & writes_for)
rules.add_perm("projects.reopen", may_act & writes_for)
rules.add_perm("projects.publish", is_moderator | (may_act & publishes_for))
rules.add_perm("projects.return", is_moderator)
rules.add_perm("projects.hide", is_moderator)
rules.add_perm("projects.partner", may_act & writes_for_partner)
# Visitors ask, too; a suspended member is signed in and may not act.
rules.add_perm("projects.ask", is_published & (may_act | is_signed_out))
rules.add_perm("projects.answer", may_act & (writes_for | wrote))
rules.add_perm("projects.moderate_questions", is_moderator)
rules.add_perm("projects.history", is_moderator | (may_act & (writes_for | wrote)))
