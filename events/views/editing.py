"""Making and changing an event, in two steps."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from common.access import kept_post, member_required
from common.verbs import attempt
from events import actions
from events.enums import State
from events.forms import DetailsForm, OpeningForm
from events.hosting import hosts_of
from events.views.doors import event_door

WHY = gettext_lazy("Events are held by organisations, working groups and the portal. Sign in, and you are led on.")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(reason=WHY, writes=True)
def create(request):
    """The first step of a new event; it is a draft afterwards. Who holds events for nobody is told what to do."""
    if not hosts_of(request.user):
        return render(request, "events/no_host.html")
    form = DetailsForm(request.POST or kept_post(request), user=request.user, host=request.GET.get("host", "")[:40])
    if request.method == "POST" and form.is_valid() and (event := form.save()):
        messages.success(request, _("Kept as a draft. Now say who may come."))
        return redirect("events:edit_opening", event.slug)
    return _show(request, None, form, "details")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(reason=WHY)
@event_door(permission="events.change")
def edit(request, event):
    """What, when and where."""
    form = DetailsForm(request.POST or kept_post(request), user=request.user, event=event)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, _("Saved."))
        return redirect("events:edit_opening", event.slug) if "go_on" in request.POST else redirect(event)
    return _show(request, event, form, "details")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(reason=WHY)
@event_door(permission="events.change")
def edit_opening(request, event):
    """Readers, seats, questions, other languages; a draft can be published with the same button."""
    form = OpeningForm(request.POST or kept_post(request), user=request.user, event=event)
    if request.method == "POST" and form.is_valid() and form.save():
        if "publish" in request.POST and request.user.has_perm("events.publish", event):
            attempt(request, _("“%(title)s” is published.") % {"title": event}, actions.publish, event)
        else:
            messages.success(request, _("Saved."))
        return redirect(event)
    return _show(request, event, form, "opening")


def _show(request, event, form, step):
    context = {
        "event": event, "form": form, "steps": _steps(event, step), "is_draft": event is None or event.state == State.DRAFT,
        "may_publish": event is not None and event.state == State.DRAFT,
    }  # fmt: skip
    return render(request, f"events/{step}.html", context)


def _steps(event, current):
    found = []
    for name, label, url_name in (
        ("details", pgettext("step of an event", "What, when, where"), "events:edit"),
        ("opening", pgettext("step of an event", "Who may come"), "events:edit_opening"),
    ):
        url = reverse(url_name, args=[event.slug]) if event else ""
        found.append({"label": label, "url": url, "current": name == current, "done": event is not None and name != current})
    return found


@require_POST
@member_required
@event_door(permission="events.change")
def duplicate(request, event):
    """A new draft that says the same, with another day to be looked at first."""
    copy = attempt(request, _("This is a copy, a draft. Look at the day and the time first."), actions.duplicate_event, event)
    if copy is None:
        return redirect(event)
    if not request.user.has_perm("events.change", copy):
        raise PermissionDenied
    return redirect("events:edit", copy.slug)
