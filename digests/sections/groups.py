from django.utils.translation import gettext_lazy as _

from digests.sections.base import Published
from workinggroups.models import WorkingGroup


class NewGroups(Published):
    key = "groups"
    label = _("New working groups")
    about = _("New working groups on what you follow")
    model = WorkingGroup
    to_noun = "group"
    words = ("name", "purpose")

    def rows(self, window):
        return super().rows(window).exclude(visibility="private")

    def also(self):
        return [*super().also(), ("project", "projects")]

    def urls(self, keys):
        return {pk: f"/working-groups/{slug}/" for pk, slug in self.model.objects.filter(pk__in=keys).values_list("pk", "slug")}

    def values(self, rows):
        return [(pk, at, (name,)) for pk, at, name in rows.values_list("pk", "published_at", "organisation__name")]

    def note(self, news, language):
        return news.facts[0]
