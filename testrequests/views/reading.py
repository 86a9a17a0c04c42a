"""Requests as a list and as a lab's board; the page of one request, and of one lab's answer to it."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.access import kept_post
from livinglabs.models import LivingLab
from records.trail import ON_A_PAGE, full_name, step, trail_of
from testrequests.board import Board
from testrequests.filters import RequestFilter
from testrequests.forms import MessageForm, TermsForm
from testrequests.page import ApplicationPage, RequestPage
from testrequests.views.doors import application_door, member, request_door


@require_safe
@member
def request_list(request):
    """What the member's organisations ask, and what is asked of the labs he or she answers for."""
    return render(request, "testrequests/list.html", {"page": RequestFilter(request.GET, request.user)})


@require_safe
@member
def board(request, slug):
    """A lab's requests by state, to those who answer for it."""
    lab = LivingLab.objects.run_by(request.user).filter(slug=slug).select_related("organisation").prefetch_related("texts").first()
    if lab is None:
        raise Http404
    return render(request, "testrequests/board.html", {"page": Board(lab, request.user, request.GET.get("all") == "1")})


@require_safe
@member
@request_door
def detail(request, asked):
    return render(request, "testrequests/detail.html", {"page": RequestPage(asked, request.user)})


@require_safe
@member
@application_door
def application(request, row):
    """The page of one lab's answer; what somebody was typing when signed out comes back."""
    kept = {name: kept_post(request, reverse(f"testrequests:{name}", args=[row.request_id, row.pk])) for name in ("write", "propose_terms")}
    forms = {"write": kept["write"] and MessageForm(kept["write"]), "terms": kept["propose_terms"] and TermsForm(kept["propose_terms"])}
    page = ApplicationPage(row, request.user, {name: form for name, form in forms.items() if form}, request.GET.get("messages"))
    return render(request, "testrequests/application.html", {"page": page})


@require_safe
@member
@application_door
def history(request, row):
    """Who did what when, for both sides."""
    page_obj = Paginator(trail_of(row), ON_A_PAGE).get_page(request.GET.get("page"))
    steps = [step(entry, full_name(entry)) for entry in page_obj]
    return render(request, "testrequests/history.html", {"row": row, "steps": steps, "page_obj": page_obj})
