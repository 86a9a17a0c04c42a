"""Events that answer: by their words, who holds them, where and what they are about; what is to come before what is over."""

from django.db.models import BooleanField, Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from common.rich_text import highlight
from common.search import TextQuery
from events.models import Event, EventText
from events.moments import when, where
from search.hits import Counted, Excerpt, Hit, answering, marked


class EventHits:
    def __init__(self, question):
        self.search = question.search
        seen = Event.objects.visible_to(question.user).listed().values("pk")
        texts = EventText.objects.filter(event__in=seen)
        found = answering(texts, self.search, of="event_id", reader=question.reader)
        is_over = Case(When(Q(event__ends_at__lt=timezone.now()), then=Value(True)), default=Value(False), output_field=BooleanField())
        excerpt = Excerpt("summary", TextQuery(self.search.wanted, every=False))
        found = found.annotate(is_over=is_over, excerpt=excerpt).select_related("event__municipality", "event__organisation")
        found = found.defer("vector", "description", "keywords")
        self.found = Counted(found, "is_over", "-rank", "event__starts_at", "pk", first=question.share)

    @property
    def count(self):
        return self.found.count

    def hits(self, start, stop):
        return [self._hit(text) for text in self.found[start:stop]]

    def _hit(self, text):
        event = text.event
        title = marked(text.title, self.search)
        return Hit(
            kind=_("Event"),
            icon="calendar",
            url=event.get_absolute_url(),
            title=title,
            text=highlight(text.excerpt),
            language=text.language,
            note=" · ".join(part for part in (event.get_state_display() if event.is_cancelled else "", when(event), where(event)) if part),
        )
