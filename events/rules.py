"""Who may do what with an event. Doors ask these; verbs check the state."""

import rules

from common.rules import is_moderator, may_act
from events.enums import READABLE, ItemState, MinutesState, State, Visibility
from organisations.enums import WRITERS
from workinggroups.enums import CHAIRS, GroupVisibility
from workinggroups.enums import WRITERS as GROUP_WRITERS
from workinggroups.rules import roles_of


@rules.predicate
def can_see_event(user, event):
    """The twin of `EventQuerySet.visible_to` for one event in memory."""
    readable = event.state in READABLE and not _of_private_group(event)
    if readable and event.visibility == Visibility.PUBLIC:
        return True
    if not getattr(user, "may_act", False):
        return False
    if belongs_to_host(user, event):
        return True
    if user.is_moderator:
        return event.state != State.DRAFT or event.is_of_portal
    return readable and event.visibility == Visibility.MEMBERS


def _of_private_group(event):
    return event.group_id is not None and event.group.visibility == GroupVisibility.PRIVATE


@rules.predicate
def belongs_to_host(user, event):
    """A member of the organisation or of the group; the author of what the portal itself holds."""
    if event.is_of_portal:
        return event.created_by_id == user.pk
    return event.organisation_id in user.organisation_roles or event.group_id in roles_of(user)


@rules.predicate
def edits_the_portal(user, event=None):
    """Editors and moderators: whoever may enter the administration."""
    return user.is_moderator or user.has_perm("wagtailadmin.access_admin")


@rules.predicate
def writes_for_host(user, event):
    """An owner or editor of the organisation, a chair of the group; an editor for what the portal itself holds."""
    if event.is_of_portal:
        return edits_the_portal(user, event)
    if event.group_id:
        return roles_of(user).get(event.group_id) in CHAIRS
    return user.organisation_roles.get(event.organisation_id) in WRITERS


@rules.predicate
def is_shown(user, event):
    return event.state != State.HIDDEN


@rules.predicate
def is_hidden(user, event):
    return event.state == State.HIDDEN


# ---- what a meeting is to talk about, and what it leaves


@rules.predicate
def reads_drafts(user, event):
    """The twin of `EventQuerySet.belonging_to`: whose drafts and proposals somebody reads."""
    return belongs_to_host(user, event) or (event.is_of_portal and edits_the_portal(user, event))


@rules.predicate
def proposes_for_host(user, event):
    """Everybody who belongs to the host; observers of a group read only."""
    if event.group_id:
        return roles_of(user).get(event.group_id) in GROUP_WRITERS
    return reads_drafts(user, event)


@rules.predicate
def takes_minutes(user, event):
    """Whom the host has named for it, while he or she belongs to the host."""
    return event.minute_taker_id == user.pk and belongs_to_host(user, event)


@rules.predicate
def can_see_item(user, item):
    """The twin of `AgendaItemQuerySet.visible_to`."""
    if not can_see_event(user, item.event):
        return False
    return item.state == ItemState.PLANNED or (
        getattr(user, "may_act", False) and (item.proposed_by_id == user.pk or reads_drafts(user, item.event))
    )


@rules.predicate
def can_see_minutes(user, minutes):
    """The twin of `MinutesQuerySet.visible_to`."""
    if not can_see_event(user, minutes.event):
        return False
    return minutes.state != MinutesState.DRAFT or (getattr(user, "may_act", False) and reads_drafts(user, minutes.event))


@rules.predicate
def can_see_action_point(user, point):
    """The twin of `ActionPointQuerySet.visible_to`."""
    if not getattr(user, "may_act", False) or not can_see_event(user, point.event):
        return False
    return point.owner_id == user.pk or reads_drafts(user, point.event)


@rules.predicate
def is_its_owner(user, point):
    return point.owner_id == user.pk


@rules.predicate
def writes_for_its_host(user, point):
    return writes_for_host(user, point.event)


rules.add_perm("events.see", can_see_event)
rules.add_perm("events.change", may_act & can_see_event & writes_for_host & is_shown)
rules.add_perm("events.publish", may_act & can_see_event & ((writes_for_host & is_shown) | (is_moderator & is_hidden)))
rules.add_perm("events.cancel", may_act & can_see_event & writes_for_host & is_shown)
rules.add_perm("events.delete", may_act & can_see_event & writes_for_host & is_shown)
rules.add_perm("events.host", may_act & can_see_event & (writes_for_host | is_moderator))
rules.add_perm("events.register", may_act & can_see_event)
rules.add_perm("events.hide", is_moderator)
rules.add_perm("events.for_portal", may_act & edits_the_portal)
rules.add_perm("events.read_drafts", may_act & can_see_event & reads_drafts)
rules.add_perm("events.propose", may_act & can_see_event & proposes_for_host & is_shown)
rules.add_perm("events.minute", may_act & can_see_event & (writes_for_host | takes_minutes) & is_shown)
rules.add_perm("events.approve_minutes", may_act & can_see_event & writes_for_host & is_shown)
rules.add_perm("events.finish_action", may_act & can_see_action_point & (is_its_owner | writes_for_its_host))
rules.add_perm("events.assign_action", may_act & can_see_action_point & writes_for_its_host)
