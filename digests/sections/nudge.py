from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from digests.news import News, Told
from digests.schedule import FIRST_BLOCK
from digests.sections.base import Section, words_of
from organisations.enums import WRITERS
from organisations.models import Membership
from projects.models import Project

STILL = timedelta(days=270)
#: One reminder in so many weeks, not everybody's in the same one.
WEEKS = 8


def is_asked(reader):
    """Whether a week begins within the reader's window that is his or hers to be asked in: once in `WEEKS`, however often mails come.

    Weeks are counted from a Monday and not within the year, of which some have 53.
    """
    first, last = ((moment.date() - FIRST_BLOCK).days // 7 for moment in (reader.since, reader.until))
    return any((reader.user.pk + week) % WEEKS == 0 for week in range(first + 1, last + 1))


class Nudge(Section):
    """One project of the reader's organisations of which nobody has said anything for nine months: is it still true?"""

    key = "nudge"
    label = _("Still true?")
    about = _("A reminder of a project of yours that nobody has touched for nine months")
    shown = 1
    is_news = False

    def for_readers(self, chunk, cached):
        asked = [reader.user.pk for reader in chunk.readers if is_asked(reader)]
        rows = Membership.objects.filter(user__in=asked, role__in=WRITERS).values_list("user", "organisation") if asked else ()
        mine = {}
        for user, organisation in rows:
            mine.setdefault(organisation, []).append(user)
        still = Project.objects.listed().filter(organisation__in=mine, updated_at__lt=chunk.now - STILL).order_by("-updated_at", "-pk")
        found = {}
        oldest = list(still.values_list("pk", "slug", "organisation", "updated_at")) if mine else ()
        for pk, slug, organisation, at in oldest:  # the last one that is set stands: it has waited longest
            found |= dict.fromkeys(mine[organisation], (pk, slug, at))
        return self._told(found)

    def _told(self, found):
        words = words_of(Project, "project", {pk for pk, _slug, _at in found.values()}, "title")
        kind = ContentType.objects.get_for_model(Project).pk
        return {
            user: [Told(News(self.key, (kind, pk), at, words[pk], f"/projects/{slug}/edit/", facts=(at,)), "yours")]
            for user, (pk, slug, at) in found.items()
            if pk in words
        }

    def note(self, news, language):
        since = timesince(news.facts[0], timezone.now(), depth=1)
        return _("Last changed %(since)s ago. Is it still true? Say so by saving it.") % {"since": since}
