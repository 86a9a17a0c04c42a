"""What test reports add to the page of a test: the report, or the way to begin it."""

from django.urls import reverse

from testreports.actions.writing import REPORTED
from testreports.models import TestReport
from testrequests.sections import Section, register_section


def _report(page):
    """The report where the reader sees it; the button where it can be begun; nothing before the test runs."""
    if page.row.state not in REPORTED:
        return None
    report = TestReport.objects.filter(application=page.row).prefetch_related("texts").first()
    if report is None:
        return {"start_url": reverse("testreports:start", args=[page.row.pk])} if page.sides else None
    seen = TestReport.objects.visible_to(page.user).filter(pk=report.pk).exists()
    return {"report": report} if seen else {"is_begun": True}


register_section(Section("testreports", "testreports/_of_test.html", _report, where="side", position=10))
