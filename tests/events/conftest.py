import pytest

from tests.factories import GroupMembershipFactory, UserFactory, WorkingGroupFactory


@pytest.fixture
def group(db):
    """A public working group; `chair` leads it, `group_member` belongs to it."""
    return WorkingGroupFactory()


@pytest.fixture
def chair(group):
    return GroupMembershipFactory(group=group, role="chair", user__name="Chair").user


@pytest.fixture
def group_member(group):
    return GroupMembershipFactory(group=group, user__name="Group member").user


@pytest.fixture
def portal_editor(db):
    """An editor of the portal, who is no moderator."""
    from django.contrib.auth.models import Permission

    user = UserFactory(name="Portal editor")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user
