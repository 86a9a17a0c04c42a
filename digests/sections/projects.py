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
    followed = (("municipality", "sites__municipality"), ("organisation", "organisation"))
    columns = ("slug", "organisation__name", "phase")
    address = "/projects/{0}/"

    def _about(self, keys):
        """Partners who have not declined count, too."""
        found = super()._about(keys)
        partners = Partner.objects.filter(project__in=keys, organisation__isnull=False, state__in=NAMED)
        kind = ContentType.objects.get_for_model(Organisation).pk
        for pk, organisation in partners.values_list("project", "organisation"):
            found[pk].add((kind, organisation))
        return found

    def note(self, news, language):
        _slug, organisation, phase = news.facts
        return f"{organisation} · {Phase(phase).label}" if phase else organisation
