from django.utils.translation import gettext_lazy as _

from digests.sections.base import Published
from workinggroups.enums import GroupVisibility
from workinggroups.models import WorkingGroup


class NewGroups(Published):
    key = "groups"
    label = _("New working groups")
    about = _("New working groups on what you follow")
    model = WorkingGroup
    to_noun = "group"
    words = ("name", "purpose")

    followed = (("organisation", "organisation"), ("project", "projects"))
    columns = ("slug", "organisation__name")
    address = "/working-groups/{0}/"

    def rows(self, window):
        return super().rows(window).exclude(visibility=GroupVisibility.PRIVATE)

    def note(self, news, language):
        return news.facts[1]
