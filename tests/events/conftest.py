import pytest

from events import actions
from tests.factories import (
    AgendaItemFactory,
    EventFactory,
    GroupMembershipFactory,
    RegistrationFactory,
    UserFactory,
    WorkingGroupFactory,
)
from tests.support.minutes import write


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


@pytest.fixture
def meeting(group, chair):
    """A meeting of the group that is over, with two items on its agenda; `group_member` was there."""
    event = EventFactory(organisation=None, group=group, past=True, slug="the-meeting", text__title="Nine winters")
    for number, title in enumerate(("The numbers", "One method")):
        AgendaItemFactory(event=event, title=title, position=number)
    return event


@pytest.fixture
def draft(meeting, chair, group_member):
    """Minutes that are begun: who was there, and nothing said yet."""
    RegistrationFactory(event=meeting, user=group_member)
    return actions.start_minutes(meeting, by=chair)


@pytest.fixture
def written(draft, chair):
    """A draft with a point, a decision and an action point of `chair`."""
    return write(draft, by=chair)


@pytest.fixture
def approved(written, chair):
    return actions.approve_minutes(written, by=chair, revision=written.revision)
