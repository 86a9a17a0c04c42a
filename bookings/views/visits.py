"""Visits: the list, the page, its file for a calendar, and the verbs of both sides."""

import functools

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from bookings import ics
from bookings.enums import ENDED
from bookings.page import VisitList, VisitPage, form_of, opened
from bookings.verbs import VERBS, may
from common.access import member_required
from common.ics import CONTENT_TYPE

WHY = gettext_lazy("Sign in to see your visits, and those to your living labs.")


def visit_door(view):
    """Finds the visit: 404 for whoever is neither guest nor host."""

    @functools.wraps(view)
    def door(request, pk, **kwargs):
        return view(request, get_object_or_404(opened(request.user), pk=pk), **kwargs)

    return door


@require_safe
@member_required(reason=WHY)
def visit_list(request):
    """What is to come first; what is over at `?when=past`."""
    found = VisitList(request.user, is_past=request.GET.get("when") == "past", number=request.GET.get("page"))
    return render(request, "bookings/visits.html", {"list": found, "page_obj": found.page_obj})


@require_safe
@member_required(reason=WHY)
@visit_door
def visit_detail(request, visit):
    return render(request, "bookings/visit.html", {"page": VisitPage(visit, request.user), "visit": visit})


@require_safe
@member_required(reason=WHY)
@visit_door
def visit_file(request, visit):
    if visit.state in ENDED:
        raise Http404
    response = HttpResponse(ics.visit_file(visit), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="visit-{visit.pk}.ics"'
    return response


@require_POST
@member_required
@visit_door
def carry_out(request, visit, verb):
    """One verb; a form that is not right comes back with what was typed, any other refusal is a message."""
    verb = VERBS[verb]
    if not may(request.user, verb, visit):
        raise PermissionDenied
    form = form_of(verb, visit, request.POST, request.FILES) if verb.form else None
    if form is None or form.is_valid():
        try:
            verb.action(visit, by=request.user, **_said(form))
        except ValidationError as refusal:
            if not _at_its_field(form, refusal):
                messages.warning(request, " ".join(refusal.messages))
                return redirect(visit)
        else:
            messages.success(request, verb.done)
            return redirect(visit)
    return render(request, "bookings/visit.html", {"page": VisitPage(visit, request.user, verb=verb.name, form=form), "visit": visit})


def _said(form):
    """What the form says, as the verb takes it."""
    if form is None:
        return {}
    said = dict(form.cleaned_data)
    if "files" in said:
        said["files"] = [(file, "") for file in said["files"]]
    return said


def _at_its_field(form, refusal):
    """Whether what was typed can be mended on the page: then nothing typed is lost."""
    if form is None or getattr(refusal, "code", "") == "wrong_state":
        return False
    errors = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal}
    for name, reasons in errors.items():
        form.add_error(name if name in form.fields else None, reasons)
    return True
