from django.contrib.contenttypes.models import ContentType
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from digests.sections.base import AMBER, Published
from organisations.models import Organisation
from projects.enums import NAMED, Phase
from projects.models import Project


class NewProjects(Published):
    key = "projects"
    label = _("New projects")
    about = _("New projects on what you follow")
    colour = AMBER
    model = Project
    followed = (("municipality", "sites__municipality"), ("organisation", "organisation"))
    columns = ("slug", "organisation__name", "phase")
    address = "/projects/{0}/"

    def _related(self, rows):
        """Partners who have not declined count, too."""
        yield from super()._related(rows)
        named = rows.filter(partners__organisation__isnull=False, partners__state__in=NAMED)
        yield named.values_list(Value(ContentType.objects.get_for_model(Organisation).pk), "pk", "partners__organisation")

    def note(self, news, language):
        _slug, organisation, phase = news.facts
        return f"{organisation} · {Phase(phase).label}" if phase else organisation
