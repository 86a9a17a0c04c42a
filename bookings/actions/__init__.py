"""The verbs of bookings and visits."""

from bookings.actions.calendar import give_up_key, new_key
from bookings.actions.capacity import make_room
from bookings.actions.closing import decline_all, forget_guest, lapse, remind
from bookings.actions.holding import block, free_periods, hold, move, release
from bookings.actions.visits import accept, ask_for_visit, cancel, change_date, confirm, decline, propose, thank, withdraw

__all__ = [
    "accept", "ask_for_visit", "block", "cancel", "change_date", "confirm", "decline", "decline_all", "forget_guest", "free_periods",
    "give_up_key", "hold", "lapse", "make_room", "move", "new_key", "propose", "release", "remind", "thank", "withdraw",
]  # fmt: skip
