import pytest
from django.contrib.contenttypes.models import ContentType

from conversations.models import Post, Thread
from digests.composing import SHARED
from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What is shared by the chunks of a run is forgotten: every test's runs begin at the same number."""
    SHARED.of(object())


@pytest.fixture
def write_in():
    """Returns a function that writes so many posts of somebody in a new discussion of a group, a minute apart."""

    def write(group, number, at, author=None):
        author = author or UserFactory()
        kind = ContentType.objects.get_for_model(group)
        thread = Thread.objects.create(
            target_type=kind, target_id=group.pk, title="Which lamps?", language="en", started_by=author, created_at=at, last_post_at=at,
            post_count=number,
        )  # fmt: skip
        Post.objects.bulk_create(
            Post(thread=thread, number=n + 1, author=author, text=f"Post {n}", language="en", created_at=at) for n in range(number)
        )
        return thread

    return write
