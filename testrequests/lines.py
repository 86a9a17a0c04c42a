"""A request at a lab as one line of a list or one card of a board, for one reader."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from testrequests.badges import overdue_badge, state_badge
from testrequests.models import Application
from testrequests.next_step import is_turn_of, step, waited_for, whose_turn
from testrequests.rules import sides_of


@dataclass(frozen=True)
class Line:
    row: Application
    is_mine: bool
    today: date

    @property
    def url(self):
        return self.row.get_absolute_url()

    @property
    def badge(self):
        return state_badge(self.row.state)

    @property
    def overdue(self):
        return overdue_badge(_("Overdue")) if self.row.is_overdue_at(self.today) else ""

    @property
    def due_on(self):
        """Until when somebody must act; a day that is only waited for stands in the words."""
        return self.row.due_on if self.row.turn and self.row.is_open else None

    @property
    def turn(self):
        """Who must act now and what on."""
        if self.row.turn:
            who = _("You") if self.is_mine else whose_turn(self.row)
            return _("%(who)s: %(step)s") % {"who": who, "step": step(self.row)}
        return waited_for(self.row) or _("Nothing is left to do.")


def lines(rows, user, today):
    return [Line(row, is_turn_of(row, sides_of(user, row)), today) for row in rows]
