"""The cast of a group, beside the cast of the whole suite."""

import pytest

from tests.conftest import of
from tests.factories import GroupMembershipFactory, UserFactory, WorkingGroupFactory


@pytest.fixture
def group(organisation):
    """A published group that is open to join."""
    return WorkingGroupFactory(organisation=organisation, slug="the-group", text__name="Outdoor lighting")


@pytest.fixture
def take_in():
    """Returns a function that makes somebody a member of a group in a role."""

    def enter(group, role="member", **fields):
        user = fields.pop("user", None) or UserFactory(name=fields.pop("name", role.replace("_", "-").capitalize()))
        return GroupMembershipFactory(group=group, role=role, user=user, **fields)

    return enter


@pytest.fixture
def chair(group, take_in, organisation):
    return take_in(group, "chair", user=of(organisation, "member", name="Chair")).user


@pytest.fixture
def co_chair(group, take_in):
    return take_in(group, "co_chair", name="Co-chair").user


@pytest.fixture
def member(group, take_in):
    return take_in(group, name="Member").user


@pytest.fixture
def observer(group, take_in):
    return take_in(group, "observer", name="Observer").user
