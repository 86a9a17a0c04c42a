"""A group that talks: who reads, who writes, who leads."""

import pytest

from tests.conftest import of
from tests.factories import GroupMembershipFactory, ThreadFactory, UserFactory, WorkingGroupFactory


@pytest.fixture
def group(organisation):
    return WorkingGroupFactory(organisation=organisation, slug="the-group", text__name="Outdoor lighting")


def take_in(group, role, name):
    return GroupMembershipFactory(group=group, role=role, user=UserFactory(name=name)).user


@pytest.fixture
def chair(group, organisation):
    return GroupMembershipFactory(group=group, role="chair", user=of(organisation, "member", name="Chair")).user


@pytest.fixture
def anna(group):
    """A member who began the discussion."""
    return take_in(group, "member", "Anna")


@pytest.fixture
def bo(group):
    return take_in(group, "member", "Bo")


@pytest.fixture
def observer(group):
    return take_in(group, "observer", "Observer")


@pytest.fixture
def thread(group, anna):
    """A discussion that Anna began, with one post."""
    return ThreadFactory(target=group, started_by=anna, title="Which mounting height?")


@pytest.fixture
def url(group):
    return "/en/working-groups/the-group/discussions/"


@pytest.fixture
def topic(url, thread):
    return f"{url}{thread.pk}/"
