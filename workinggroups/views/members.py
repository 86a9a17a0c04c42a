"""Who belongs to a group: the list its readers read and its chairs look after."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.access import kept_post, member_required
from common.verbs import attempt
from workinggroups import actions
from workinggroups.enums import GroupRole
from workinggroups.forms import InviteForm, SeatForm
from workinggroups.models import WorkingGroup
from workinggroups.page import GroupPage
from workinggroups.views.doors import group_door

LONGEST = 2_000  # characters of an answer
GIVEN = (GroupRole.CO_CHAIR, GroupRole.MEMBER, GroupRole.OBSERVER)


def managing(view, permission="workinggroups.manage_members"):
    """A door for chairs and moderators that takes one POST."""
    return require_POST(member_required(group_door(permission=permission)(view)))


@require_safe
@group_door
def members(request, group):
    """The members with their roles; to chairs also what waits, invitations, seats and the buttons."""
    typed = kept_post(request, reverse("workinggroups:invite", args=[group.slug])) if request.user.is_authenticated else None
    return _show(request, group, InviteForm(typed), SeatForm(group=group))


def _show(request, group, form, seat_form):
    page = GroupPage(group, request.user, "members")
    context = {"page": page, "form": form, "seat_form": seat_form, "roles": [(role, role.label) for role in GIVEN],
               "lines": page.members.page(request.GET.get("page"))}  # fmt: skip
    return render(request, "workinggroups/members.html", context)


@managing
def invite(request, group):
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _show(request, group, form, SeatForm(group=group))
    try:
        actions.invite(group, by=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error("email", " ".join(refusal.messages))
        return _show(request, group, form, SeatForm(group=group))
    messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]})
    return _back(group)


@managing
def resend(request, group, pk):
    invitation = get_object_or_404(group.invitations.select_related("group"), pk=pk)
    attempt(request, _("The invitation is on its way again. The link in the older mail leads nowhere."), actions.resend, invitation)
    return _back(group)


@managing
def withdraw_invitation(request, group, pk):
    invitation = get_object_or_404(group.invitations.select_related("group"), pk=pk)
    attempt(request, _("The invitation is withdrawn."), actions.withdraw_invitation, invitation)
    return _back(group)


@managing
def accept(request, group, pk):
    return _answer(request, group, pk, actions.accept_request, _("The request of %(name)s is accepted."), role=_role(request))


@managing
def decline(request, group, pk):
    return _answer(request, group, pk, actions.decline_request, _("The request of %(name)s is declined."))


def _answer(request, group, pk, verb, done, **more):
    wish = get_object_or_404(group.requests.select_related("user", "group"), pk=pk)
    attempt(request, done % {"name": wish.user}, verb, wish, answer=request.POST.get("answer", "")[:LONGEST], **more)
    return _back(group)


@managing
def change_role(request, group, pk):
    row = _membership(group, pk)
    role = _role(request, row.role)
    attempt(
        request,
        _("%(name)s is now: %(role)s.") % {"name": row.user.shown_name, "role": GroupRole(role).label},
        actions.change_role,
        row,
        role,
    )
    return _back(group, request)


@managing
def remove(request, group, pk):
    row = _membership(group, pk)
    done = _("%(name)s does not belong to it any more. What they wrote stays.") % {"name": row.user.shown_name}
    attempt(request, done, actions.remove_member, row, note=request.POST.get("note", "")[:LONGEST])
    return _back(group, request)


def _hand_over(request, group, pk):
    row = _membership(group, pk)
    attempt(request, _("%(name)s is the chair now.") % {"name": row.user.shown_name}, actions.hand_over, row)
    return _back(group, request)


hand_over = managing(_hand_over, "workinggroups.hand_over")


@managing
def give_seat(request, group):
    form = SeatForm(request.POST, group=group)
    if not form.is_valid():
        return _show(request, group, InviteForm(), form)
    said = form.cleaned_data
    done = _("%(name)s has its seat.") % {"name": said["organisation"]}
    attempt(request, done, actions.give_seat, group, said["organisation"], holder=said["holder"], deputy=said["deputy"])
    return _back(group)


@managing
def take_seat(request, group, pk):
    seat = get_object_or_404(group.seats.select_related("group"), pk=pk)
    attempt(request, _("The seat is taken away."), actions.take_seat, seat)
    return _back(group)


def _membership(group, pk):
    return get_object_or_404(group.memberships.select_related("user", "group"), pk=pk)


def _role(request, otherwise=GroupRole.MEMBER):
    asked = request.POST.get("role", "")
    return GroupRole(asked) if asked in GIVEN else GroupRole(otherwise)


def _back(group, request=None):
    """To the list, as long as it is still seen: a co-chair may have taken herself out."""
    still_seen = request is None or WorkingGroup.objects.visible_to(request.user).filter(pk=group.pk).exists()
    return redirect("workinggroups:members", group.slug) if still_seen else redirect("workinggroups:mine")
