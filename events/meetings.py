"""The meetings of a group: what is to come, and what is over with what it left."""

from functools import cached_property

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone

from events.enums import ItemState, MinutesState
from events.lists import cards
from events.models import AgendaItem, Event, Minutes

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
    def _cards(self):
        """(cards to come, cards of this page of what is over), all of them read together."""
        to_come = list(self.rows.upcoming(self.now).values_list("pk", flat=True)[:MOST_TO_COME])
        past = [event.pk for event in self.page_obj.object_list]
        found = {card.event.pk: card for card in cards(Event.objects.filter(pk__in=[*to_come, *past]), self.now)}
        return [found[pk] for pk in to_come], [found[pk] for pk in past]

    @cached_property
    def _marks(self):
        """(events with an agenda, {event: state of its minutes})"""
        ids = [card.event.pk for part in self._cards for card in part]
        agendas = set(AgendaItem.objects.filter(event__in=ids, state=ItemState.PLANNED).values_list("event", flat=True))
        minutes = Minutes.objects.visible_to(self.user).filter(event__in=ids).exclude(state=MinutesState.REPLACED)
        states = dict(minutes.order_by("version").values_list("event", "state"))
        return agendas, states

    def _lines(self, found):
        agendas, states = self._marks
        return [
            {
                "card": card,
                "agenda": reverse("events:agenda", args=[card.event.slug]) if card.event.pk in agendas else "",
                "minutes": reverse("events:minutes", args=[card.event.slug]) if card.event.pk in states else "",
                "is_draft": states.get(card.event.pk) == MinutesState.DRAFT,
            }
            for card in found
        ]

    @property
    def to_come(self):
        return self._lines(self._cards[0])

    @property
    def past(self):
        return self._lines(self._cards[1])

    @property
    def plan_url(self):
        """Where a meeting is planned, for those who lead an open group."""
        leads = self.user.is_authenticated and self.user.has_perm("workinggroups.change", self.group) and self.group.is_open
        return f"{reverse('events:create')}?host=group-{self.group.pk}" if leads else ""
