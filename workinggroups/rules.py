"""Who may do what with a group. Doors ask these; verbs check the state."""

import rules

from common.publishing import READABLE, State
from common.rules import is_moderator, may_act
from workinggroups.enums import CHAIRS, WRITERS, Audience, GroupVisibility, Joining


def roles_of(user):
    """`{group id: role}` of a member, read once for each request."""
    if "group_roles" not in user.__dict__:
        user.__dict__["group_roles"] = dict(user.group_memberships.values_list("group_id", "role"))
    return user.__dict__["group_roles"]


def forget_roles(user):
    """A member's roles are read anew: they are remembered for the length of a request."""
    user.__dict__.pop("group_roles", None)


@rules.predicate
def can_see_group(user, group):
    """The twin of `WorkingGroupQuerySet.visible_to`."""
    readable = group.state in READABLE
    if readable and group.visibility == GroupVisibility.PUBLIC:
        return True
    if not getattr(user, "may_act", False):
        return False
    if group.pk in roles_of(user):
        return True
    if user.is_moderator:
        return group.state != State.DRAFT
    return readable and group.visibility == GroupVisibility.MEMBERS


@rules.predicate
def belongs(user, group):
    return group.pk in roles_of(user)


@rules.predicate
def leads(user, group):
    """The chair or a co-chair."""
    return roles_of(user).get(group.pk) in CHAIRS


@rules.predicate
def is_chair(user, group):
    return roles_of(user).get(group.pk) == CHAIRS[0]


@rules.predicate
def writes_in(user, group):
    """Everybody who belongs to it but observers."""
    return roles_of(user).get(group.pk) in WRITERS


@rules.predicate
def is_hidden(user, group):
    return group.state == State.HIDDEN


@rules.predicate
def is_open_to_join(user, group):
    return group.joining == Joining.OPEN


@rules.predicate
def takes_requests(user, group):
    return group.joining == Joining.REQUEST


@rules.predicate
def can_see_resource(user, resource):
    """The twin of `ResourceQuerySet.visible_to`."""
    if resource.removed_at is not None or not can_see_group(user, resource.group):
        return False
    if resource.audience == Audience.EVERYBODY:
        return True
    return bool(getattr(user, "may_act", False)) and (belongs(user, resource.group) or user.is_moderator)


@rules.predicate
def looks_after(user, resource):
    """Whoever leads its group, and whoever added it and still writes there."""
    group = resource.group
    return leads(user, group) or (resource.created_by_id == user.pk and writes_in(user, group))


rules.add_perm("workinggroups.see", can_see_group)
rules.add_perm("workinggroups.see_resource", can_see_resource)
rules.add_perm("workinggroups.remove_resource", is_moderator | (may_act & looks_after))
rules.add_perm("workinggroups.change", may_act & leads)
rules.add_perm("workinggroups.write", may_act & writes_in)
rules.add_perm("workinggroups.take_part", may_act & belongs)
rules.add_perm("workinggroups.join", may_act & ~belongs & is_open_to_join)
rules.add_perm("workinggroups.ask", may_act & ~belongs & takes_requests)
rules.add_perm("workinggroups.leave", may_act & belongs)
rules.add_perm("workinggroups.announce", may_act & leads)
rules.add_perm("workinggroups.publish", may_act & leads & ~is_hidden)
rules.add_perm("workinggroups.close", may_act & leads)
rules.add_perm("workinggroups.reopen", is_moderator | (may_act & leads & ~is_hidden))
rules.add_perm("workinggroups.hide", is_moderator)
rules.add_perm("workinggroups.hand_over", is_moderator | (may_act & is_chair))
# Moderators see to groups whose chairs are gone: they answer requests and name a chair.
rules.add_perm("workinggroups.manage_members", is_moderator | (may_act & leads))
