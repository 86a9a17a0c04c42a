from django.utils.translation import gettext_lazy as _

from digests.sections.base import GREEN, Published
from workinggroups.enums import GroupVisibility
from workinggroups.models import WorkingGroup


class NewGroups(Published):
    key = "groups"
    label = _("New working groups")
    about = _("New working groups on what you follow")
    colour = GREEN
    model = WorkingGroup
    words = ("name", "purpose")
    followed = (("organisation", "organisation"), ("project", "projects"))
    columns = ("slug", "organisation__name")
    address = "/working-groups/{0}/"

    def rows(self, window):
        """A private group is nobody's news; its members know it."""
        return super().rows(window).exclude(visibility=GroupVisibility.PRIVATE)

    def note(self, news, language):
        return news.facts[1]
