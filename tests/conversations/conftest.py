"""A noun to talk about, and those who talk."""

import pytest

from tests.factories import GroupMembershipFactory, ThreadFactory, UserFactory, WorkingGroupFactory


@pytest.fixture
def group(organisation):
    return WorkingGroupFactory(organisation=organisation, slug="the-group", text__name="Outdoor lighting")


@pytest.fixture
def anna(group):
    return GroupMembershipFactory(group=group, user=UserFactory(name="Anna")).user


@pytest.fixture
def bo(group):
    return GroupMembershipFactory(group=group, user=UserFactory(name="Bo")).user


@pytest.fixture
def thread(group, anna):
    """A discussion that Anna began, with one post."""
    return ThreadFactory(target=group, started_by=anna, title="Which mounting height?")
