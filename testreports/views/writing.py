"""Beginning and writing a report, with its photos and data sets."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from common.access import kept_post, member_required
from common.verbs import attempt
from testreports import actions
from testreports.forms import FileForm, ReportForm
from testreports.page import ReportPage
from testreports.views.doors import report_door
from testrequests.models import Application

WHY = gettext_lazy("Sign in to write the report of your test.")


@require_POST
@member_required
def start(request, application):
    """The report of a test, as a draft of the side of whoever begins it; the one that was begun already."""
    found = get_object_or_404(Application.objects.visible_to(request.user), pk=application)
    report = attempt(request, _("Here is what the request said already. Go on from there."), actions.start_report, found)
    if report is None:
        return redirect(found)
    return redirect("testreports:edit", report.slug) if request.user.has_perm("testreports.change", report) else redirect(report)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(reason=WHY)
@report_door(permission="testreports.change")
def edit(request, report):
    """All of it on one page; what is agreed or waits for the other side is not changed."""
    page = ReportPage(report, request.user)
    if not page.may_change:
        messages.info(request, _("This report is not a draft now."))
        return redirect(report)
    form = ReportForm(request.POST or kept_post(request), user=request.user, report=report)
    if request.method == "POST" and not form.wants_a_row and form.is_valid() and form.save():
        messages.success(request, _("Saved."))
        return redirect(report if "look" in request.POST else reverse("testreports:edit", args=[report.slug]))
    return render(request, "testreports/form.html", {"report": report, "page": page, "form": form})


@require_POST
@member_required
@report_door(permission="testreports.change")
def add_file(request, report):
    """One photo or data set more."""
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        attempt(request, _("The file is added."), actions.add_file, report, **form.cleaned_data)
    else:
        messages.warning(request, _("Choose a file first."))
    return redirect(f"{reverse('testreports:edit', args=[report.slug])}#files")


@require_POST
@member_required
@report_door(permission="testreports.change")
def remove_file(request, report, uuid):
    attachment = get_object_or_404(report.attachments, uuid=uuid)
    attempt(request, _("The file is removed."), actions.remove_file, report, attachment)
    return redirect(f"{reverse('testreports:edit', args=[report.slug])}#files")
