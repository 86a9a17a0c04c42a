"""Coming to belong to a group, and leaving it: for the member who does it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.access import kept_post, member_required
from common.verbs import attempt
from organisations.actions import hash_of, holds_address
from workinggroups import actions
from workinggroups.enums import Joining, News
from workinggroups.forms import AskForm, JoinForm
from workinggroups.models import GroupInvitation, GroupMembership, GroupRequest, WaitingPlace, WorkingGroup
from workinggroups.views.doors import group_door


def _say_where(request, found):
    """Whether there was a place, in words."""
    if isinstance(found, GroupMembership):
        messages.success(request, _("Welcome: you belong to %(name)s now.") % {"name": found.group})
    else:
        place = found.group.waiting_places.filter(pk__lte=found.pk).count()
        words = _("%(name)s is full. You are number %(place)d on its waiting list, and move up by yourself when somebody leaves.")
        messages.info(request, words % {"name": found.group, "place": place})


@require_POST
@member_required(reason=gettext_lazy("Sign in to join the working group."))
@group_door
def join(request, group):
    """At once, where the group is open; twice is the same as once."""
    form = JoinForm(request.POST, user=request.user)
    organisation = form.cleaned_data["organisation"] if form.is_valid() else None
    try:
        _say_where(request, actions.join(group, by=request.user, organisation=organisation))
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    return redirect(group)


@require_http_methods(["GET", "POST"])
@member_required(reason=gettext_lazy("Sign in to ask to join the working group."))
@group_door
def ask(request, group):
    """A request to join, with a note to those who answer."""
    if group.joining != Joining.REQUEST:
        raise PermissionDenied
    form = AskForm(request.POST or kept_post(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        attempt(request, _("Your request is sent. You hear as soon as somebody answers."), actions.ask_to_join, group, **form.cleaned_data)
        return redirect(group)
    return render(request, "workinggroups/ask.html", {"group": group, "form": form})


@require_POST
@member_required
def withdraw_request(request, pk):
    wish = get_object_or_404(GroupRequest.objects.select_related("group"), pk=pk, user=request.user)
    attempt(request, _("Your request is withdrawn."), actions.withdraw_request, wish)
    return redirect("workinggroups:mine")


@require_POST
@member_required
@group_door(permission="workinggroups.leave")
def leave(request, group):
    attempt(request, _("You have left %(name)s. What you wrote in it stays.") % {"name": group}, actions.leave, group)
    still_seen = WorkingGroup.objects.visible_to(request.user).filter(pk=group.pk).exists()
    return redirect(group) if still_seen else redirect("workinggroups:mine")


@require_POST
@member_required
def leave_waiting_list(request, pk):
    """By the place itself: who waits for a private group does not see it yet."""
    place = get_object_or_404(WaitingPlace.objects.select_related("group"), pk=pk, user=request.user)
    attempt(request, _("You wait for a place no longer."), actions.leave_waiting_list, place.group)
    return redirect("workinggroups:mine")


@require_POST
@member_required
@group_door(permission="workinggroups.take_part")
def change_news(request, group):
    """How one hears of the announcements of this group."""
    news = request.POST.get("news", "")
    if news in News.values:
        attempt(request, _("Saved."), actions.change_news, group, news)
    return redirect(f"{reverse('workinggroups:detail', args=[group.slug])}#membership")


@never_cache
@require_safe
def invitation(request, token):
    """What a link in an invitation opens: to which group it leads, and how to take it up. Nothing is changed by reading."""
    rows = GroupInvitation.objects.select_related("group__organisation", "invited_by").prefetch_related("group__texts")
    found = get_object_or_404(rows, token_hash=hash_of(token))
    is_mine = request.user.is_authenticated and request.user.may_act and holds_address(request.user, found.email)
    facts = [(_("For"), found.email), (_("Role"), found.get_role_display()), (_("Valid until"), date_format(localtime(found.expires_at)))]
    context = {"invitation": found, "group": found.group, "is_mine": is_mine, "is_open": found.is_open(timezone.now()), "facts": facts}
    return render(request, "workinggroups/invitation.html", context)


@require_POST
@member_required
def accept_invitation(request, pk):
    found = _my_invitation(request, pk)
    try:
        answer = actions.accept_invitation(found, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("workinggroups:mine")
    _say_where(request, answer)
    return redirect(found.group if isinstance(answer, GroupMembership) else "workinggroups:mine")


@require_POST
@member_required
def decline_invitation(request, pk):
    attempt(request, _("The invitation is declined."), actions.decline_invitation, _my_invitation(request, pk))
    return redirect("workinggroups:mine")


def _my_invitation(request, pk):
    return get_object_or_404(GroupInvitation.objects.visible_to(request.user).select_related("group"), pk=pk)
