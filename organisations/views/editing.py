"""What owners change about their organisation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from common.access import kept_post, member_required
from common.verbs import attempt
from organisations import actions
from organisations.enums import Asked
from organisations.forms import DomainForm, OrganisationForm
from organisations.views.doors import organisation_door

WHY = gettext_lazy("Sign in to look after your organisation.")


@require_http_methods(["GET", "POST"])
@member_required(reason=WHY)
@organisation_door(permission="organisations.change")
def edit(request, organisation):
    """Name, place, texts and logo. Domains are asked for: whoever has one is trusted."""
    typed = request.POST or kept_post(request)
    form = OrganisationForm(typed, request.FILES or None, organisation=organisation)
    if request.method == "POST" and form.is_valid() and form.save(by=request.user):
        messages.success(request, _("Saved."))
        return redirect(organisation)
    asked = kept_post(request, reverse("organisations:ask_for_domain", args=[organisation.slug]))
    return _show(request, organisation, form, DomainForm(asked))


def _show(request, organisation, form, domain_form):
    context = {
        "organisation": organisation, "form": form, "domain_form": domain_form, "logo": actions.logos(organisation).first(),
        "domains": organisation.domains.order_by("name"), "domain_requests": organisation.domain_requests.filter(state=Asked.WAITING),
    }  # fmt: skip
    return render(request, "organisations/edit.html", context)


@require_POST
@member_required
@organisation_door(permission="organisations.change")
def ask_for_domain(request, organisation):
    form = DomainForm(request.POST)
    if form.is_valid():
        try:
            actions.ask_for_domain(organisation, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your request is sent. A moderator looks at it next."))
            return redirect("organisations:edit", organisation.slug)
    return _show(request, organisation, OrganisationForm(organisation=organisation), form)


@require_POST
@member_required
@organisation_door(permission="organisations.change")
def remove_logo(request, organisation):
    attempt(request, _("The logo is removed."), actions.remove_logo, organisation)
    return redirect("organisations:edit", organisation.slug)


@require_POST
@member_required
@organisation_door(permission="organisations.change")
def propose_again(request, organisation):
    attempt(request, _("%(name)s is proposed again.") % {"name": organisation}, actions.propose_again, organisation)
    return redirect(organisation)
