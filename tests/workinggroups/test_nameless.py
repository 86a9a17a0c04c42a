"""Whoever has told no name is a member to the others: an address is shown to nobody."""

import uuid

import pytest

from tests.factories import UserFactory
from workinggroups import actions
from workinggroups.models import GroupRequest

pytestmark = pytest.mark.django_db
ADDRESS = "nobody.knows@example.org"


@pytest.fixture
def nameless():
    return UserFactory(name="", email=ADDRESS)


def test_announcements_show_no_address(client, group, chair, member, nameless):
    group.memberships.filter(user=chair).update(user=nameless)
    actions.announce(group, by=nameless, key=uuid.uuid4(), subject="Tomorrow", text="At ten.")
    client.force_login(member)
    page = client.get(f"/en/working-groups/{group.slug}/announcements/").content.decode()
    assert ("Tomorrow" in page, ADDRESS in page) == (True, False)


def test_requests_show_no_address_to_the_chair(client, group, chair, nameless):
    GroupRequest.objects.create(group=group, user=nameless, note="Let me in")
    client.force_login(chair)
    pages = [
        client.get(path).content.decode() for path in (f"/en/working-groups/{group.slug}/members/", "/en/working-groups/mine/", "/en/desk/")
    ]
    assert ["asks to join" in page or "Let me in" in page for page in pages] == [True, True, True]
    assert [ADDRESS in page for page in pages] == [False, False, False]
