"""Whom the verbs of events tell, and what stands in it. Called inside the verbs' transactions.

Those who come and those who wait hear from the portal, so that a host who comes too is told like everybody else.
"""

from django.conf import settings

from common.moments import in_every_language
from events.ics import file_for
from events.moments import when, where
from notifications.actions import notify
from organisations.enums import WRITERS
from organisations.models import Membership
from workinggroups.enums import CHAIRS


def context_of(event, **more):
    return {"when": in_every_language(lambda: when(event)), "where": in_every_language(lambda: where(event)), **more}


def hosts(event):
    """[(member, reason)] of those who look after it: writers of the organisation, chairs of the group, who made it."""
    author = [(event.created_by_id, "author")] if event.created_by_id else []
    if event.organisation_id:
        rows = Membership.objects.acting().filter(organisation=event.organisation_id, role__in=WRITERS)
        return [*((pk, "event_host") for pk in rows.order_by("pk").values_list("user", flat=True)), *author]
    if event.group_id:
        rows = event.group.memberships.acting().filter(role__in=CHAIRS)
        return [*((pk, "event_host") for pk in rows.order_by("pk").values_list("user", flat=True)), *author]
    return author


def standing(event):
    """[(member, reason)] of everybody on a list of the event."""
    rows = event.registrations.in_line().values_list("user", "state")
    return [(pk, "registered" if state == "registered" else "on_waiting_list") for pk, state in rows]


def tell_registered(event, registration):
    """A receipt, with the file for a calendar; or that there is no seat yet."""
    if registration.state == "registered":
        context = context_of(event, calendar=in_every_language(lambda: file_for(event, with_link=True)))
        notify("event.registered", event, by=None, to=[(registration.user_id, "registered")], context=context)
    else:
        notify("event.waiting", event, by=None, to=[(registration.user_id, "on_waiting_list")], context=context_of(event))


def tell_moved_up(event, registrations):
    context = context_of(event, calendar=in_every_language(lambda: file_for(event, with_link=True)))
    notify("event.moved_up", event, by=None, to=[(row.user_id, "registered") for row in registrations], context=context)


def tell_of_change(event):
    """Another time or place: everybody who comes or waits, whoever changed it."""
    context = context_of(event, calendar=in_every_language(lambda: file_for(event, with_link=False)))
    notify("event.changed", event, by=None, to=standing(event), context=context)


def tell_cancelled(event, *, by, reason):
    context = context_of(event, calendar=in_every_language(lambda: file_for(event, with_link=False)))
    notify("event.cancelled", event, by=None, to=[*standing(event), *hosts(event)], not_to=[by] if by else [], context=context, note=reason)


def tell_hidden(event, *, by, reason):
    notify("event.hidden", event, by=by, to=hosts(event), note=reason)


def tell_reminder(event, registrations):
    notify("event.reminder", event, by=None, to=[(row.user_id, "registered") for row in registrations], context=context_of(event))


def tell_new(event, *, by):
    """Followers of the organisation, of themes and of the municipality; the group's members hear of it as of the group."""
    followed = [event.organisation, *event.themes.order_by("pk"), event.municipality]
    to = [(pk, "group_member") for pk in event.group.memberships.acting().values_list("user", flat=True)] if event.group_id else []
    context = context_of(event, host=in_every_language(lambda: event.host or settings.PORTAL["name"]))
    notify("event.published", event, by=by, to=to, followers_of=[one for one in followed if one], context=context)


def tell_material(event, attachment, *, by):
    to = [(pk, "registered") for pk in event.registrations.registered().values_list("user", flat=True)]
    notify("event.material", event, by=by, to=to, context={"file": str(attachment)})
