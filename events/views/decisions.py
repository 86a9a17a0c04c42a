"""The decision log of everybody, and as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from events.decisions import DecisionLog
from events.exports import decisions_csv


@require_safe
def decision_log(request):
    """Decisions of all groups and organisations that the reader may see."""
    return render(request, "events/decisions.html", {"log": DecisionLog(request.GET, request.user)})


@require_safe
def decision_file(request):
    return as_file(request, DecisionLog(request.GET, request.user), "decisions")


def as_file(request, log, name):
    response = HttpResponse(decisions_csv(log, request.build_absolute_uri), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{localdate():%Y-%m-%d}.csv"'
    return response
