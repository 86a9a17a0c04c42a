"""Who may report, and whom a moderator may suspend."""

import rules

from common.rules import is_moderator, may_act


@rules.predicate
def can_be_suspended(user, person):
    """Never oneself, never an administrator; another moderator only by an administrator."""
    return person.pk != user.pk and not person.is_superuser and (user.is_superuser or not person.is_moderator)


rules.add_perm("records.report", may_act)
rules.add_perm("members.suspend", is_moderator & can_be_suspended)
