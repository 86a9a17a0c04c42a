import factory
from django.utils import timezone

from conversations.enums import QuestionState
from conversations.models import Question
from tests.factories.members import UserFactory


class QuestionFactory(factory.django.DjangoModelFactory):
    """A published question by a member; `target` is the noun it is about. `visitor=True` makes it a visitor's."""

    class Meta:
        model = Question

    asked_by = factory.SubFactory(UserFactory)
    text = factory.Sequence("What did lamp {} cost?".format)
    language = "en"
    state = QuestionState.PUBLISHED
    created_at = factory.LazyFunction(timezone.now)
    waiting_since = factory.LazyFunction(timezone.now)

    class Params:
        visitor = factory.Trait(asked_by=None, name="Vera Visitor", email="vera@example.org")
