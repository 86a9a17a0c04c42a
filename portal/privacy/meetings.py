"""What a meeting leaves, declared for the inventory: minutes keep who was there, and after an erasure name a former member."""

from django.utils.translation import gettext_lazy as _

from portal.privacy.holdings import Holding

MEETINGS = (
    Holding(
        "events.AgendaItem", _("Items you proposed for agendas"), did=("proposed_by",),
        did_shows=("event", "title", "text", "state", "created_at"),
        keys=("position", "presenter", "length", "answer", "revision"), scrub=("title", "presenter", "text", "answer"),
    ),
    Holding(
        "events.Minutes", _("Minutes you began or approved"), did=("started_by", "approved_by"),
        did_shows=("event", "version", "state", "created_at", "approved_at"), keys=("language", "revision", "updated_at"),
        scrub=("remarks", "correction"),
    ),
    Holding(
        "events.Attendee", _("Minutes that say that you were there"), about=("user",),
        shows=("minutes", "name", "organisation_name", "is_deputy", "presence"), keys=("key", "position", "organisation"),
        stays=True, blank={"name": ""}, scrub=("name",),
    ),
    Holding(
        "events.MinutesPoint", _("What was said at meetings"), keys=("minutes", "key", "position"), scrub=("title", "presenter", "text"),
    ),
    Holding(
        "events.Decision", _("What was decided at meetings"),
        keys=("minutes", "key", "position", "point", "organisations", "group", "organisation", "decided_on", "year", "number",
              "is_in_force", "language", "vector"),
        scrub=("text", "dissent"),
    ),
    Holding(
        "events.AgreedAction", _("What you were to do, as the minutes say"), did=("owner",), did_shows=("minutes", "text", "due_on"),
        keys=("key", "position"), scrub=("text", "owner_name"),
    ),
    Holding(
        "events.ActionPoint", _("Action points of yours"), did=("owner", "finished_by"),
        did_shows=("event", "text", "due_on", "state", "note", "finished_at", "created_at"), keys=("key", "revision"),
        scrub=("text", "owner_name", "note"),
    ),
)  # fmt: skip

NOTHING_OF_MEETINGS = {"events.ActionReminder": "that a reminder was given; it goes with its action point"}
