"""Whom the verbs of agendas, minutes and action points tell. Called inside the verbs' transactions."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.moments import in_every_language
from events.enums import ItemState
from events.telling import hosts
from notifications.actions import notify


def tell_proposed(item, *, by):
    notify("event.item_proposed", item.event, by=by, to=hosts(item.event), context={"item": item.title}, url="", note=item.text[:500])


def tell_proposal_answered(item, *, by):
    kind = "event.item_accepted" if item.state == ItemState.PLANNED else "event.item_declined"
    notify(kind, item.event, by=by, to=[(item.proposed_by_id, "author")], context={"item": item.title}, note=item.answer)


def tell_approved(minutes, *, by, is_correction):
    """Those who came, members of the group who want its news, and who else stands in the minutes."""
    event = minutes.event
    to = [(pk, "registered") for pk in event.registrations.registered().values_list("user", flat=True)]
    to += [(pk, "in_minutes") for pk in minutes.attendees.exclude(user=None).values_list("user", flat=True)]
    if event.group_id:
        members = event.group.memberships.acting().exclude(news="mute")
        to += [(pk, "group_member") for pk in members.values_list("user", flat=True)]
    kind = "event.minutes_corrected" if is_correction else "event.minutes_approved"
    notify(kind, minutes, by=by, to=to, note=minutes.correction)


def tell_assigned(point, *, by):
    if point.owner_id:
        notify("event.action_assigned", point, by=by, to=[(point.owner_id, "action_owner")], context=_context(point))


def tell_action_due(point, *, is_overdue):
    kind = "event.action_overdue" if is_overdue else "event.action_due"
    notify(kind, point, by=None, to=[(point.owner_id, "action_owner")], context=_context(point))


def tell_done(point, *, by):
    notify("event.action_done", point, by=by, to=hosts(point.event), context=_context(point), note=point.note)


def _context(point):
    return {"event": in_every_language(lambda: point.event), "when": in_every_language(lambda: _by_when(point))}


def _by_when(point):
    return _("by %(day)s") % {"day": date_format(point.due_on, "DATE_FORMAT")} if point.due_on else _("without a date")
