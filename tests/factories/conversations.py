import factory
from django.utils import timezone

from conversations.enums import QuestionState
from conversations.models import Post, Question, Thread
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


class ThreadFactory(factory.django.DjangoModelFactory):
    """A discussion on `target` with `posts` posts, the first by who began it, the others by somebody else."""

    class Meta:
        model = Thread
        skip_postgeneration_save = True

    started_by = factory.SubFactory(UserFactory)
    title = factory.Sequence("Which mounting height, pole {}?".format)
    language = "en"

    @factory.post_generation
    def posts(self, create, number, author=None):
        number = 1 if number is None else number
        other = author or (UserFactory(name="Other") if number > 1 else None)
        rows = [
            Post(thread=self, number=place, author=self.started_by if place == 1 else other, text=f"Words of post {place}.", language="en")
            for place in range(1, number + 1)
        ]
        Post.objects.bulk_create(rows, batch_size=1_000)
        self.post_count = number
        self.save(update_fields=["post_count"])
