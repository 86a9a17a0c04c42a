"""Working groups that answer: by name, purpose, mandate, summary, tags, themes or organisation."""

from django.utils.translation import gettext as _

from common.publishing import READABLE
from common.rich_text import highlight
from common.search import TextQuery
from search.hits import Counted, Excerpt, Hit, answering, marked
from workinggroups.models import GroupText, WorkingGroup


class GroupHits:
    """Groups the reader sees, those at work and those closed: what a closed one left behind is worth finding."""

    def __init__(self, question):
        self.search = question.search
        seen = WorkingGroup.objects.visible_to(question.user).filter(state__in=READABLE).order_by().values("pk")
        texts = GroupText.objects.filter(group__in=seen)
        found = answering(texts, self.search, of="group_id", reader=question.reader)
        excerpt = Excerpt("why", TextQuery(self.search.wanted, every=False))
        found = found.annotate(excerpt=excerpt).select_related("group__organisation").defer("vector", "deliverables", "decides", "keywords")
        self.found = Counted(found, "-rank", "-group__last_activity_at", "pk", first=question.share)

    @property
    def count(self):
        return self.found.count

    def hits(self, start, stop):
        return [self._hit(text) for text in self.found[start:stop]]

    def _hit(self, text):
        group = text.group
        note = _("Closed group") if group.is_closed else group.get_joining_display()
        return Hit(
            kind=_("Working group"), icon="users", url=group.get_absolute_url(), title=marked(text.name, self.search),
            text=highlight(text.excerpt) or marked(text.purpose, self.search), language=text.language,
            note=f"{note} · {group.organisation.name}",
        )  # fmt: skip
