"""Organisations that answer: by name, description, place, number or domain."""

from django.utils.translation import gettext as _

from common.countries import country_name
from common.rich_text import highlight
from common.search import TextQuery
from organisations.models import Organisation, OrganisationText
from search.hits import Counted, Excerpt, Hit, answering, marked


class OrganisationHits:
    def __init__(self, question):
        self.search = question.search
        seen = Organisation.objects.visible_to(question.user).values("pk")
        texts = OrganisationText.objects.filter(organisation__in=seen)
        found = answering(texts, self.search, of="organisation_id", reader=question.reader)
        excerpt = Excerpt("description", TextQuery(self.search.wanted, every=False))
        found = found.annotate(excerpt=excerpt).select_related("organisation__municipality").defer("vector", "description")
        self.found = Counted(found, "-rank", "organisation__name", "pk", first=question.share)

    @property
    def count(self):
        return self.found.count

    def hits(self, start, stop):
        return [self._hit(text) for text in self.found[start:stop]]

    def _hit(self, text):
        organisation = text.organisation
        where = organisation.municipality or country_name(organisation.country)
        return Hit(
            kind=_("Organisation"),
            icon="organisation",
            url=organisation.get_absolute_url(),
            title=marked(organisation.name, self.search),
            text=highlight(text.excerpt),
            language=text.language,
            note=" · ".join(str(part) for part in (organisation.get_type_display(), where) if part),
        )
