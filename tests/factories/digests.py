"""Readers of the digest, and what editors write to them."""

from datetime import date

import factory

from digests.enums import IssueState
from digests.models import Issue, Subscription
from tests.factories.members import UserFactory


class SubscriptionFactory(factory.django.DjangoModelFactory):
    """A member who has chosen a digest on Mondays at seven, long ago."""

    class Meta:
        model = Subscription

    user = factory.SubFactory(UserFactory)
    since = factory.LazyAttribute(lambda row: row.started_at)
    started_at = "2026-01-01T00:00Z"


class IssueFactory(factory.django.DjangoModelFactory):
    """A ready issue for everybody: `IssueFactory(week=…, intro={"en": "<p>…</p>"}, pins=[project, event], to_themes=[…])`."""

    class Meta:
        model = Issue
        skip_postgeneration_save = True

    week = date(2026, 11, 23)
    state = IssueState.READY

    @factory.post_generation
    def pins(self, create, wanted, **_kwargs):
        words = {"livinglab": "lab", "workinggroup": "group", "testreport": "report", "articlepage": "article"}
        self.pinned = [(words.get(one._meta.model_name, one._meta.model_name), one) for one in wanted or []]
        self.save()

    @factory.post_generation
    def to_themes(self, create, wanted, **_kwargs):
        self.themes.set(wanted or [])

    @factory.post_generation
    def to_municipalities(self, create, wanted, **_kwargs):
        self.municipalities.set(wanted or [])

    @factory.post_generation
    def to_regions(self, create, wanted, **_kwargs):
        self.regions.set(wanted or [])
