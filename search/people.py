"""Members who answer: by name and headline, which whoever finds a page may read. Other parts are not searched."""

from django.utils.translation import gettext as _

from members.models import Profile
from search.hits import Counted, Hit, answering, marked


class PeopleHits:
    def __init__(self, question):
        self.search = question.search
        found = answering(Profile.objects.listed(question.user), self.search, language="text_language", of="pk", reader=question.reader)
        self.found = Counted(found.select_related("user").defer("vector", "about"), "-rank", "user__name", "pk", first=question.share)

    @property
    def count(self):
        return self.found.count

    def hits(self, start, stop):
        return [self._hit(profile) for profile in self.found[start:stop]]

    def _hit(self, profile):
        return Hit(
            kind=_("Person"),
            icon="user",
            url=profile.get_absolute_url(),
            title=marked(profile.user.get_full_name(), self.search),
            text=marked(profile.headline, self.search),
            language=profile.text_language,
        )
