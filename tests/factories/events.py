from datetime import timedelta

import factory
from django.utils import timezone

from events.enums import RegistrationState, State
from events.indexing import index_events
from events.models import Event, EventText, Registration
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
