"""What can be told of events."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from notifications.kinds import Kind, register_area, register_kind, register_reason

MINE = pgettext_lazy("group of notifications", "Events I come to")
HOSTED = pgettext_lazy("group of notifications", "Events I hold")
NEW = pgettext_lazy("group of notifications", "New events")
TASKS = pgettext_lazy("group of notifications", "My action points")
OPEN = _("Open the event")
MINUTES = _("Read the minutes")
ACTIONS = _("Open the action points")

register_reason("registered", _("You get this because you are registered for it."))
register_reason("on_waiting_list", _("You get this because you are on its waiting list."))
register_reason("event_host", _("You get this because you look after it for its host."))
register_reason("group_member", _("You get this because you are a member of the working group."))

register_reason("in_minutes", _("You get this because you stand in its minutes."))
register_reason("action_owner", _("You get this because it is yours to do."))

register_area("events", _("Events"), "event")
register_kind(
    Kind("event.registered", _("I am registered for an event"), MINE,
         _("You are registered for “%(title)s”: %(when)s."), OPEN, urgent=True, icon="calendar"),
    Kind("event.waiting", _("I am on a waiting list"), MINE,
         _("“%(title)s” is full: you are on the waiting list. As soon as a seat is free, you get it and are told. It takes"
           " place: %(when)s."),
         OPEN, urgent=True, icon="calendar"),
    Kind("event.moved_up", _("I get a seat from the waiting list"), MINE,
         _("A seat is free: you are registered for “%(title)s” now. %(when)s. If you cannot come any more, please cancel."), OPEN,
         urgent=True, icon="calendar"),
    Kind("event.changed", _("An event I come to has another time or place"), MINE,
         _("“%(title)s” has changed. Now: %(when)s. Where: %(where)s."), OPEN, urgent=True, icon="calendar"),
    Kind("event.cancelled", _("An event I come to is cancelled"), MINE,
         _("“%(title)s” is cancelled. It was to take place: %(when)s."), OPEN, urgent=True, icon="calendar"),
    Kind("event.reminder", _("Reminder the day before an event"), MINE,
         _("Soon: “%(title)s”, %(when)s. Where: %(where)s."), OPEN, urgent=True, icon="calendar", digest="soon"),
    Kind("event.material", _("New material of an event I was at"), MINE,
         _("There is new material of “%(title)s”: %(file)s."), OPEN, icon="file"),
    Kind("event.hidden", _("An event of mine is hidden"), HOSTED,
         _("A moderator has hidden “%(title)s”. If you think that this is wrong, answer the moderators at the portal's contact address."),
         OPEN, urgent=True, icon="calendar"),
    Kind("event.published", _("A new event of what I follow or of my working group"), NEW,
         _("%(host)s invites to “%(title)s”: %(when)s."), OPEN, icon="calendar"),
)  # fmt: skip

register_kind(
    Kind("event.item_proposed", _("Somebody proposes an item for an agenda of mine"), HOSTED,
         _("%(by)s proposes for the agenda of “%(title)s”: %(item)s"), _("Open the agenda"), icon="calendar",
         many=ngettext_lazy("%(number)d proposal for the agenda of “%(title)s”",
                            "%(number)d proposals for the agenda of “%(title)s”", "number")),
    Kind("event.item_accepted", _("My proposal for an agenda is answered"), MINE,
         _("“%(item)s” is on the agenda of “%(title)s”."), _("Open the agenda"), icon="calendar"),
    Kind("event.item_declined", _("My proposal for an agenda is not taken in"), MINE,
         _("“%(item)s” is not taken into the agenda of “%(title)s”."), _("Open the agenda"), icon="calendar"),
    Kind("event.minutes_approved", _("Minutes of my meetings are approved"), MINE,
         _("The minutes of “%(title)s” are approved."), MINUTES, icon="file", digest="decisions"),
    Kind("event.minutes_corrected", _("Minutes of my meetings are corrected"), MINE,
         _("The minutes of “%(title)s” are corrected."), MINUTES, icon="file", digest="decisions"),
    Kind("event.action_assigned", _("I am given an action point"), TASKS,
         _("For you to do %(when)s: “%(title)s”. Agreed at “%(event)s”."), ACTIONS, urgent=True, icon="check-circle"),
    Kind("event.action_due", _("Reminder three days before an action point is due"), TASKS,
         _("Soon due, %(when)s: “%(title)s”. Agreed at “%(event)s”."), ACTIONS, urgent=True, icon="clock", digest="soon"),
    Kind("event.action_overdue", _("An action point of mine is overdue"), TASKS,
         _("Overdue, %(when)s: “%(title)s”. Agreed at “%(event)s”. Mark it as done, or say when it will be."), ACTIONS, urgent=True,
         icon="clock"),
    Kind("event.action_done", _("An action point of a meeting of mine is done"), HOSTED,
         _("Done: “%(title)s”. Agreed at “%(event)s”."), ACTIONS, icon="check-circle",
         many=ngettext_lazy("%(number)d action point of “%(event)s” is done.",
                            "%(number)d action points of “%(event)s” are done.", "number"), about="event"),
)  # fmt: skip
