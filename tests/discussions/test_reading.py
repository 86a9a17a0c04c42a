"""Discussions as they are read: the list, the first unread post, pages of thirty, and that reading changes nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conversations import actions as conversations
from conversations.models import Post, ReadMarker
from tests.factories import ThreadFactory

pytestmark = pytest.mark.django_db


def test_the_list_shows_what_is_unread(client, group, bo, url):
    thread = ThreadFactory(target=group, posts=40, title="Radar on old poles")
    conversations.mark_read(thread, bo, 37)
    client.force_login(bo)
    page = client.get(url)
    assert (page.status_code, page.context["found"].page.object_list[0].read_to) == (200, 37)
    assert "(3 unread posts)" in page.content.decode()


@pytest.mark.parametrize(("read", "page", "opens_at"), [(0, 1, 1), (29, 1, 30), (30, 2, 31), (64, 3, 65), (65, 3, 65)])
def test_a_discussion_opens_at_the_first_unread_post(client, group, bo, url, read, page, opens_at):
    thread = ThreadFactory(target=group, posts=65)
    conversations.mark_read(thread, bo, read)
    client.force_login(bo)
    shown = client.get(f"{url}{thread.pk}/").context["topic"]
    assert (shown.page_obj.number, shown.opens_at, len(shown.posts)) == (page, opens_at, 5 if page == 3 else 30)
