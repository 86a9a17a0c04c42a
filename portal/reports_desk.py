"""What of test reports waits for a member: those the other side has submitted, those that came back, drafts that were begun."""

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from testreports.enums import State
from testreports.models import TestReport, TestReportText

MOST = 10


def rows(user):
    """The reports that wait."""
    mine = Q(state=State.RETURNED, pk__in=TestReport.objects.written_by(user).values("pk")) | Q(state=State.DRAFT, created_by=user)
    asked = Q(pk__in=TestReport.objects.waiting_for(user).values("pk"))
    return TestReport.objects.visible_to(user).filter(asked | mine)


def waiting_reports(user):
    """[(icon, title, address, words, label of the button, its address, state)]; two questions, whatever there is."""
    texts = Prefetch("texts", TestReportText.objects.only("report", "language", "is_original", "title"))
    return [_line(one) for one in rows(user).prefetch_related(texts).order_by("-state_changed_at", "-pk")[:MOST]]


def _line(report):
    there, edit = report.get_absolute_url(), reverse("testreports:edit", args=[report.slug])
    if report.state == State.RETURNED:
        return "edit", str(report), there, report.state_reason, pgettext("desk", "Mend"), edit, report.state
    if report.state == State.DRAFT:
        return "edit", str(report), there, _("Your draft is kept. Go on where you left it."), pgettext("desk", "Go on"), edit, report.state
    words = _("The report of a test you took part in. Does it say what happened?")
    return "file", str(report), there, words, pgettext("desk", "Answer"), f"{there}#decide", ""
