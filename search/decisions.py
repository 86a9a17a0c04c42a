"""Decisions that answer: what meetings decided and is in force, the latest first among equals."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.rich_text import highlight
from common.search import TextQuery
from events.models import Decision
from search.hits import Counted, Excerpt, Hit, answering, marked


class DecisionHits:
    """A decision is found where its minutes are read."""

    def __init__(self, question):
        self.search = question.search
        found = answering(Decision.objects.visible_to(question.user).in_force(), self.search, of="pk", reader=question.reader)
        excerpt = Excerpt("text", TextQuery(self.search.wanted, every=False))
        found = found.annotate(excerpt=excerpt).select_related("minutes__event").prefetch_related("minutes__event__texts").defer("vector")
        self.found = Counted(found, "-rank", "-decided_on", "-pk", first=question.share)

    @property
    def count(self):
        return self.found.count

    def hits(self, start, stop):
        return [self._hit(one) for one in self.found[start:stop]]

    def _hit(self, decision):
        event = decision.minutes.event
        return Hit(
            kind=_("Decision"), icon="check-circle", url=decision.get_absolute_url(), title=marked(str(event), self.search),
            text=highlight(decision.excerpt), language=decision.language,
            note=f"{decision.reference} · {date_format(decision.decided_on)}",
        )  # fmt: skip
