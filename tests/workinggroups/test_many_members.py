"""Ten thousand members in one group: its pages ask what they always ask, and an announcement reaches everybody in sets."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import User
from notifications.access import A_STATEMENT
from notifications.fanout import A_CHUNK, tell
from notifications.models import Delivery, Notification, OutboxEntry
from workinggroups import actions
from workinggroups.models import GroupMembership, WorkingGroup
from workinggroups.shown import A_PAGE

pytestmark = pytest.mark.django_db
MANY = 10_000
#: Of one chunk of readers: who they are, who moderates, what they chose, what is written, and, fifty readers at a time, who may read it.
QUERIES_A_CHUNK = 8 + A_CHUNK // A_STATEMENT


@pytest.fixture
def many(group):
    """Its members; every fourth hears in the digest, every fourth not at all."""
    users = User.objects.bulk_create(User(email=f"m{number}@many.example.org", name=f"M {number}") for number in range(MANY))
    news = ("at_once", "at_once", "digest", "mute")
    rows = (GroupMembership(group=group, user=user, news=news[number % 4]) for number, user in enumerate(users))
    return GroupMembership.objects.bulk_create(rows)


def counted(call):
    with CaptureQueriesContext(connection) as seen:
        answer = call()
    return answer, len(seen)


@pytest.mark.parametrize("path", ["", "members/", "members/?page=2", "members/?page=9999", "resources/"])
def test_pages_of_a_large_group_ask_what_those_of_a_small_one_ask(client, group, chair, count_queries, path, request):
    client.force_login(chair)
    address = group.get_absolute_url() + path
    count_queries(address)
    small = count_queries(address)
    request.getfixturevalue("many")
    assert count_queries(address) <= small + 1  # one more: there is a page of members to read about


def test_the_last_page_is_the_rest(client, group, chair, many):
    client.force_login(chair)
    lines = client.get(f"{group.get_absolute_url()}members/?page=9999").context["lines"]
    assert (lines.paginator.count, lines.number, len(lines.object_list)) == (MANY + 1, -(-(MANY + 1) // A_PAGE), (MANY + 1) % A_PAGE)


@pytest.mark.parametrize("visibility", ["public", "private"])
def test_an_announcement_reaches_everybody_in_sets(group, chair, many, visibility):
    WorkingGroup.objects.update(visibility=visibility, joining="invitation")
    said = {"key": uuid.uuid4(), "subject": "The tender text is out", "text": "Read it before Friday."}
    _made, to_announce = counted(lambda: actions.announce(group, by=chair, **said))
    entries = list(OutboxEntry.objects.order_by("pk"))
    _told, to_tell = counted(lambda: [tell(entry.pk, now=timezone.now()) for entry in entries])
    chunks = sum(-(-len(entry.receivers) // A_CHUNK) for entry in entries)
    assert (Notification.objects.count(), Delivery.objects.count()) == (MANY * 3 // 4, MANY // 2)
    assert to_announce <= 20
    assert to_tell <= chunks * QUERIES_A_CHUNK + 10 * len(entries)
