"""Living labs that answer: by name, what is special, place, infrastructure, tags, themes, who runs it, and what can be booked there."""

from django.utils.translation import gettext as _

from common.publishing import READABLE
from common.rich_text import highlight
from common.search import TextQuery
from livinglabs.models import LabText, LivingLab
from search.hits import Counted, Excerpt, Hit, answering, marked


class LabHits:
    """Labs the reader sees, those that take requests and those that are archived."""

    def __init__(self, question):
        self.search = question.search
        seen = LivingLab.objects.visible_to(question.user).filter(state__in=READABLE).order_by().values("pk")
        found = answering(LabText.objects.filter(lab__in=seen), self.search, of="lab_id", reader=question.reader)
        excerpt = Excerpt("summary", TextQuery(self.search.wanted, every=False))
        found = found.annotate(excerpt=excerpt).select_related("lab__organisation").defer("vector", "story", "legal", "ethics", "keywords")
        self.found = Counted(found, "-rank", "-lab__published_at", "pk", first=question.share)

    @property
    def count(self):
        return self.found.count

    def hits(self, start, stop):
        return [self._hit(text) for text in self.found[start:stop]]

    def _hit(self, text):
        lab = text.lab
        note = lab.organisation.name if lab.is_open else f"{lab.get_state_display()} · {lab.organisation.name}"
        return Hit(
            kind=_("Living lab"), icon="lab", url=lab.get_absolute_url(), title=marked(text.name, self.search),
            text=highlight(text.excerpt) or marked(text.summary, self.search), language=text.language, note=note,
        )  # fmt: skip
