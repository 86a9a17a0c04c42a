"""Who looks after what members publish."""

from django.contrib.auth.backends import ModelBackend


def moderators():
    """Members who hold the moderator's role and may act, by themselves, through a group or as administrators."""
    return ModelBackend().with_perm("members.moderate").filter(suspended_at=None).order_by("pk")
