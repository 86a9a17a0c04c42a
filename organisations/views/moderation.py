"""Organisations in the administration: what waits first, read-only lists; the buttons are the verbs. For moderators."""

import functools

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.rules import is_moderator
from common.verbs import attempt
from organisations import actions
from organisations.enums import Asked
from organisations.forms.moderation import FactsForm, MergeForm
from organisations.lookalikes import lookalikes
from organisations.models import DomainRequest, Organisation

A_PAGE = 50
LONGEST = 2_000


def moderators_only(view):
    """403 for everybody but moderators; with `pk`, the view is given the organisation."""

    @functools.wraps(view)
    def door(request, pk=None, **kwargs):
        if not is_moderator(request.user):
            raise PermissionDenied
        if pk is None:
            return view(request, **kwargs)
        return view(request, get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk), **kwargs)

    return door


@require_safe
@moderators_only
def moderation_list(request):
    """Proposals, the oldest first, then what is verified; what asks for a domain stands above."""
    words = " ".join(request.GET.get("q", "").replace("\x00", "")[:100].split())
    seen = Organisation.objects.visible_to(request.user).for_moderation().filter(name__icontains=words)
    asked = DomainRequest.objects.filter(state=Asked.WAITING).select_related("organisation", "by")[:A_PAGE]
    page = Paginator(seen, A_PAGE).get_page(request.GET.get("p"))
    return render(request, "organisations/cms/list.html", {"page_obj": page, "domain_requests": asked, "words": words})


@require_http_methods(["GET", "POST"])
@moderators_only
def moderation_detail(request, organisation):
    """One organisation with what looks alike, its domains, its members, and every verb; the form mends its facts."""
    form = FactsForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid() and form.save(by=request.user):
        return _back(organisation)
    return _show(request, organisation, form, MergeForm(organisation=organisation))


def _show(request, organisation, form, merge_form):
    alike = lookalikes(
        request.user, name=organisation.name, registration_number=organisation.registration_number, website=organisation.website,
        but=organisation,
    )  # fmt: skip
    context = {
        "organisation": organisation, "form": form, "merge_form": merge_form, "alike": alike,
        "domains": organisation.domains.order_by("name"),
        "domain_requests": organisation.domain_requests.filter(state=Asked.WAITING).select_related("by"),
        "memberships": organisation.memberships.select_related("user").order_by("created_at", "pk")[:A_PAGE],
    }  # fmt: skip
    return render(request, "organisations/cms/detail.html", context)


def _back(organisation):
    return redirect("organisations_cms:detail", organisation.pk)


@require_POST
@moderators_only
def verify(request, organisation):
    attempt(request, _("“%(name)s” is verified.") % {"name": organisation}, actions.verify, organisation)
    return redirect("organisations_cms:list")


@require_POST
@moderators_only
def decline(request, organisation):
    reason = request.POST.get("reason", "")[:LONGEST]
    attempt(request, _("The proposal is declined."), actions.decline_proposal, organisation, reason=reason)
    return _back(organisation)


@require_POST
@moderators_only
def add_domain(request, organisation):
    attempt(request, _("The domain is added."), actions.add_domain, organisation, request.POST.get("name", ""))
    return _back(organisation)


@require_POST
@moderators_only
def remove_domain(request, organisation, domain):
    row = organisation.domains.filter(pk=domain).first()
    if row:
        attempt(request, _("The domain is removed. Members who joined by it stay."), actions.remove_domain, row)
    return _back(organisation)


@require_POST
@moderators_only
def give_domain(request, organisation, asked):
    return _answer(request, organisation, asked, _("The domain is added."), accept=True)


@require_POST
@moderators_only
def decline_domain(request, organisation, asked):
    return _answer(request, organisation, asked, _("The request is declined."), accept=False)


def _answer(request, organisation, asked, done, *, accept):
    row = get_object_or_404(organisation.domain_requests.select_related("organisation"), pk=asked)
    answer = request.POST.get("answer", "")[:LONGEST]
    attempt(request, done, actions.answer_domain_request, row, accept=accept, answer=answer)
    return _back(organisation)


@require_POST
@moderators_only
def merge(request, organisation):
    form = MergeForm(request.POST, organisation=organisation)
    if form.is_valid():
        into = form.cleaned_data["into"]
        done = _("“%(name)s” is now a part of “%(into)s”. Its address leads there.") % {"name": organisation, "into": into}
        return _back(into if attempt(request, done, actions.merge, organisation, into) else organisation)
    return _show(request, organisation, FactsForm(organisation=organisation), form)
