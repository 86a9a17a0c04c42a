"""Discussions that answer, by their title or by a post: found by members of the portal who see where they are held."""

import re

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.rich_text import highlight
from common.search import TextQuery
from discussions.hosts import host_of
from discussions.mentions import without_marks
from discussions.searching import answering, excerpts, seen_by
from search.hits import Counted, Excerpt, Hit, marked
from workinggroups.models import WorkingGroup

#: Marks of formatting that say nothing in an excerpt.
_MARKDOWN = re.compile(r"\*\*|[`|]|-{3,}|^\s*[>#]+ ", re.MULTILINE)


class DiscussionHits:
    """One hit for each thread; it leads to the post that answers best."""

    def __init__(self, question):
        self.search = question.search
        found = answering(seen_by(question.user), self.search)
        if self.search.wanted:
            found = found.annotate(excerpt=excerpts(self.search, Excerpt("text", TextQuery(self.search.wanted, every=False))))
        places = GenericPrefetch("target", [WorkingGroup.objects.prefetch_related("texts")])
        self.found = Counted(found.defer("vector").prefetch_related(places), "-rank", "-last_post_at", "pk", first=question.share)

    @property
    def count(self):
        return self.found.count

    def hits(self, start, stop):
        return [self._hit(thread) for thread in self.found[start:stop]]

    def _hit(self, thread):
        posts = ngettext("%(count)d post", "%(count)d posts", thread.post_count) % {"count": thread.post_count}
        url = host_of(thread.target).thread_url(thread)
        return Hit(
            kind=_("Discussion"),
            icon="comment",
            url=f"{url}{thread.best}/#post-{thread.best}" if thread.best else url,
            title=marked(thread.title, self.search),
            text=highlight(_MARKDOWN.sub("", without_marks(thread.excerpt or ""))),
            language=thread.language,
            note=" · ".join((str(thread.target), posts, date_format(localtime(thread.last_post_at)))),
        )
