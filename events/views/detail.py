"""The page of one event, and taking part in it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.access import kept_post, member_required
from common.verbs import attempt
from events import actions, verbs
from events.enums import RegistrationState
from events.forms import RegisterForm
from events.page import EventPage
from events.views.doors import event_door

WHY = gettext_lazy("Sign in to register: then you are told of changes, and it stands in your calendar.")


@require_safe
@event_door
def event_detail(request, event):
    """An event to those who may see it."""
    typed = kept_post(request, reverse("events:register", args=[event.slug])) if request.user.is_authenticated else None
    form = RegisterForm(typed, event=event) if typed else None
    return render(request, "events/detail.html", {"page": EventPage(event, request.user, form), "event": event})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(reason=WHY)
@event_door(permission="events.register")
def register(request, event):
    """Take part, or wait for a seat. Reading this address leads to the event: whoever was sent to sign in comes back here."""
    if request.method != "POST":
        return redirect(event)
    form = RegisterForm(request.POST, event=event)
    if form.is_valid():
        try:
            row = actions.register(event, by=request.user, way=form.cleaned_data.get("way", ""), answers=form.answers)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            _say(request, row)
            return redirect(event)
    return render(request, "events/detail.html", {"page": EventPage(event, request.user, form), "event": event})


def _say(request, row):
    if row.state == RegistrationState.REGISTERED:
        messages.success(request, _("You are registered. The time stands in the mail you get, as a file for your calendar."))
    else:
        messages.info(request, _("All seats are taken: you are on the waiting list, and are told as soon as you have a seat."))


@require_POST
@member_required
@event_door(permission="events.register")
def unregister(request, event):
    mine = event.registrations.standing().filter(user=request.user).first()
    if mine is None:
        messages.warning(request, _("You are not registered for this event."))
    else:
        attempt(request, _("You are no longer registered."), actions.cancel_registration, mine)
    return redirect(event)


@require_POST
@member_required
@event_door
def carry_out(request, event, verb):
    """One verb of the host or of a moderator; a refusal of the verb is a message."""
    if not request.user.has_perm(verbs.VERBS[verb].permission, event):
        raise PermissionDenied
    words = verbs.VERBS[verb].done % {"title": event}
    done = attempt(request, words, verbs.carry_out, verb, event, reason=request.POST.get("reason", "")[:2000])
    return redirect("events:list") if done and verb == "delete" else redirect(event)
