"""What is to be done: a member's own list, and the verbs of one action point."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from common.access import member_required, next_page
from common.verbs import attempt
from events import actions
from events.action_list import ActionList
from events.forms import AssignForm, FinishForm
from events.models import ActionPoint
from events.people import owners_at
from members.models import User


def action_door(permission):
    """Finds an action point the reader may see (else 404), and asks for the permission (else 403)."""

    def wrap(view):
        def door(request, pk):
            seen = ActionPoint.objects.visible_to(request.user).select_related("event__group", "event__organisation", "owner")
            point = get_object_or_404(seen, pk=pk)
            if not request.user.has_perm(permission, point):
                raise PermissionDenied
            view(request, point)
            return redirect(f"{next_page(request, reverse('events:my_actions'))}#action-{point.pk}")

        return door

    return wrap


@require_safe
@member_required(reason=gettext_lazy("Sign in to see what you have taken on at meetings."))
def mine(request):
    """What I have taken on, with where it was agreed."""
    return render(request, "events/my_actions.html", {"list": ActionList(request.GET, request.user)})


@require_POST
@member_required
@action_door("events.finish_action")
def finish(request, point):
    form = FinishForm(request.POST)
    if form.is_valid():
        attempt(request, _("Done. Those who lead are told."), actions.finish_action, point, note=form.cleaned_data["note"])
    else:
        messages.warning(request, " ".join(form.errors["note"]))


@require_POST
@member_required
@action_door("events.finish_action")
def reopen(request, point):
    attempt(request, _("It is open again."), actions.reopen_action, point)


@require_POST
@member_required
@action_door("events.assign_action")
def assign(request, point):
    """Another owner, another date."""
    form = AssignForm(request.POST, point=point, people=owners_at(point.event, {"people": []}))
    if not form.is_valid():
        messages.warning(request, " ".join(words for errors in form.errors.values() for words in errors))
        return
    said = form.cleaned_data
    owner = User.objects.filter(pk=said.pop("owner")).first()
    attempt(request, _("Saved. Whoever takes it over is told."), actions.assign_action, point, owner=owner, **said)
