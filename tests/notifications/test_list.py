"""The list behind the bell: what happened to one noun on one day is read as one."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from conversations.models import Post, Thread
from notifications import fanout
from notifications.actions import notify
from notifications.models import Notification
from tests.factories import (
    GroupMembershipFactory,
    NotificationFactory,
    OutboxEntryFactory,
    ProjectFactory,
    UserFactory,
    WorkingGroupFactory,
)
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
LIST = "/en/notifications/"


@pytest.fixture
def group(member):
    """A group the member belongs to."""
    return GroupMembershipFactory(user=member, group=WorkingGroupFactory(text__name="Light")).group


@pytest.fixture
def posts(member, group):
    """Returns a function that tells the member of so many posts in a discussion, the first in `names` writing last."""

    def tell(*names, title="Which lamps?", now=None):
        kind, now = ContentType.objects.get_for_model(group), now or timezone.now()
        thread = Thread.objects.create(target_type=kind, target_id=group.pk, title=title, language="en", last_post_at=now)
        for number, name in enumerate(reversed(names), 1):
            post = Post.objects.create(
                thread=thread, number=number, author=UserFactory(name=name), text=name, language="en", created_at=now
            )
            url = f"/working-groups/{group.slug}/discussions/{thread.pk}/posts/{number}/"
            fanout.tell(notify("discussion.posted_quietly", post, by=post.author, to=[(member, "discussion_follow")], url=url, now=now,
                               context={"title": title, "place": "Light"}).pk, now=now)  # fmt: skip
        return thread

    return tell


def read(client, address=LIST):
    """[(day, [(what it says, how many are unread)])] of the page."""
    return [(day, [(bundle.text, bundle.unread) for bundle in bundles]) for day, bundles in client.get(address).context["page"].days]


def test_posts_of_one_day_are_one(client, posts):
    now = timezone.now()
    posts("Anna", "Bo", "Ida")
    posts("Anna", "Bo", title="Poles", now=now - timedelta(days=1))
    assert read(client) == [("Today", [("3 new posts in Which lamps? (Light)", 3)]), ("Yesterday", [("2 new posts in Poles (Light)", 2)])]


def test_people_are_counted(client, member, group):
    for name in ("Ida", "Bo", "Anna"):
        entry = notify("workinggroup.joined", group, by=UserFactory(name=name), to=[(member, "chair")])
        fanout.tell(entry.pk, now=timezone.now())
    assert read(client) == [("Today", [("Anna and 2 others have joined Light.", 3)])]


def test_the_link_of_a_bundle_leads_to_the_first_unread_and_marks_what_stood_there(client, member, posts):
    thread = posts("Anna", "Bo", "Ida")
    first, second, third = Notification.objects.order_by("pk")
    client.post(f"{LIST}{first.pk}/open/")
    response = client.post(f"{LIST}{second.pk}/open-all/")  # the third came after the page was read
    assert response.url.endswith(f"/discussions/{thread.pk}/posts/2/")
    assert list(Notification.objects.filter(read_at=None)) == [third]


def test_one_a_bundle_or_all_are_marked_and_one_is_led_back(client, member, posts):
    posts("Anna", "Bo")
    posts("Anna", title="Poles")
    other = NotificationFactory(user=member)
    newest = Notification.objects.filter(entry__context__title="Which lamps?").latest("pk")
    back = client.post(f"{LIST}{newest.pk}/read-all/", {"next": f"{LIST}?unread=1"}).url
    left = Notification.objects.filter(read_at=None).count()
    client.post(f"{LIST}read/", {"kind": "discussions", "upto": other.pk})
    assert (back, left, list(Notification.objects.filter(read_at=None))) == (f"{LIST}?unread=1", 2, [other])


def test_what_came_after_the_page_was_read_is_not_marked_by_it(client, member):
    seen, later = NotificationFactory(user=member), NotificationFactory(user=member)
    client.post(f"{LIST}read/", {"upto": seen.pk})
    assert list(Notification.objects.filter(read_at=None)) == [later]


def test_it_is_narrowed_to_what_is_unread_and_to_a_kind(client, member, posts):
    posts("Anna")
    project = NotificationFactory(user=member, entry=OutboxEntryFactory(context={"title": "Lamps"}))
    page = client.get(LIST).context["page"]
    assert [link["label"] for link in page.areas] == ["Everything", "Projects", "Discussions"]
    assert [len(bundles) for _day, bundles in client.get(f"{LIST}?kind=projects").context["page"].days] == [1]
    client.post(f"{LIST}{project.pk}/read/")
    assert (len(read(client)[0][1]), len(read(client, f"{LIST}?unread=1")[0][1])) == (2, 1)
    assert read(client, f"{LIST}?unread=1&kind=projects") == []


def test_what_may_not_be_seen_is_neither_counted_nor_named(client, member, posts):
    thread = posts("Anna", "Bo", "Ida")
    Post.objects.filter(thread=thread, number=1).update(removed_at=timezone.now())
    assert read(client) == [("Today", [("2 new posts in Which lamps? (Light)", 3)])]
    Thread.objects.update(removed_at=timezone.now(), title="Canary")
    page = client.get(LIST).content.decode()
    assert ("lamps" in page, "not shown to you any more" in page) == (False, True)


def test_those_who_are_gone_are_a_member(client, member, group):
    gone = UserFactory(name="Canary")
    for person in (gone, UserFactory(name="Bo"), gone):
        fanout.tell(notify("workinggroup.joined", group, by=person, to=[(member, "chair")]).pk, now=timezone.now())
    gone.delete()
    assert read(client) == [("Today", [("A member and 2 others have joined Light.", 3)])]


def test_the_day_is_that_of_the_readers_clock(client, member, posts):
    noon = timezone.now().replace(hour=12, minute=0) - timedelta(days=3)
    posts("Anna", now=noon - timedelta(hours=2))  # in Auckland one is before midnight, the other after it
    posts("Bo", title="Poles", now=noon + timedelta(hours=2))
    here = len(read(client))
    member.time_zone = "Pacific/Auckland"
    member.save(update_fields=["time_zone"])
    assert (here, len(read(client))) == (1, 2)


def test_promise_12_the_list_costs_the_same_with_1_30_and_300(member, posts, same_queries, count_queries):
    cost = same_queries(LIST, lambda: posts("Anna"))
    posts(*["Bo"] * 270, title="Poles")
    assert (count_queries(LIST), cost <= 24) == (cost, True)


@pytest.mark.parametrize(
    "asked", ["page=-1", "page=10000000000", "kind=%00", "kind=x'&unread=2", "unread=1&unread=&kind=events&page=%F0%9F%92%A1"]
)
def test_whatever_is_asked_there_is_a_page(client, member, asked):
    NotificationFactory(user=member)
    assert client.get(f"{LIST}?{asked}").status_code == 200


@pytest.mark.parametrize("upto", ["", "-1", "x", "9" * 40, "٣", "1.5"])
def test_whatever_is_said_to_be_the_newest_no_error_comes(client, member, upto):
    project = ProjectFactory()
    NotificationFactory(user=member, entry=OutboxEntryFactory(target=project))
    assert client.post(f"{LIST}read/", {"upto": upto, "kind": "\x00", "next": "//evil.example"}).url == LIST


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_mark_at_once(client, stranger):
    one, two = NotificationFactory.create_batch(2, user=stranger)
    client.force_login(stranger)
    answers = at_once(
        *[lambda: client.post(f"{LIST}read/", {"upto": two.pk}).status_code] * 2, lambda: client.post(f"{LIST}{one.pk}/open/").status_code
    )
    assert (answers, Notification.objects.filter(read_at=None).count()) == ([302] * 3, 0)
