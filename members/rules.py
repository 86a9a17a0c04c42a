"""Who sees what of the page about a member."""

import rules

from members.enums import Audience


def _in_audience(user, audience):
    acting = bool(getattr(user, "may_act", False))
    return audience == Audience.EVERYBODY or (acting and audience == Audience.MEMBERS)


@rules.predicate
def is_own_profile(user, profile):
    return bool(getattr(user, "may_act", False)) and profile.user_id == user.pk


@rules.predicate
def can_see_profile(user, profile):
    """The twin of `ProfileQuerySet.visible_to`."""
    return profile.user.may_act and (_in_audience(user, profile.listed_to) or is_own_profile(user, profile))


def can_see_part(user, profile, part):
    """The twin of `ProfileQuerySet.showing`."""
    shown = _in_audience(user, getattr(profile, f"{part}_to")) or is_own_profile(user, profile)
    return shown and can_see_profile(user, profile)


rules.add_perm("members.see_profile", can_see_profile)
rules.add_perm("members.change_profile", is_own_profile)
