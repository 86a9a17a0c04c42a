"""Predicates about people and publishable nouns that every app combines with its own."""

import rules

from common.publishing import READABLE, Visibility


@rules.predicate
def may_act(user):
    """A member who is signed in, active and not suspended."""
    return bool(getattr(user, "may_act", False))


@rules.predicate
def is_signed_out(user):
    """A visitor without an account, or a member who has not signed in."""
    return not user.is_authenticated


@rules.predicate
def is_moderator(user):
    """A member who may act and holds the moderator's role."""
    return bool(getattr(user, "may_act", False)) and user.is_moderator


@rules.predicate
def can_see(user, noun):
    """The twin of `PublishableQuerySet.visible_to` for one noun in memory.

    `noun.partner_organisations()` gives the ids of the organisations named as partners.
    """
    readable = noun.state in READABLE
    if readable and noun.visibility == Visibility.PUBLIC:
        return True
    if not getattr(user, "may_act", False):
        return False
    if user.organisation_roles.get(noun.organisation_id):
        return True
    if user.is_moderator:
        return noun.state != "draft"
    if readable and noun.visibility == Visibility.MEMBERS:
        return True
    return readable and not user.organisation_roles.keys().isdisjoint(noun.partner_organisations())
