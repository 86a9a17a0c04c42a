"""What hosts see of those who come: the list, its file, who was there; and the material afterwards."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.access import member_required
from common.verbs import attempt
from events import actions
from events.exports import participants_csv
from events.forms import MaterialForm
from events.participants import Participants
from events.telling import hosts
from events.views.doors import event_door
from records.actions import remove_attachment
from records.trail import INTERNAL, ON_A_PAGE, step, trail_of

WHY = gettext_lazy("Sign in to see who comes to your event.")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(reason=WHY)
@event_door(permission="events.host")
def participants(request, event):
    """Who comes and who waits, with their answers; afterwards, who was there."""
    if request.method == "POST":
        present = [int(one) for one in request.POST.getlist("present") if one.isascii() and one.isdigit() and len(one) < 19]
        attempt(request, _("Saved."), actions.note_attendance, event, present)
        return redirect("events:participants", event.slug)
    return render(request, "events/participants.html", {"event": event, "list": Participants(event, request.GET.get("page"))})


@require_safe
@member_required(reason=WHY)
@event_door(permission="events.host")
def participants_file(request, event):
    response = HttpResponse(participants_csv(event), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.csv"'
    return response


@require_safe
@member_required(reason=WHY)
@event_door(permission="events.host")
def history(request, event):
    """Who did what when. Hosts stand by name, moderators as such: they act for the portal."""
    page = Paginator(trail_of(event).exclude(verb__in=INTERNAL), ON_A_PAGE).get_page(request.GET.get("page"))
    known = {pk for pk, _reason in hosts(event)}
    steps = [step(entry, _who(entry, known, request.user)) for entry in page]
    return render(request, "events/history.html", {"event": event, "page_obj": page, "steps": steps})


def _who(entry, known, reader):
    if entry.by_id is None:
        return _("The portal, or a former member")
    if entry.by_id in known or entry.by_id == reader.pk or reader.is_moderator:
        return entry.by.name or _("A member")
    return _("A moderator")


@require_POST
@member_required
@event_door(permission="events.change")
def add_material(request, event):
    """One file more, and those who come hear of it."""
    form = MaterialForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.warning(request, _("Choose a file first."))
        return redirect(event)
    attempt(request, _("The file is added."), actions.add_material, event, **form.cleaned_data)
    return redirect(event)


@require_POST
@member_required
@event_door(permission="events.change")
def remove_material(request, event, uuid):
    attachment = get_object_or_404(event.attachments, uuid=uuid)
    remove_attachment(attachment, by=request.user)
    messages.success(request, _("The file is removed."))
    return redirect(event)
