"""The words of events, as in docs/concepts.md."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    MEETING = "meeting", pgettext_lazy("event kind", "Meeting")
    WEBINAR = "webinar", pgettext_lazy("event kind", "Webinar")
    COURSE = "course", pgettext_lazy("event kind", "Course")
    OPEN_DAY = "open_day", pgettext_lazy("event kind", "Open day")


class State(models.TextChoices):
    """Where an event stands. *Past* and *full* are shown, never states."""

    DRAFT = "draft", pgettext_lazy("state", "Draft")
    PUBLISHED = "published", pgettext_lazy("state", "Published")
    CANCELLED = "cancelled", pgettext_lazy("state", "Cancelled")
    HIDDEN = "hidden", pgettext_lazy("state", "Hidden")


#: States in which an event can be read by those its visibility admits: who wants to come must learn that it is cancelled.
READABLE = (State.PUBLISHED, State.CANCELLED)


class Visibility(models.TextChoices):
    """Who may read a published event. `HOST`: the members of the organisation or of the group that holds it."""

    PUBLIC = "public", pgettext_lazy("visibility", "Public")
    MEMBERS = "members", pgettext_lazy("visibility", "Members")
    HOST = "host", pgettext_lazy("visibility", "Only members of the host")


class Way(models.TextChoices):
    """How somebody takes part where both can be chosen."""

    PLACE = "place", pgettext_lazy("way of taking part", "On site")
    ONLINE = "online", pgettext_lazy("way of taking part", "Online")


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", pgettext_lazy("registration", "Registered")
    WAITING = "waiting", pgettext_lazy("registration", "On the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")


#: Those who stand on a list of the event.
STANDING = (RegistrationState.REGISTERED, RegistrationState.WAITING)


class ItemState(models.TextChoices):
    """Where an agenda item stands: a member proposes it, the host takes it in or declines it."""

    PLANNED = "planned", pgettext_lazy("agenda item", "On the agenda")
    PROPOSED = "proposed", pgettext_lazy("agenda item", "Proposed")
    DECLINED = "declined", pgettext_lazy("agenda item", "Not taken in")


class MinutesState(models.TextChoices):
    """Approved minutes are never changed: a correction is a new version that replaces them once it is approved."""

    DRAFT = "draft", pgettext_lazy("state of minutes", "Draft")
    APPROVED = "approved", pgettext_lazy("state of minutes", "Approved")
    REPLACED = "replaced", pgettext_lazy("state of minutes", "Replaced by a correction")


class Presence(models.TextChoices):
    PRESENT = "present", pgettext_lazy("presence", "Present")
    ABSENT = "absent", pgettext_lazy("presence", "Absent, with apologies")


class ActionState(models.TextChoices):
    """*Overdue* is shown, never a state. What a correction takes out of the minutes is dropped."""

    OPEN = "open", pgettext_lazy("action point", "Open")
    DONE = "done", pgettext_lazy("action point", "Done")
    DROPPED = "dropped", pgettext_lazy("action point", "Dropped")
