from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from digests.sections.base import Published
from organisations.models import Organisation
from projects.enums import NAMED, Phase
from projects.models import Partner, Project


class NewProjects(Published):
    key = "projects"
    label = _("New projects")
    about = _("New projects on what you follow")
    model = Project
    to_noun = "project"
    by_place = "sites__municipality"

    def _about(self, keys):
        """Partners who have not declined count, too."""
        found = super()._about(keys)
        partners = Partner.objects.filter(project__in=keys, organisation__isnull=False, state__in=NAMED)
        kind = ContentType.objects.get_for_model(Organisation).pk
        for pk, organisation in partners.values_list("project", "organisation"):
            found[pk].add((kind, organisation))
        return found

    def urls(self, keys):
        return {pk: f"/projects/{slug}/" for pk, slug in self.model.objects.filter(pk__in=keys).values_list("pk", "slug")}

    def values(self, rows):
        columns = ("pk", "published_at", "organisation__name", "phase")
        return [(pk, at, (name, phase)) for pk, at, name, phase in rows.values_list(*columns)]

    def note(self, news, language):
        organisation, phase = news.facts
        return f"{organisation} · {Phase(phase).label}" if phase else organisation
