"""Coming to belong to an organisation, and leaving it: for the member who does it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.access import kept_post, member_required, next_page
from common.verbs import attempt
from organisations import actions
from organisations.forms import AskForm, FindForm, ProposalForm
from organisations.mine import Mine
from organisations.models import Invitation, JoinRequest
from organisations.views.doors import organisation_door

WHY_JOIN = gettext_lazy("Sign in to join your organisation.")


@require_safe
@member_required(reason=gettext_lazy("Sign in to see your organisations."))
def mine(request):
    """The organisations one belongs to, what can be joined, and what waits for one's answer."""
    return render(request, "organisations/mine.html", {"mine": Mine(request.user)})


@require_safe
@member_required(reason=WHY_JOIN)
def join(request):
    """What can be joined at once, invitations, requests that wait, and a search for everything else."""
    form = FindForm(request.GET)
    context = {"mine": Mine(request.user), "form": form, "found": form.found(request.user), "next": next_page(request)}
    return render(request, "organisations/join.html", context)


@require_POST
@member_required
@organisation_door(permission="organisations.join")
def join_at_once(request, organisation):
    attempt(request, _("Welcome: you belong to %(name)s now.") % {"name": organisation}, actions.join_by_domain, organisation)
    return redirect(next_page(request, organisation.get_absolute_url()))


@require_http_methods(["GET", "POST"])
@member_required(reason=WHY_JOIN)
@organisation_door(permission="organisations.join")
def ask(request, organisation):
    """A request to join, with a note to those who answer."""
    form = AskForm(request.POST or kept_post(request))
    if request.method == "POST" and form.is_valid():
        done = _("Your request is sent. You hear as soon as somebody answers.")
        if attempt(request, done, actions.ask_to_join, organisation, note=form.cleaned_data["note"]):
            return redirect("organisations:join")
    return render(request, "organisations/ask.html", {"organisation": organisation, "form": form})


@require_POST
@member_required
def withdraw_request(request, pk):
    wish = get_object_or_404(JoinRequest, pk=pk, user=request.user)
    attempt(request, _("Your request is withdrawn."), actions.withdraw_request, wish)
    return redirect("organisations:join")


@require_POST
@member_required
@organisation_door(permission="organisations.leave")
def leave(request, organisation):
    attempt(
        request, _("You have left %(name)s. What you wrote for it stays with it.") % {"name": organisation}, actions.leave, organisation
    )
    return redirect("organisations:mine")


@require_http_methods(["GET", "POST"])
@member_required(reason=gettext_lazy("Sign in to propose a new organisation."), writes=True)
def propose(request):
    """A new organisation; those that look alike are shown before it is made."""
    form = ProposalForm(request.POST or kept_post(request), user=request.user)
    if request.method == "POST" and form.is_valid() and (organisation := form.propose()):
        messages.success(
            request, _("%(name)s is proposed. You can work in it at once; a moderator looks at it next.") % {"name": organisation}
        )
        return redirect(organisation)
    return render(request, "organisations/propose.html", {"form": form})


@never_cache
@require_safe
def invitation(request, token):
    """What a link in an invitation opens: to whom it leads, and how to take it up. Nothing is changed by reading."""
    rows = Invitation.objects.select_related("organisation", "invited_by")
    found = get_object_or_404(rows, token_hash=actions.hash_of(token))
    is_mine = request.user.is_authenticated and actions.holds_address(request.user, found.email)
    facts = [(_("For"), found.email), (_("Role"), found.get_role_display()), (_("Valid until"), date_format(localtime(found.expires_at)))]
    context = {"invitation": found, "is_mine": is_mine, "is_open": found.is_open(timezone.now()), "facts": facts}
    return render(request, "organisations/invitation.html", context)


@require_POST
@member_required
def accept_invitation(request, pk):
    found = _my_invitation(request, pk)
    done = _("Welcome: you belong to %(name)s now.") % {"name": found.organisation}
    return redirect(found.organisation if attempt(request, done, actions.accept_invitation, found) else "organisations:join")


@require_POST
@member_required
def decline_invitation(request, pk):
    attempt(request, _("The invitation is declined."), actions.decline_invitation, _my_invitation(request, pk))
    return redirect("organisations:join")


def _my_invitation(request, pk):
    return get_object_or_404(Invitation.objects.for_addresses_of(request.user).select_related("organisation"), pk=pk)
