"""Reports as they are found and read, and as feed and file."""

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import conditional_page, require_safe

from common.access import member_required
from records.trail import INTERNAL, ON_A_PAGE, step, trail_of
from testreports import exports
from testreports.feeds import report_feed
from testreports.filters import ReportFilter
from testreports.page import ReportPage
from testreports.telling import people
from testreports.views.doors import report_door
from testrequests.enums import Side


@require_safe
def report_list(request):
    """Published reports by theme, municipality, lab, who tested and words; the newest first."""
    return render(request, "testreports/list.html", {"found": ReportFilter(request.GET, request.user)})


@require_safe
@report_door
def report_detail(request, report):
    """What was tried, and how it went."""
    return render(request, "testreports/detail.html", ReportPage(report, request.user).context)


@require_safe
@conditional_page
def feed(request):
    text = report_feed(ReportFilter(request.GET, request.user), request.build_absolute_uri)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@require_safe
def export_csv(request):
    lines = exports.csv_lines(ReportFilter(request.GET, request.user).queryset, request.build_absolute_uri)
    name = f'attachment; filename="test-reports-{localdate():%Y-%m-%d}.csv"'
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


@require_safe
@member_required(reason=gettext_lazy("Sign in to see the history of your report."))
@report_door(permission="testreports.history")
def history(request, report):
    """Who did what when. The people of both sides stand by name, moderators as such: they act for the portal."""
    page = Paginator(trail_of(report).exclude(verb__in=INTERNAL), ON_A_PAGE).get_page(request.GET.get("page"))
    known = {pk for side in Side for pk, _reason in people(report, side)}
    steps = [step(entry, _who(entry, known, request.user)) for entry in page]
    return render(request, "testreports/history.html", {"report": report, "page_obj": page, "steps": steps})


def _who(entry, known, reader):
    if entry.by_id is None:
        return _("The portal, or a former member")
    if entry.by_id in known or entry.by_id == reader.pk or reader.is_moderator:
        return entry.by.name or _("A member")
    return _("A moderator")
