"""Events, who takes part, and what a meeting leaves: agenda, minutes, decisions, action points."""

from events.models.events import (
    ANSWER_LIMIT,
    DESCRIPTION_LIMIT,
    MOST_SEATS,
    AskedAtRegistration,
    CalendarKey,
    Event,
    EventText,
    Registration,
    portal_time_zone,
)
from events.models.following import ActionPoint, ActionReminder
from events.models.minutes import AgendaItem, AgreedAction, Attendee, Decision, Minutes, MinutesPoint

__all__ = [
    "ANSWER_LIMIT", "DESCRIPTION_LIMIT", "MOST_SEATS", "ActionPoint", "ActionReminder", "AgendaItem", "AgreedAction",
    "AskedAtRegistration", "Attendee", "CalendarKey", "Decision", "Event", "EventText", "Minutes", "MinutesPoint", "Registration",
    "portal_time_zone",
]  # fmt: skip
