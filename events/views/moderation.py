"""Events in the administration: what stands, read-only; its buttons are the verbs of a moderator."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.rules import is_moderator
from common.verbs import attempt
from events import verbs
from events.enums import State
from events.models import Event

A_PAGE = 50
#: What moderators do; the rest is the hosts'.
MODERATING = ("publish", "hide")


@require_safe
def event_list(request):
    """Events in one state, those that begin last first; 403 for everybody but moderators."""
    if not is_moderator(request.user):
        raise PermissionDenied
    asked = request.GET.get("state", "")
    state = asked if asked in State.values else State.PUBLISHED
    rows = Event.objects.visible_to(request.user).filter(state=state).select_related("organisation", "group").order_by("-starts_at", "-pk")
    page = Paginator(rows.prefetch_related("texts", "group__texts"), A_PAGE).get_page(request.GET.get("p"))
    now = timezone.now()
    found = [(event, [one for one in verbs.available(request.user, event, now) if one.name in MODERATING]) for event in page]
    return render(request, "events/cms/list.html", {"rows": found, "page_obj": page, "state": State(state), "states": list(State)})


@require_POST
def carry_out(request, pk, verb):
    """One verb, and back to the list."""
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("group", "organisation"), pk=pk)
    if not request.user.has_perm(verbs.VERBS[verb].permission, event):
        raise PermissionDenied
    words = verbs.VERBS[verb].done % {"title": event}
    attempt(request, words, verbs.carry_out, verb, event, reason=request.POST.get("reason", "")[:2000])
    return redirect("events_cms:list")
