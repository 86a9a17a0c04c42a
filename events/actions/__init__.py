"""The verbs of events and of taking part in them."""

from events.actions.calendar import give_up_key, new_key
from events.actions.material import add_material
from events.actions.registering import cancel_registration, fill_all, note_attendance, register
from events.actions.reminding import remind
from events.actions.states import cancel, delete, hide, publish
from events.actions.writing import create_event, duplicate_event, update_event

__all__ = [
    "add_material", "cancel", "cancel_registration", "create_event", "delete", "duplicate_event", "fill_all", "give_up_key", "hide",
    "new_key",
    "note_attendance", "publish", "register", "remind", "update_event",
]  # fmt: skip
