"""The agenda: read by whoever sees the event, written by its host, proposed to by the host's members."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.access import kept_post, member_required
from common.verbs import attempt
from events import actions
from events.agenda import AgendaPage
from events.enums import ItemState
from events.forms import ItemFileForm, ItemForm, TakerForm
from events.models import AgendaItem
from events.views.doors import event_door
from members.models import User

WHY = gettext_lazy("Sign in to work on the agenda of this meeting.")


def item_door(view):
    """Finds the item of an event the reader sees; 404 for another event's, and for a proposal that is not for the reader."""

    def door(request, event, pk, **kwargs):
        item = get_object_or_404(AgendaItem.objects.visible_to(request.user).filter(event=event), pk=pk)
        item.event = event
        return view(request, item, **kwargs)

    return door


def _to(event):
    return redirect("events:agenda", event.slug)


@require_safe
@event_door(brief=True)
def agenda(request, event):
    """What the meeting is to talk about, also to print; a form that was sent without a session comes back filled."""
    forms = {}
    if request.user.is_authenticated:
        for name, prefix, url_name in (("form", "item", "events:add_item"), ("proposal", "proposal", "events:propose_item")):
            typed = kept_post(request, reverse(url_name, args=[event.slug]))
            forms[name] = ItemForm(typed, prefix=prefix) if typed else None
    return render(request, "events/agenda/agenda.html", {"event": event, "page": AgendaPage(event, request.user, **forms)})


@require_POST
@member_required(reason=WHY)
@event_door(permission="events.change", brief=True)
def add_item(request, event):
    form = ItemForm(request.POST, prefix="item")
    if form.is_valid() and attempt(request, _("It is on the agenda."), actions.add_item, event, **form.values):
        return _to(event)
    return render(request, "events/agenda/agenda.html", {"event": event, "page": AgendaPage(event, request.user, form=form)})


@require_POST
@member_required(reason=WHY)
@event_door(permission="events.propose", brief=True)
def propose_item(request, event):
    form = ItemForm(request.POST, prefix="proposal")
    if form.is_valid() and attempt(
        request, _("Proposed. Whoever plans the meeting is told, and answers."), actions.propose_item, event, **form.values
    ):
        return _to(event)
    return render(request, "events/agenda/agenda.html", {"event": event, "page": AgendaPage(event, request.user, proposal=form)})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(reason=WHY)
@event_door(permission="events.change", brief=True)
@item_door
def edit_item(request, item):
    """One item; whoever saves second is told, and sees both."""
    form = ItemForm(request.POST or kept_post(request), item=item)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_item(item, by=request.user, opened_at=form.opened_at, **form.values)
        except ValidationError as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Saved."))
            return _to(item.event)
    return render(request, "events/agenda/item.html", {"event": item.event, "item": item, "form": form})


@require_POST
@member_required
@event_door(permission="events.change", brief=True)
@item_door
def move_item(request, item, up):
    attempt(request, _("Moved."), actions.move_item, item, up=up)
    return _to(item.event)


@require_POST
@member_required
@event_door(permission="events.propose", brief=True)
@item_door
def remove_item(request, item):
    """Off the agenda, by its host; a proposal is taken back by whoever made it."""
    is_own = item.state == ItemState.PROPOSED and item.proposed_by_id == request.user.pk
    if not (is_own or request.user.has_perm("events.change", item.event)):
        raise PermissionDenied
    attempt(request, _("Taken off the agenda."), actions.remove_item, item)
    return _to(item.event)


@require_POST
@member_required
@event_door(permission="events.change", brief=True)
@item_door
def accept_item(request, item):
    attempt(request, _("It is on the agenda, and whoever proposed it is told."), actions.accept_item, item)
    return _to(item.event)


@require_POST
@member_required
@event_door(permission="events.change", brief=True)
@item_door
def decline_item(request, item):
    attempt(
        request,
        _("Not taken in. Whoever proposed it reads your answer."),
        actions.decline_item,
        item,
        answer=request.POST.get("answer", ""),
    )
    return _to(item.event)


@require_POST
@member_required
@event_door(permission="events.change", brief=True)
def name_taker(request, event):
    form = TakerForm(request.POST, event=event)
    if not form.is_valid():
        messages.warning(request, _("Choose somebody of the list."))
        return _to(event)
    taker = User.objects.filter(pk=form.cleaned_data["taker"]).first()
    attempt(request, _("Saved."), actions.name_minute_taker, event, taker)
    return _to(event)


@require_POST
@member_required
@event_door(permission="events.change", brief=True)
@item_door
def add_file(request, item):
    form = ItemFileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.warning(request, _("Choose a file first."))
        return _to(item.event)
    attempt(request, _("The file is added."), actions.add_item_material, item, **form.cleaned_data)
    return _to(item.event)


@require_POST
@member_required
@event_door(permission="events.change", brief=True)
@item_door
def remove_file(request, item, uuid):
    get_object_or_404(item.attachments, uuid=uuid)
    attempt(request, _("The file is removed."), actions.remove_item_material, item, uuid)
    return _to(item.event)
