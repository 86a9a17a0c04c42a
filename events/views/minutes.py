"""Minutes: read, begun, written, approved, corrected."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.access import kept_post, member_required
from common.verbs import attempt
from events import actions
from events.enums import MinutesState
from events.forms import MinutesForm
from events.minutes import MinutesPage
from events.views.doors import event_door

WHY = gettext_lazy("Sign in to write the minutes of this meeting.")


def draft_door(view):
    """Finds the draft of the event's minutes; 404 where there is none."""

    def door(request, event, **kwargs):
        draft = get_object_or_404(event.minutes.filter(state=MinutesState.DRAFT))
        draft.event = event
        return view(request, draft, **kwargs)

    return door


@require_safe
@event_door(brief=True)
def minutes(request, event, version=None):
    """What is in force, or one version. Who belongs to the host learns that there are none yet; for others there is nothing."""
    page = MinutesPage(event, request.user, version)
    if page.minutes is None and (version is not None or not page.reads_drafts):
        raise Http404
    return render(request, "events/minutes/minutes.html", {"event": event, "page": page})


@require_POST
@member_required(reason=WHY)
@event_door(permission="events.minute", brief=True)
def start(request, event):
    """A draft from the agenda and from who came."""
    begun = attempt(request, _("The minutes are begun, with the points of the agenda."), actions.start_minutes, event)
    return redirect("events:edit_minutes" if begun else "events:minutes", event.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(reason=WHY)
@event_door(permission="events.minute", brief=True)
@draft_door
def edit(request, draft):
    """The whole form. What is valid is kept; what two have changed is shown from both sides, and the next save counts."""
    more = request.POST.get("add", "")
    form = MinutesForm(draft, request.POST if request.method == "POST" else kept_post(request), more=more)
    if request.method != "POST":
        return _show(request, draft, form)
    try:
        is_done = form.save(by=request.user)
    except ValidationError as refusal:
        return _show(request, draft, form, said=refusal.messages, status=409)
    if is_done and not more:
        messages.success(request, _("Saved."))
        return redirect("events:minutes_version", draft.event.slug, draft.version)
    form.give_way()
    return _show(request, draft, form, status=409 if form.clashes else 200)


def _show(request, draft, form, *, said=(), status=200):
    context = {"event": draft.event, "minutes": draft, "form": form, "said": said}
    return render(request, "events/minutes/edit.html", context, status=status)


@require_POST
@member_required(reason=WHY)
@event_door(permission="events.minute", brief=True)
@draft_door
def save(request, draft):
    """What the script sends while somebody types; answers what became of it."""
    form = MinutesForm(draft, request.POST)
    at = date_format(timezone.localtime(), "TIME_FORMAT")
    try:
        form.save(by=request.user, by_hand=False)
    except ValidationError as refusal:
        return JsonResponse({"state": "kept", "at": at, "said": " ".join(refusal.messages)})
    said = _("Somebody else has changed the same part. Save to see both.") if form.clashes else ""
    state = "kept" if form.clashes else "saved"
    return JsonResponse({"state": state, "at": at, "base": form.data["base"], "errors": not form.is_valid, "said": said})


@require_POST
@member_required
@event_door(permission="events.approve_minutes", brief=True)
@draft_door
def approve(request, draft):
    """As it was read: the form says at which revision."""
    revision = request.POST.get("revision", "")
    read = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else -1
    words = _("The minutes are approved and fixed. Those who were there are told.")
    done = attempt(request, words, actions.approve_minutes, draft, revision=read)
    return redirect("events:minutes", draft.event.slug) if done else redirect("events:minutes_version", draft.event.slug, draft.version)


@require_POST
@member_required
@event_door(permission="events.approve_minutes", brief=True)
def correct(request, event):
    """A new version, with the reason that everybody reads."""
    words = _("A new version is begun. The approved minutes stand until it is approved.")
    begun = attempt(request, words, actions.correct_minutes, event, reason=request.POST.get("reason", ""))
    return redirect("events:edit_minutes" if begun else "events:minutes", event.slug)


@require_POST
@member_required
@event_door(permission="events.approve_minutes", brief=True)
@draft_door
def discard(request, draft):
    attempt(request, _("The draft is given up."), actions.discard_minutes, draft)
    return redirect("events:agenda", draft.event.slug)
