"""The cast of a group, beside the cast of the whole suite."""

import uuid

import pytest
from django.core.files.base import ContentFile

from tests.conftest import of
from tests.factories import GroupMembershipFactory, UserFactory, WorkingGroupFactory
from workinggroups import actions


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


@pytest.fixture
def media(settings, tmp_path):
    """Files of a test lie in a folder of its own."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def add_file(media):
    """Returns a function that adds a file to a group by the verb; `content` is that of a text."""

    def add(group, by, content=b"2024;3,5\n", name="measurements.csv", **fields):
        fields = {"key": uuid.uuid4(), "language": "en", **fields}
        return actions.add_file(group, ContentFile(content, name=name), by=by, **fields)

    return add


@pytest.fixture
def add_version():
    """Returns a function that adds a version to a file by the verb."""

    def add(resource, by, content=b"2025;4,5\n", name="measurements.csv", **fields):
        return actions.add_version(resource, ContentFile(content, name=name), by=by, key=fields.pop("key", None) or uuid.uuid4(), **fields)

    return add
