"""The meetings of a group: what is to come, and what is over with what it left."""

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.urls import reverse
from django.utils import timezone

from events.enums import ItemState, MinutesState
from events.lists import Card
from events.models import AgendaItem, Event, EventText, Minutes

MOST_TO_COME = 30
A_PAGE = 20


def meetings_of(group, user):
    """Events of the group that the reader may see and that take place or took place."""
    return Event.objects.visible_to(user).listed().filter(group=group)


class Meetings:
    """Cards with their links to agenda and minutes. A constant number of queries."""

    def __init__(self, group, user, number=1):
        self.group, self.user, self.number = group, user, number
        self.now = timezone.now()

    @cached_property
    def rows(self):
        return meetings_of(self.group, self.user)

    @cached_property
    def page_obj(self):
        return Paginator(self.rows.past(self.now).only("pk"), A_PAGE).get_page(self.number)

    @cached_property
    def _found(self):
        """(cards to come, cards of this page of what is over), all of them and what hangs on them in two questions."""
        to_come = list(self.rows.upcoming(self.now).values_list("pk", flat=True)[:MOST_TO_COME])
        past = [event.pk for event in self.page_obj.object_list]
        events = Event.objects.filter(pk__in=[*to_come, *past]).with_seats().select_related("municipality").annotate(**self._marks())
        found = {event.pk: event for event in events.prefetch_related(Prefetch("texts", EventText.objects.defer("description", "vector")))}
        for event in found.values():
            event.group = self.group
        return [Card(found[pk], self.now) for pk in to_come], [Card(found[pk], self.now) for pk in past]

    def _marks(self):
        """Whether there is an agenda, and where the minutes stand that the reader may see: what is in force, else the draft."""
        minutes = Minutes.objects.visible_to(self.user).filter(event=OuterRef("pk")).exclude(state=MinutesState.REPLACED)
        return {
            "has_agenda": Exists(AgendaItem.objects.filter(event=OuterRef("pk"), state=ItemState.PLANNED)),
            "minutes_state": Subquery(minutes.order_by("version").values("state")[:1]),
        }

    def _lines(self, found):
        return [
            {
                "card": card,
                "agenda": reverse("events:agenda", args=[card.event.slug]) if card.event.has_agenda else "",
                "minutes": reverse("events:minutes", args=[card.event.slug]) if card.event.minutes_state else "",
                "is_draft": card.event.minutes_state == MinutesState.DRAFT,
            }
            for card in found
        ]

    @property
    def to_come(self):
        return self._lines(self._found[0])

    @property
    def past(self):
        return self._lines(self._found[1])

    @property
    def plan_url(self):
        """Where a meeting is planned, for those who lead an open group."""
        leads = self.user.is_authenticated and self.user.has_perm("workinggroups.change", self.group) and self.group.is_open
        return f"{reverse('events:create')}?host=group-{self.group.pk}" if leads else ""
