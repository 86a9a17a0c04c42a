"""The verbs of a report, one address each, and what it leads to."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.access import member_required
from common.verbs import attempt
from testreports import actions, verbs
from testreports.forms import AgreeForm
from testreports.page import ReportPage
from testreports.views.doors import report_door


@require_POST
@member_required
@report_door
def carry_out(request, report, verb):
    """One verb; a refusal is a message."""
    if not request.user.has_perm(verbs.VERBS[verb].permission, report):
        raise PermissionDenied
    words = verbs.VERBS[verb].done % {"title": report}
    done = attempt(request, words, verbs.carry_out, verb, report, reason=request.POST.get("reason", "")[:2000])
    return _where_to(request, report, verb) if done else redirect(report)


def _where_to(request, report, verb):
    if verb == "delete" or not request.user.has_perm("testreports.see", report):
        return redirect("testreports:list")
    return redirect(report)


@require_POST
@member_required
@report_door(permission="testreports.publish")
def publish(request, report):
    """Agreed to by the other side, with the host's word where that is the lab; published again by a moderator."""
    form = AgreeForm(request.POST, report=report)
    if not form.is_valid():
        return render(request, "testreports/detail.html", ReportPage(report, request.user, agree=form).context)
    attempt(request, _("“%(title)s” is published.") % {"title": report}, actions.publish, report, **form.cleaned_data)
    return redirect(report)


@require_POST
@member_required
@report_door(permission="testreports.go_on")
def make_project(request, report):
    """A draft of a project, filled in with what the report says."""
    project = attempt(
        request, _("This is a draft of a project, filled in with what the report says. Look through it, then publish it."),
        actions.make_project, report, site_url=settings.SITE_URL,
    )  # fmt: skip
    return redirect(project or report)


@require_POST
@member_required
@report_door(permission="testreports.go_on")
def test_again(request, report):
    """A draft of the same request, to be sent to another lab."""
    done = _("This is a draft of the same request. Choose the labs, look through it, and send it.")
    again = attempt(request, done, actions.test_again, report)
    return redirect(again or report)
