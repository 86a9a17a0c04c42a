from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from conversations.models import Post, Thread
from digests.composing import SHARED
from notifications.models import Run
from tests.factories import DeliveryFactory, UserFactory


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


@pytest.fixture
def make_run():
    """Returns a function that makes a run with deliveries in these states; what is over was so when the run was a minute old."""

    def made(*states, age=timedelta(minutes=5)):
        at = timezone.now() - age
        run = Run.objects.create(list="digest", slot=at, planned=len(states), planned_at=at)
        for state in states:
            over = None if state in ("pending", "claimed", "sending") else at + timedelta(minutes=1)
            DeliveryFactory(
                run=run,
                list="digest",
                entry=None,
                state=state,
                since=at - timedelta(days=7),
                until=at,
                period=str(run.pk),
                finished_at=over,
            )
        return run

    return made
