"""The digest on the desk: when it comes and about what, or that it can be chosen."""

from functools import cached_property

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.sorting import sorted_by_name
from digests.page import SettingsPage
from notifications.models import Follow
from taxonomy.models import Municipality, Theme

MOST_NAMES = 4


class DigestCard:
    """What the desk says of a member's digest; `user` with it and `groups`, the member's working groups, are read already."""

    def __init__(self, user, groups):
        self.user, self.groups = user, groups

    @property
    def row(self):
        return getattr(self.user, "digest", None)

    @property
    def is_chosen(self):
        """Whether the member ever said how often: also that none is wanted."""
        return self.row is not None

    @cached_property
    def _page(self):
        return SettingsPage(self.user, self.row)

    @property
    def when(self):
        return self._page.paused_words or self._page.next_words

    @cached_property
    def about(self):
        """What is followed, as words: the first few and how many more there are."""
        if not (self.row and self.row.is_on):
            return ""
        followed = Follow.objects.filter(user=self.user, target_type__app_label="taxonomy").order_by()
        names = []
        for model in (Theme, Municipality):
            keys = followed.filter(target_type__model=model._meta.model_name).annotate(key=F("target_id")).values("key")
            names += [str(one) for one in sorted_by_name(model.objects.filter(pk__in=keys))]
        names += [str(group) for group in self.groups]
        more = len(names) - MOST_NAMES
        if more < 2:  # "and 1 more" is no shorter than a name
            return ", ".join(names)
        return ", ".join(names[:MOST_NAMES]) + " " + ngettext("and %(number)d more", "and %(number)d more", more) % {"number": more}

    @property
    def about_words(self):
        if not (self.row and self.row.is_on):
            return ""
        return _("It is about: %(names)s.") % {"names": self.about} if self.about else _("You follow nothing yet that it could be about.")
