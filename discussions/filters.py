"""The list of discussions: by words, and those without an answer, one's own, or unread; what is unknown is left out."""

from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.search import Matches, TextQuery, parse
from conversations.models import Post

A_PAGE = 30
SHOWS = {
    "": pgettext_lazy("discussions", "All"),
    "unread": pgettext_lazy("discussions", "Unread"),
    "unanswered": _("Without an answer"),
    "mine": _("With posts of mine"),
}


class ThreadFilter:
    """What is asked for and what is found, in a fixed number of queries."""

    def __init__(self, parameters, place, *, now=None):
        self.parameters, self.place, self.now = parameters, place, now or timezone.now()
        self.search = parse(parameters.get("q", ""))
        self.show = parameters.get("show", "") if parameters.get("show", "") in SHOWS else ""

    @cached_property
    def queryset(self):
        rows = self.place.threads.standing().with_read_by(self.place.user, self.now)
        if self.show == "unread":
            rows = rows.filter(read_to__lt=F("post_count"))
        elif self.show == "unanswered":
            rows = rows.unanswered()
        elif self.show == "mine":
            rows = rows.with_part_of(self.place.user)
        return rows.filter(self._by_words()) if self.search else rows

    def _by_words(self):
        """In the title, or in a post that stands."""
        found = Q()
        if self.search.wanted:
            query = TextQuery(self.search.wanted)
            found &= Q(Matches(F("vector"), query)) | Q(Exists(self._posts(query)))
        if self.search.unwanted:
            query = TextQuery(self.search.unwanted, every=False, prefix=False)
            found &= ~(Q(Matches(F("vector"), query)) | Q(Exists(self._posts(query))))
        return found

    def _posts(self, query):
        return Post.objects.standing().filter(Matches(F("vector"), query), thread=OuterRef("pk")).order_by()

    @cached_property
    def page(self):
        """The threads of one page, as lines."""
        rows = self.queryset.in_order().select_related("started_by")
        page = Paginator(rows, A_PAGE).get_page(self.parameters.get("page"))
        page.object_list = [self.place.line(thread) for thread in page.object_list]
        return page

    @property
    def has_unread(self):
        return any(thread.unread for thread in self.page.object_list)

    @property
    def narrowed(self):
        return bool(self.show or self.search)

    @property
    def choices(self):
        """[{label, url, current}] of what is shown; the words stay."""
        words = {"q": self.search.typed} if self.search.typed else {}
        return [
            {"label": label, "url": f"?{urlencode({**({'show': value} if value else {}), **words})}", "current": value == self.show}
            for value, label in SHOWS.items()
        ]
