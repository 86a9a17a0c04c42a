"""Founding a group, changing it, and its states: for those who lead it and for moderators."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from common.access import kept_post, member_required
from common.verbs import attempt
from organisations.models import Organisation
from workinggroups import actions
from workinggroups.closing import still_coming
from workinggroups.forms import AnnounceForm, CloseForm, FoundForm, GroupForm
from workinggroups.models import WorkingGroup
from workinggroups.page import GroupPage
from workinggroups.views.doors import group_door

WHY = gettext_lazy("Sign in to look after your working group.")
LONGEST = 2_000


@require_http_methods(["GET", "POST"])
@member_required(reason=gettext_lazy("Sign in to found a working group."), writes=True)
def create(request):
    """A new group as a draft; those that look alike are shown before it is made."""
    if not Organisation.objects.writable_by(request.user).filter(verified_at__isnull=False).exists():
        return render(request, "workinggroups/no_organisation.html", status=200 if request.method == "GET" else 403)
    form = FoundForm(request.POST or kept_post(request), user=request.user)
    if request.method == "POST" and form.is_valid() and (group := form.found()):
        messages.success(
            request, _("%(name)s is founded as a draft, and you are its chair. Invite people, then publish it.") % {"name": group}
        )
        return redirect(group)
    return render(request, "workinggroups/form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@member_required(reason=WHY)
@group_door(permission="workinggroups.change")
def edit(request, group):
    form = GroupForm(request.POST or kept_post(request), user=request.user, group=group)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, _("Saved."))
        return redirect(group)
    return render(request, "workinggroups/form.html", {"form": form, "group": group})


@require_POST
@member_required
@group_door(permission="workinggroups.publish")
def publish(request, group):
    attempt(request, _("%(name)s is published.") % {"name": group}, actions.publish, group)
    return redirect(group)


@require_http_methods(["GET", "POST"])
@member_required(reason=WHY)
@group_door(permission="workinggroups.close")
def close(request, group):
    """The last page of a group's work: what it leaves behind."""
    form = CloseForm(request.POST or kept_post(request), group=group)
    if request.method == "POST" and form.is_valid():
        done = _("%(name)s is closed. Its summary stands on its page.") % {"name": group}
        if attempt(request, done, actions.close, group, **form.cleaned_data):
            return redirect(group)
    context = {"form": form, "page": GroupPage(group, request.user, "close"), "ending": still_coming(group, timezone.now())}
    return render(request, "workinggroups/close.html", context)


@require_POST
@member_required
@group_door(permission="workinggroups.reopen")
def reopen(request, group):
    done = attempt(request, _("%(name)s is a draft again. Only its members see it.") % {"name": group}, actions.reopen, group)
    still_seen = not done or WorkingGroup.objects.visible_to(request.user).filter(pk=group.pk).exists()
    return redirect(group) if still_seen else redirect("workinggroups:list")


@require_POST
@member_required
@group_door(permission="workinggroups.hide")
def hide(request, group):
    reason = request.POST.get("reason", "")[:LONGEST]
    attempt(request, _("“%(title)s” is hidden.") % {"title": group}, actions.hide, group, reason=reason)
    return redirect(group)


@require_http_methods(["GET", "POST"])
@member_required(reason=WHY)
@group_door(permission="workinggroups.announce")
def announce(request, group):
    """A few words to all members, once."""
    form = AnnounceForm(request.POST or kept_post(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.announce(group, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Announced. Every member gets it in the way they chose."))
            return redirect("workinggroups:announcements", group.slug)
    return render(request, "workinggroups/announce.html", {"form": form, "page": GroupPage(group, request.user, "announce")})
