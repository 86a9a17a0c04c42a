"""Which pages about members somebody sees, and which of their parts."""

from django.db import models
from django.db.models import Q

from members.enums import Audience


def _audiences(user):
    """The audiences a reader belongs to. A suspended member reads what a visitor reads."""
    return [Audience.EVERYBODY, Audience.MEMBERS] if getattr(user, "may_act", False) else [Audience.EVERYBODY]


class ProfileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Pages of members who may act and chose to be seen by this reader, and the reader's own.

        Whoever is suspended, deactivated or erased has no page. The twin for one profile is `members.rules.can_see_profile`.
        """
        return self._of_acting_members().filter(Q(listed_to__in=_audiences(user)) | self._own(user))

    def listed(self, user):
        """What stands in the directory, in search and on other pages: of those who chose to be listed, for this reader."""
        return self._of_acting_members().filter(listed_to__in=_audiences(user))

    def showing(self, part, user):
        """Of visible profiles those whose `part` this reader may see; the twin is `members.rules.can_see_part`."""
        return self.visible_to(user).filter(Q(**{f"{part}_to__in": _audiences(user)}) | self._own(user))

    def showing_tags_to(self, user):
        """Those whose tags this reader may see, for `Tag.objects.seen_by`."""
        return self.showing("interests", user)

    def _of_acting_members(self):
        return self.filter(user__is_active=True, user__suspended_at__isnull=True)

    def _own(self, user):
        return Q(user_id=user.pk) if getattr(user, "may_act", False) else Q(pk__in=[])


class PhotoQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Photos whose member shows them to this reader: a file is not seen by knowing its address."""
        profiles = self.model._meta.get_field("profile").related_model._default_manager
        return self.filter(profile__in=profiles.showing("photo", user).values("pk"))
