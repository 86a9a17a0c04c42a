"""Whom a moderator may suspend."""

import rules

from common.rules import is_moderator


@rules.predicate
def can_be_suspended(user, person):
    """Never oneself, never an administrator; another moderator only by an administrator."""
    return person.pk != user.pk and not person.is_superuser and (user.is_superuser or not person.is_moderator)


#: Asked by `.test(user, person)`, not as a permission: administrators have every permission, and this is not theirs over themselves.
may_suspend = is_moderator & can_be_suspended
