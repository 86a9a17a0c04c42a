"""Test reports that answer: by their words, the lab, who tested and themes."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.rich_text import highlight
from common.search import TextQuery
from search.hits import Counted, Excerpt, Hit, answering, marked
from testreports.models import TestReport, TestReportText


class ReportHits:
    def __init__(self, question):
        self.search = question.search
        seen = TestReport.objects.visible_to(question.user).listed().order_by().values("pk")
        texts = TestReportText.objects.filter(report__in=seen)
        found = answering(texts, self.search, of="report_id", reader=question.reader)
        excerpt = Excerpt("summary", TextQuery(self.search.wanted, every=False))
        found = found.annotate(excerpt=excerpt).select_related("report__organisation", "report__lab")
        found = found.prefetch_related("report__lab__texts").defer("vector", "done", "worked", "failed", "keywords")
        self.found = Counted(found, "-rank", "-report__released_at", "pk", first=question.share)

    @property
    def count(self):
        return self.found.count

    def hits(self, start, stop):
        return [self._hit(text) for text in self.found[start:stop]]

    def _hit(self, text):
        report = text.report
        return Hit(
            kind=_("Test report"),
            icon="file",
            url=report.get_absolute_url(),
            title=marked(text.title, self.search),
            text=highlight(text.excerpt),
            language=text.language,
            note=" · ".join((report.organisation.name, str(report.lab), date_format(report.released_at, "DATE_FORMAT"))),
        )
