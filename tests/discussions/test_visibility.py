"""Who sees a discussion and its posts: the querysets, the group's rule and every door say the same (TC-14)."""

import pytest

from common.publishing import State
from conversations import actions as conversations
from conversations.models import Post, Thread
from tests.factories import ThreadFactory
from workinggroups.enums import GroupVisibility
from workinggroups.models import WorkingGroup
from workinggroups.rules import can_see_group

pytestmark = pytest.mark.django_db

EVERYTHING = [(state, visibility) for state in State for visibility in GroupVisibility]


@pytest.fixture
def readers(nobody, stranger, colleague, editor, owner, moderator, suspended, anna, chair, observer):
    return [nobody, stranger, colleague, editor, owner, moderator, suspended, anna, chair, observer]


def put(group, state, visibility):
    joining = "invitation" if visibility == GroupVisibility.PRIVATE else "open"
    WorkingGroup.objects.filter(pk=group.pk).update(state=state, visibility=visibility, joining=joining)
    group.refresh_from_db()


@pytest.mark.parametrize(("state", "visibility"), EVERYTHING)
def test_tc14_a_discussion_is_seen_by_members_of_the_portal_who_see_its_group(group, thread, readers, state, visibility):
    put(group, state, visibility)
    for user in readers:
        wanted = bool(getattr(user, "may_act", False)) and can_see_group(user, group)
        assert Thread.objects.visible_to(user).exists() == wanted, user
        assert Post.objects.visible_to(user).exists() == wanted, user
        if WorkingGroup.objects.visible_to(user).filter(pk=group.pk).exists():
            assert Thread.objects.visible_on(group, user).exists() == wanted, user


@pytest.mark.parametrize(("state", "visibility"), EVERYTHING)
def test_tc14_its_addresses_say_the_same(client, group, topic, url, readers, state, visibility):
    put(group, state, visibility)
    for user in readers:
        client.logout()
        if user.is_authenticated:
            client.force_login(user)
        seen = Thread.objects.visible_to(user).exists()
        wanted = 200 if seen else 302 if not user.is_authenticated else 404 if user.may_act else 403
        assert [client.get(address).status_code for address in (topic, url)] == [wanted, wanted], user


def test_what_was_taken_away_is_seen_by_moderators_only(group, thread, chair, anna, moderator, stranger):
    conversations.remove_thread(thread, by=chair)
    other = ThreadFactory(target=group)
    for user, seen in ((anna, [other]), (chair, [other]), (stranger, [other]), (moderator, [other, thread])):
        assert set(Thread.objects.visible_to(user)) == set(Thread.objects.visible_on(group, user)) == set(seen)
