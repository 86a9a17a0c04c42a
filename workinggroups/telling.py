"""Whom the verbs of working groups tell, and where the notification leads."""

from members.moderators import moderators
from organisations.telling import path_to
from workinggroups.enums import News

__all__ = ["all_moderators", "chairs", "followed", "listening", "members", "path_to", "those_who_answer"]


def chairs(group):
    """(primary key, reason) of the chair and co-chairs who may act."""
    return [(pk, "chair") for pk in group.memberships.acting_chairs().values_list("user_id", flat=True)]


def all_moderators():
    return [(person, "moderator") for person in moderators()]


def those_who_answer(group):
    """The chairs; the moderators where no chair may act."""
    return chairs(group) or all_moderators()


def members(group, **wanted):
    """(primary key, reason) of everybody who belongs to it and may act."""
    return [(pk, "group_member") for pk in group.memberships.acting().filter(**wanted).values_list("user_id", flat=True)]


def listening(group):
    """Of those, whoever has not muted the group."""
    return members(group, news__in=(News.AT_ONCE, News.DIGEST))


def followed(group):
    """What somebody may follow to hear of a new group."""
    return [group.organisation, *group.themes.all()]
