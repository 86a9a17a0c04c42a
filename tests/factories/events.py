from datetime import timedelta

import factory
from django.utils import timezone

from events.enums import ItemState, MinutesState, RegistrationState, State
from events.indexing import index_events
from events.models import ActionPoint, AgendaItem, Decision, Event, EventText, Minutes, Registration
from tests.factories.members import UserFactory
from tests.factories.organisations import OrganisationFactory


class EventFactory(factory.django.DjangoModelFactory):
    """A published meeting of an organisation in a week, for everybody; `text__title="…"` names it."""

    class Meta:
        model = Event
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence("event-{}".format)
    state = State.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)
    time_zone = "Europe/Copenhagen"
    starts_at = factory.LazyFunction(lambda: (timezone.now() + timedelta(days=7)).replace(minute=0, second=0, microsecond=0))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=2))
    place = "Town hall"

    class Params:
        of_portal = factory.Trait(organisation=None)
        past = factory.Trait(starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=3)))

    @factory.post_generation
    def text(self, create, _value, **fields):
        EventTextFactory(event=self, **{"is_original": True, **fields})

    @factory.post_generation
    def themes(self, create, wanted, **_kwargs):
        self.themes.set(wanted or [])

    @factory.post_generation
    def index(self, create, _value, **_kwargs):
        index_events([self.pk])


class EventTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EventText

    event = factory.SubFactory(EventFactory)
    language = "en"
    title = factory.Sequence("Meeting no. {}".format)


class RegistrationFactory(factory.django.DjangoModelFactory):
    """A member with a seat; `waiting=True` makes it one who waits."""

    class Meta:
        model = Registration

    event = factory.SubFactory(EventFactory)
    user = factory.SubFactory(UserFactory)
    state = RegistrationState.REGISTERED
    number = factory.Sequence(lambda number: number + 1)

    class Params:
        waiting = factory.Trait(state=RegistrationState.WAITING)


class AgendaItemFactory(factory.django.DjangoModelFactory):
    """An item on the agenda; `proposed=True` makes it one that a member proposes."""

    class Meta:
        model = AgendaItem

    event = factory.SubFactory(EventFactory)
    title = factory.Sequence("Item no. {}".format)
    position = factory.Sequence(lambda number: number)

    class Params:
        proposed = factory.Trait(state=ItemState.PROPOSED, proposed_by=factory.SubFactory(UserFactory))


class MinutesFactory(factory.django.DjangoModelFactory):
    """Approved minutes of a meeting that is over; `draft=True` makes it a draft."""

    class Meta:
        model = Minutes

    event = factory.SubFactory(EventFactory, past=True)
    language = "en"
    state = MinutesState.APPROVED
    approved_at = factory.LazyFunction(timezone.now)

    class Params:
        draft = factory.Trait(state=MinutesState.DRAFT, approved_at=None)


class DecisionFactory(factory.django.DjangoModelFactory):
    """A decision in force, in the log of the host of its event."""

    class Meta:
        model = Decision

    minutes = factory.SubFactory(MinutesFactory)
    text = factory.Sequence("We decide no. {}".format)
    language = "en"
    group = factory.LazyAttribute(lambda decision: decision.minutes.event.group)
    organisation = factory.LazyAttribute(lambda decision: decision.minutes.event.organisation)
    decided_on = factory.LazyAttribute(lambda decision: decision.minutes.event.starts.date())
    year = factory.LazyAttribute(lambda decision: decision.decided_on.year)
    number = factory.Sequence(lambda number: number + 1_000)
    is_in_force = True


class ActionPointFactory(factory.django.DjangoModelFactory):
    """Something to be done, by nobody yet and without a date."""

    class Meta:
        model = ActionPoint

    event = factory.SubFactory(EventFactory, past=True)
    text = factory.Sequence("Do no. {}".format)
