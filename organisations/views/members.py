"""Who belongs to an organisation: the list its members read and its owners look after."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from common.access import kept_post, member_required
from common.verbs import attempt
from organisations import actions
from organisations.enums import Role
from organisations.forms import InviteForm
from organisations.members_page import MembersPage
from organisations.views.doors import organisation_door

LONGEST = 2_000  # characters of an answer


def managing(view):
    """A door for owners and moderators that takes one POST."""
    return require_POST(member_required(organisation_door(permission="organisations.manage_members")(view)))


@require_safe
@member_required(reason=gettext_lazy("Sign in to see who belongs to your organisation."))
@organisation_door(permission="organisations.see_members")
def members(request, organisation):
    """The members with their roles; to owners also what waits, invitations and the buttons."""
    typed = kept_post(request, reverse("organisations:invite", args=[organisation.slug]))
    return _show(request, organisation, InviteForm(typed))


def _show(request, organisation, form):
    return render(request, "organisations/members.html", {"page": MembersPage(organisation, request.user), "form": form})


@managing
def invite(request, organisation):
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _show(request, organisation, form)
    try:
        actions.invite(organisation, by=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error("email", " ".join(refusal.messages))
        return _show(request, organisation, form)
    messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]})
    return _back(organisation)


@managing
def resend(request, organisation, pk):
    invitation = get_object_or_404(organisation.invitations.select_related("organisation"), pk=pk)
    attempt(request, _("The invitation is on its way again. The link in the older mail leads nowhere."), actions.resend, invitation)
    return _back(organisation)


@managing
def withdraw_invitation(request, organisation, pk):
    invitation = get_object_or_404(organisation.invitations.select_related("organisation"), pk=pk)
    attempt(request, _("The invitation is withdrawn."), actions.withdraw_invitation, invitation)
    return _back(organisation)


@managing
def accept(request, organisation, pk):
    return _answer(request, organisation, pk, actions.accept_request, _("%(name)s belongs to it now."), role=_role(request))


@managing
def decline(request, organisation, pk):
    return _answer(request, organisation, pk, actions.decline_request, _("The request of %(name)s is declined."))


def _answer(request, organisation, pk, verb, done, **more):
    wish = get_object_or_404(organisation.join_requests.select_related("user", "organisation"), pk=pk)
    answer = request.POST.get("answer", "")[:LONGEST]
    attempt(request, done % {"name": wish.user}, verb, wish, answer=answer, **more)
    return _back(organisation)


@managing
def change_role(request, organisation, pk):
    row = _membership(organisation, pk)
    role = _role(request, row.role)
    done = _("%(name)s is now: %(role)s.") % {"name": row.user, "role": Role(role).label}
    attempt(request, done, actions.change_role, row, role)
    return _back(organisation, request)


@managing
def remove(request, organisation, pk):
    row = _membership(organisation, pk)
    done = _("%(name)s does not belong to it any more. What they wrote stays.") % {"name": row.user}
    attempt(request, done, actions.remove_member, row, note=request.POST.get("note", "")[:LONGEST])
    return _back(organisation, request)


@managing
def hand_over(request, organisation, pk):
    if not request.user.has_perm("organisations.change", organisation):
        raise PermissionDenied
    row = _membership(organisation, pk)
    attempt(request, _("%(name)s is the owner now, and you are an editor.") % {"name": row.user}, actions.hand_over, row)
    return _back(organisation)


def _membership(organisation, pk):
    return get_object_or_404(organisation.memberships.select_related("user", "organisation"), pk=pk)


def _role(request, otherwise=Role.MEMBER):
    asked = request.POST.get("role", "")
    return Role(asked) if asked in Role.values else Role(otherwise)


def _back(organisation, request=None):
    """To the list; an owner who is none any more reads it as what they are now."""
    still_sees = request is None or request.user.is_moderator or organisation.memberships.filter(user=request.user).exists()
    return redirect("organisations:members", organisation.slug) if still_sees else redirect("organisations:mine")
