"""Who may what in the administration of digests: moderators look after runs; reading somebody's digest is a right of its own."""

import rules

from common.rules import is_moderator


@rules.predicate
def has_the_right(user):
    """Administrators have it; others where an administrator gave it to their role."""
    return user.has_perm("digests.look_into")


may_look_into = is_moderator & has_the_right
