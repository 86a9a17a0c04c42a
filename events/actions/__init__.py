"""The verbs of events, of taking part in them, and of what a meeting leaves."""

from events.actions.agenda import (
    accept_item,
    add_item,
    add_item_material,
    change_item,
    decline_item,
    move_item,
    name_minute_taker,
    propose_item,
    remove_item,
    remove_item_material,
)
from events.actions.calendar import give_up_key, new_key
from events.actions.following import assign_action, finish_action, remind_owners, reopen_action
from events.actions.material import add_material
from events.actions.minutes import approve_minutes, correct_minutes, discard_minutes, save_minutes, start_minutes
from events.actions.registering import cancel_registration, fill_all, note_attendance, register
from events.actions.reminding import remind
from events.actions.states import cancel, delete, hide, publish
from events.actions.writing import create_event, duplicate_event, update_event

__all__ = [
    "accept_item", "add_item", "add_item_material", "add_material", "approve_minutes", "assign_action", "cancel", "cancel_registration",
    "change_item", "correct_minutes", "create_event", "decline_item", "delete", "discard_minutes", "duplicate_event", "fill_all",
    "finish_action", "give_up_key", "hide", "move_item", "name_minute_taker", "new_key", "note_attendance", "propose_item", "publish",
    "register", "remind", "remind_owners", "remove_item", "remove_item_material", "reopen_action", "save_minutes", "start_minutes",
    "update_event",
]  # fmt: skip
