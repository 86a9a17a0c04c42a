"""The agenda of one event, for one reader."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.utils import timezone

from common.moments import clock
from events.enums import ItemState, State
from events.forms import ItemFileForm, ItemForm, TakerForm
from events.models import AgendaItem, Minutes
from records.files import described
from records.models import AttachmentKind


@dataclass(frozen=True)
class Line:
    """One item: its number, when its turn comes ("" where a length before it is not known), and what hangs on it."""

    item: AgendaItem
    number: int
    at: str
    material: list
    is_first: bool
    is_last: bool


class AgendaPage:
    """Items in their order with the time of each; proposals for those who may read them. A constant number of queries."""

    def __init__(self, event, user, form=None, proposal=None):
        self.event, self.user, self.text = event, user, event.text
        self._form, self._proposal = form, proposal

    @cached_property
    def items(self):
        rows = AgendaItem.objects.visible_to(self.user).filter(event=self.event)
        return list(rows.select_related("proposed_by").prefetch_related("attachments"))

    @cached_property
    def lines(self):
        planned, found, at = [item for item in self.items if item.state == ItemState.PLANNED], [], self.event.starts
        for number, item in enumerate(planned, 1):
            shown = clock(at) if at else ""
            found.append(Line(item, number, shown, _material(item), number == 1, number == len(planned)))
            at = at + timedelta(minutes=item.length) if at and item.length else None
        return found

    @property
    def length(self):
        """Minutes of all items together; None where one is not known."""
        lengths = [line.item.length for line in self.lines]
        return sum(lengths) if lengths and all(lengths) else None

    @property
    def is_too_long(self):
        return bool(self.length) and timedelta(minutes=self.length) > self.event.ends_at - self.event.starts_at

    @cached_property
    def proposals(self):
        """[(item, whether the reader made it)] that wait, and the reader's own that were answered."""
        waiting = [item for item in self.items if item.state == ItemState.PROPOSED]
        answered = [item for item in self.items if item.state == ItemState.DECLINED and item.proposed_by_id == self.user.pk]
        return [(item, item.proposed_by_id == self.user.pk) for item in (*waiting, *answered)]

    # ---- what the reader may do

    @cached_property
    def latest(self):
        """The minutes the reader may see, the newest version first."""
        return Minutes.objects.visible_to(self.user).filter(event=self.event).order_by("-version").first()

    @cached_property
    def is_open(self):
        """Whether anything can be changed: it is to take place, or is on, and nobody has begun the minutes."""
        closed = self.event.group_id and self.event.group.is_closed
        return self.event.state in (State.DRAFT, State.PUBLISHED) and not closed and not self.event.minutes.exists()

    @cached_property
    def may_change(self):
        return self.user.is_authenticated and self.user.has_perm("events.change", self.event)

    @property
    def changes(self):
        return self.may_change and self.is_open

    @property
    def proposes(self):
        """Whoever may change the agenda adds to it; the others of the host propose, until it begins."""
        allowed = self.user.is_authenticated and self.user.has_perm("events.propose", self.event)
        return allowed and not self.may_change and self.is_open and self.event.starts_at > timezone.now()

    @property
    def form(self):
        return self._form or ItemForm(prefix="item")

    @property
    def proposal_form(self):
        return self._proposal or ItemForm(prefix="proposal")

    @property
    def taker_form(self):
        return TakerForm(event=self.event)

    @property
    def file_form(self):
        return ItemFileForm(auto_id=False)


def _material(item):
    """[(title, url, words, attachment)]."""
    return [
        (str(one), one.get_absolute_url(), described(one) if one.kind == AttachmentKind.DOCUMENT else "", one)
        for one in item.attachments.all()
    ]
