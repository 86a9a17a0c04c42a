"""Who may do what with an organisation."""

import rules

from common.rules import is_moderator, may_act
from organisations.enums import Role


@rules.predicate
def is_owner(user, organisation):
    return user.organisation_roles.get(organisation.pk) == Role.OWNER


@rules.predicate
def can_see_organisation(user, organisation):
    """The twin of `OrganisationQuerySet.visible_to`."""
    if organisation.verified_at is not None:
        return True
    return bool(getattr(user, "may_act", False)) and (user.is_moderator or organisation.pk in user.organisation_roles)


rules.add_perm("organisations.see", can_see_organisation)
rules.add_perm("organisations.change", may_act & is_owner)
rules.add_perm("organisations.verify", is_moderator)
