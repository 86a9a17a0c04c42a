"""Who may do what with an organisation."""

import rules

from common.rules import is_moderator, may_act
from organisations.enums import WRITERS, Role


@rules.predicate
def is_owner(user, organisation):
    return user.organisation_roles.get(organisation.pk) == Role.OWNER


@rules.predicate
def is_writer(user, organisation):
    """An owner or editor: what they write for the organisation needs nobody else of it."""
    return user.organisation_roles.get(organisation.pk) in WRITERS


@rules.predicate
def is_of(user, organisation):
    """Any member of the organisation."""
    return organisation.pk in user.organisation_roles


@rules.predicate
def can_see_organisation(user, organisation):
    """The twin of `OrganisationQuerySet.visible_to`."""
    if organisation.verified_at is not None:
        return True
    return bool(getattr(user, "may_act", False)) and (user.is_moderator or organisation.pk in user.organisation_roles)


rules.add_perm("organisations.see", can_see_organisation)
rules.add_perm("organisations.change", may_act & is_owner)
rules.add_perm("organisations.write", may_act & is_writer)
rules.add_perm("organisations.leave", may_act & is_of)
rules.add_perm("organisations.join", may_act & ~is_of)
# Moderators see to organisations whose owners are gone: they read the list of members and name an owner.
rules.add_perm("organisations.see_members", (may_act & is_of) | is_moderator)
rules.add_perm("organisations.manage_members", (may_act & is_owner) | is_moderator)
rules.add_perm("organisations.verify", is_moderator)
