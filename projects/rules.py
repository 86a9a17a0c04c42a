"""Who may do what with a project. Doors ask these; verbs check the state."""

import rules

from common.publishing import State
from common.rules import can_see, is_moderator, may_act
from organisations.enums import WRITERS


@rules.predicate
def writes_for(user, project):
    """An owner or editor of the organisation the project belongs to."""
    return user.organisation_roles.get(project.organisation_id) in WRITERS


@rules.predicate
def wrote(user, project):
    """The member who made the project and still belongs to its organisation."""
    return project.created_by_id == user.pk and project.organisation_id in user.organisation_roles


@rules.predicate
def publishes_for(user, project):
    """A writer of a verified organisation publishes without review, but never what a moderator has hidden."""
    return project.organisation.verified_at is not None and project.state != State.HIDDEN and writes_for(user, project)


rules.add_perm("projects.see", can_see)
rules.add_perm("projects.change", may_act & (writes_for | wrote))
rules.add_perm("projects.submit", may_act & (writes_for | wrote))
rules.add_perm("projects.withdraw", may_act & writes_for)
rules.add_perm("projects.archive", may_act & writes_for)
rules.add_perm("projects.reopen", may_act & writes_for)
rules.add_perm("projects.publish", is_moderator | (may_act & publishes_for))
rules.add_perm("projects.return", is_moderator)
rules.add_perm("projects.hide", is_moderator)
