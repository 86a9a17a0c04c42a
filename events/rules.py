"""Who may do what with an event. Doors ask these; verbs check the state."""

import rules

from common.rules import is_moderator, may_act
from events.enums import READABLE, State, Visibility
from organisations.enums import WRITERS


@rules.predicate
def can_see_event(user, event):
    """The twin of `EventQuerySet.visible_to` for one event in memory."""
    readable = event.state in READABLE
    if readable and event.visibility == Visibility.PUBLIC:
        return True
    if not getattr(user, "may_act", False):
        return False
    if belongs_to_host(user, event):
        return True
    if user.is_moderator:
        return event.state != State.DRAFT or event.organisation_id is None
    return readable and event.visibility == Visibility.MEMBERS


@rules.predicate
def belongs_to_host(user, event):
    """A member of the organisation; the author of what the portal itself holds."""
    if event.organisation_id is None:
        return event.created_by_id == user.pk
    return event.organisation_id in user.organisation_roles


@rules.predicate
def edits_the_portal(user, event=None):
    """Editors and moderators: whoever may enter the administration."""
    return user.is_moderator or user.has_perm("wagtailadmin.access_admin")


@rules.predicate
def writes_for_host(user, event):
    """An owner or editor of the organisation; an editor for what the portal itself holds."""
    if event.organisation_id is None:
        return edits_the_portal(user, event)
    return user.organisation_roles.get(event.organisation_id) in WRITERS


@rules.predicate
def is_shown(user, event):
    return event.state != State.HIDDEN


rules.add_perm("events.see", can_see_event)
rules.add_perm("events.change", may_act & can_see_event & writes_for_host & is_shown)
rules.add_perm("events.host", may_act & can_see_event & (writes_for_host | is_moderator))
rules.add_perm("events.register", may_act & can_see_event)
rules.add_perm("events.hide", is_moderator)
rules.add_perm("events.for_portal", may_act & edits_the_portal)
