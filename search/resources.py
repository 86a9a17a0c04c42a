"""Files and links of working groups that answer: by title, description, name of the file or site of the link."""

from common.rich_text import highlight
from common.search import TextQuery
from search.hits import Counted, Excerpt, Hit, answering, marked
from workinggroups.models import Resource


class ResourceHits:
    """What the reader may read, of groups at work and of closed ones. A hit leads to the page that says what it is and who it is from."""

    def __init__(self, question):
        self.search = question.search
        seen = Resource.objects.visible_to(question.user).listed().order_by()
        found = answering(seen, self.search, of="pk", reader=question.reader)
        excerpt = Excerpt("description", TextQuery(self.search.wanted, every=False))
        found = found.annotate(excerpt=excerpt).select_related("group").prefetch_related("group__texts").defer("vector")
        self.found = Counted(found, "-rank", "-changed_at", "pk", first=question.share)

    @property
    def count(self):
        return self.found.count

    def hits(self, start, stop):
        return [self._hit(row) for row in self.found[start:stop]]

    def _hit(self, row):
        return Hit(
            kind=row.get_kind_display(), icon="link" if row.is_link else "file", url=row.get_absolute_url(),
            title=marked(row.title, self.search), text=highlight(row.excerpt), language=row.language,
            note=" · ".join(part for part in (str(row.group), row.host) if part),
        )  # fmt: skip
