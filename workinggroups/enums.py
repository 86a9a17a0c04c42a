"""The words of working groups, as in docs/concepts.md."""

from datetime import timedelta

from django.db import models
from django.utils.translation import pgettext_lazy


class GroupVisibility(models.TextChoices):
    """Who sees a published group."""

    PUBLIC = "public", pgettext_lazy("group visibility", "Everybody")
    MEMBERS = "members", pgettext_lazy("group visibility", "Members of the portal")
    PRIVATE = "private", pgettext_lazy("group visibility", "Private")


class Joining(models.TextChoices):
    """How one comes to belong to a group."""

    OPEN = "open", pgettext_lazy("joining", "Open to join")
    REQUEST = "request", pgettext_lazy("joining", "On request")
    INVITATION = "invitation", pgettext_lazy("joining", "By invitation")


class GroupRole(models.TextChoices):
    CHAIR = "chair", pgettext_lazy("group role", "Chair")
    CO_CHAIR = "co_chair", pgettext_lazy("group role", "Co-chair")
    MEMBER = "member", pgettext_lazy("group role", "Member")
    OBSERVER = "observer", pgettext_lazy("group role", "Observer")


#: Roles that lead a group. There is at most one chair; the office is handed over, never given away by a change of role.
CHAIRS = (GroupRole.CHAIR, GroupRole.CO_CHAIR)
#: Roles that write in a group; observers read.
WRITERS = (*CHAIRS, GroupRole.MEMBER)
#: From the most to the least, as lists show them.
ORDER = {role: place for place, role in enumerate(GroupRole)}


class News(models.TextChoices):
    """How a member hears of a group's announcements."""

    AT_ONCE = "at_once", pgettext_lazy("news of a group", "At once, by mail too")
    DIGEST = "digest", pgettext_lazy("news of a group", "In the portal and the digest")
    MUTE = "mute", pgettext_lazy("news of a group", "Not at all")


class Sign(models.TextChoices):
    """How much life is in a group, from its last activity. Shown, never kept."""

    ALIVE = "alive", pgettext_lazy("sign of a group", "Alive")
    QUIET = "quiet", pgettext_lazy("sign of a group", "Quiet")
    ASLEEP = "asleep", pgettext_lazy("sign of a group", "Asleep")

    @property
    def kind(self):
        """The colour it is shown in; the word says it, too."""
        return {Sign.ALIVE: "success", Sign.QUIET: "neutral", Sign.ASLEEP: "warning"}[self]


#: A group is alive for so long after something happened in it, and quiet until the second of these is over.
ALIVE_FOR, QUIET_FOR = timedelta(days=45), timedelta(days=150)


class ResourceKind(models.TextChoices):
    FILE = "file", pgettext_lazy("resource", "File")
    LINK = "link", pgettext_lazy("resource", "Link")


class Audience(models.TextChoices):
    """Who reads a resource; both see the group."""

    MEMBERS = "members", pgettext_lazy("audience of a resource", "Members of the group")
    EVERYBODY = "everybody", pgettext_lazy("audience of a resource", "Everybody who sees the group")
