"""A lab's requests by state: columns on a wide screen, one list after the other on a narrow one."""

from functools import cached_property

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from testrequests.enums import CLOSED, OPEN, State
from testrequests.filters import for_lines
from testrequests.lines import lines
from testrequests.models import Application

A_COLUMN = 20


class Board:
    """One lab for one who answers for it; with `closed` also what is over. The number of queries does not grow with the rows."""

    def __init__(self, lab, user, closed=False):
        self.lab, self.user, self.closed, self.today = lab, user, closed, timezone.localdate()

    @property
    def states(self):
        return [*OPEN, *(CLOSED if self.closed else ())]

    @property
    def trail(self):
        return [(_("Home"), f"/{get_language()}/"), (_("Test requests"), reverse("testrequests:list"))]

    @cached_property
    def numbers(self):
        return dict(self._rows.order_by().values_list("state").annotate(number=Count("pk")))

    @property
    def _rows(self):
        return Application.objects.filter(lab=self.lab).listed()

    @cached_property
    def columns(self):
        """[{state, label, number, lines, more}]: the liveliest of each, with the address of all."""
        first = [self._rows.filter(state=state).order_by("-last_activity_at", "-pk").values_list("pk", flat=True)[:A_COLUMN]
                 for state in self.states]  # fmt: skip
        keys = list(first[0].union(*first[1:], all=True))
        rows = for_lines(Application.objects.filter(pk__in=keys)).order_by("-last_activity_at", "-pk")
        by_state = {}
        for line in lines(rows, self.user, self.today):
            by_state.setdefault(line.row.state, []).append(line)
        return [self._column(State(state), by_state.get(state, [])) for state in self.states]

    def _column(self, state, shown):
        number = self.numbers.get(state, 0)
        more = f"{reverse('testrequests:list')}?lab={self.lab.slug}&state={state.value}" if number > len(shown) else ""
        return {"state": state.value, "label": state.label, "number": number, "lines": shown, "more": more}

    @property
    def closed_number(self):
        return sum(self.numbers.get(state, 0) for state in CLOSED)

    @cached_property
    def overdue(self):
        return self._rows.overdue(self.today).count()

    @property
    def links(self):
        return [
            {"label": pgettext("test requests", "Open"), "url": "?", "icon": "grid", "current": not self.closed},
            {"label": _("With what is closed"), "url": "?all=1", "icon": "list", "current": self.closed},
        ]
