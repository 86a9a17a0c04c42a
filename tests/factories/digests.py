"""Readers of the digest."""

import factory

from digests.models import Subscription
from tests.factories.members import UserFactory


class SubscriptionFactory(factory.django.DjangoModelFactory):
    """A member who has chosen a digest on Mondays at seven, long ago."""

    class Meta:
        model = Subscription

    user = factory.SubFactory(UserFactory)
    since = factory.LazyAttribute(lambda row: row.started_at)
    started_at = "2026-01-01T00:00Z"
