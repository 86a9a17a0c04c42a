"""The verbs of bookings and visits."""

from bookings.actions.holding import block, free_periods, hold, move, release

__all__ = ["block", "free_periods", "hold", "move", "release"]
