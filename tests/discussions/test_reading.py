"""Discussions as they are read: the list, the first unread post, pages of thirty, and that reading changes nothing."""

import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conversations import actions as conversations
from conversations.models import Post, ReadMarker, Thread, Useful
from discussions import actions
from tests.factories import ThreadFactory, UserFactory, WorkingGroupFactory

pytestmark = pytest.mark.django_db

JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def reader(client, bo):
    client.force_login(bo)
    return client


def marker_of(thread, user):
    return ReadMarker.objects.filter(thread=thread, user=user).values_list("last_number", flat=True).first()


# ---- the list


def test_the_list_shows_what_is_new_to_its_reader(reader, group, bo, url):
    thread = ThreadFactory(target=group, posts=40)
    conversations.mark_read(thread, bo, 37)
    page = reader.get(url)
    (shown,) = page.context["found"].page.object_list
    assert (shown.unread, shown.url, "3 new" in page.content.decode()) == (3, f"{url}{thread.pk}/#unread", True)


def test_pinned_ones_stand_first_then_what_was_written_in_last(reader, group, chair, bo, url):
    old, pinned, new = (ThreadFactory(target=group, title=title) for title in ("Old", "Pinned", "New"))
    actions.pin(pinned, by=chair)
    actions.write(new, by=bo, text="Words", language="en")
    ThreadFactory(target=WorkingGroupFactory(), title="Elsewhere")
    assert [row.title for row in reader.get(url).context["found"].page] == ["Pinned", "New", "Old"]
    actions.write(old, by=bo, text="Words", language="en")
    assert [row.title for row in reader.get(url).context["found"].page] == ["Pinned", "Old", "New"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("show=unanswered", ["Bats", "Poles"]), ("show=mine", ["Lamps"]), ("show=unread", ["Bats", "Poles"]), ("q=bat", ["Bats"]),
        ("q=radar", ["Lamps"]), ("q=-bats", ["Lamps", "Poles"]), ("q=secret", []), ("show=nonsense", ["Lamps", "Bats", "Poles"]),
        ("q=%00&page=999", ["Lamps", "Bats", "Poles"]), ("show=mine&q=bats", []),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(reader, group, bo, chair, url, query, titles):
    poles, _bats, lamps = (ThreadFactory(target=group, title=title) for title in ("Poles", "Bats", "Lamps"))
    actions.write(lamps, by=bo, text="The **radar** looks over the cyclists.", language="en")
    secret = conversations.write_post(poles, by=chair, text="Secret", language="en")
    conversations.remove_post(secret, by=chair)
    Thread.objects.filter(pk=poles.pk).update(post_count=1, last_post_at=poles.created_at)
    assert [row.title for row in reader.get(f"{url}?{query}").context["found"].page] == titles


def test_what_was_taken_away_is_listed_for_nobody(client, group, thread, chair, moderator, url):
    actions.remove_thread(thread, by=chair, reason="Advertising")
    for user, status in ((chair, 404), (moderator, 200)):
        client.force_login(user)
        assert list(client.get(url).context["found"].page) == []
        assert client.get(f"{url}{thread.pk}/").status_code == status


# ---- one discussion


@pytest.mark.parametrize(("read", "page", "opens_at"), [(0, 1, 1), (29, 1, 30), (30, 2, 31), (64, 3, 65), (65, 3, 65)])
def test_a_discussion_opens_at_the_first_unread_post(reader, group, bo, url, read, page, opens_at):
    thread = ThreadFactory(target=group, posts=65)
    conversations.mark_read(thread, bo, read)
    shown = reader.get(f"{url}{thread.pk}/").context["topic"]
    assert (shown.page_obj.number, shown.opens_at, len(shown.posts)) == (page, opens_at, 5 if page == 3 else 30)


def test_what_is_new_stands_behind_a_line(reader, group, bo, url):
    thread = ThreadFactory(target=group, posts=5)
    conversations.mark_read(thread, bo, 3)
    content = reader.get(f"{url}{thread.pk}/").content.decode()
    assert re.findall(r'id="(post-\d|unread)"', content) == ["post-1", "post-2", "post-3", "unread", "post-4", "post-5"]
    assert content.count("data-unread>") == 2


@pytest.mark.parametrize(("asked", "page"), [("1", 1), ("2", 2), ("99", 3), ("0", 3), ("-1", 3), ("x", 1), ("1" * 400, 3), ("", 1)])
def test_any_page_that_is_asked_for_is_a_page(reader, group, url, asked, page):
    thread = ThreadFactory(target=group, posts=65)
    assert reader.get(f"{url}{thread.pk}/?page={asked}").context["topic"].page_obj.number == page


def test_a_post_has_a_lasting_address(reader, group, url):
    thread = ThreadFactory(target=group, posts=65)
    assert reader.get(f"{url}{thread.pk}/61/").url == f"{url}{thread.pk}/?page=3#post-61"
    assert [reader.get(f"{url}{thread.pk}/{number}/").status_code for number in (66, 0, 10**30)] == [404, 404, 404]


def test_a_post_that_was_taken_away_keeps_its_place_without_its_words(client, thread, topic, bo, chair, moderator):
    actions.remove(actions.write(thread, by=bo, text="An address: Elm Street", language="en"), by=chair, reason="Private")
    for user in (bo, moderator):
        client.force_login(user)
        page = client.get(topic)
        assert [post.number for post in page.context["topic"].posts] == [1, 2]
        assert ("Elm Street" in page.content.decode(), "was taken away" in page.content.decode()) == (user == moderator, True)


def test_who_reads_a_discussion(client, group, thread, topic, url, anyone):
    if anyone.is_authenticated:
        client.force_login(anyone)
    statuses = [client.get(address).status_code for address in (url, topic, f"{topic}1/")]
    wanted = {"nobody": [302] * 3, "suspended": [403] * 3}.get(anyone.part, [200, 200, 302])
    assert statuses == wanted
    group.visibility, group.joining = "private", "invitation"
    group.save()
    private = {"moderator": [200, 200, 302]}.get(anyone.part, wanted if wanted[0] != 200 else [404] * 3)
    assert [client.get(address).status_code for address in (url, topic, f"{topic}1/")] == private


def test_visitors_read_how_many_discussions_there_are_and_no_more(client, group, thread):
    content = client.get(group.get_absolute_url()).content.decode()
    assert re.search(r'discussions/">Discussions <span class="num">1<', content)
    assert "Which mounting height" not in content


def test_a_discussion_of_another_group_is_not_found_here(reader, url):
    elsewhere = ThreadFactory(target=WorkingGroupFactory())
    assert reader.get(f"{url}{elsewhere.pk}/").status_code == 404


def test_messages_of_a_group_are_no_discussion(reader, group, bo, url):
    messages = conversations.messages_of(group, by=bo, language="en")
    assert (reader.get(f"{url}{messages.pk}/").status_code, list(reader.get(url).context["found"].page)) == (404, [])


# ---- what was read


def test_opening_a_page_changes_nothing(reader, group, bo, url):
    thread = ThreadFactory(target=group, posts=65)
    with CaptureQueriesContext(connection) as seen:
        (
            reader.get(url),
            reader.get(f"{url}{thread.pk}/"),
            reader.get(f"{url}{thread.pk}/61/", follow=True),
            reader.head(f"{url}{thread.pk}/"),
        )
    assert [one["sql"] for one in seen if not one["sql"].startswith(("SELECT", "(SELECT"))] == []
    assert ReadMarker.objects.count() == 0


@pytest.mark.parametrize(
    ("upto", "marker"), [("12", 12), ("999", 40), ("0", None), ("-1", None), ("x", None), ("", None), ("9" * 300, None)]
)
def test_a_script_says_how_far_one_has_read(reader, group, bo, url, upto, marker):
    thread = ThreadFactory(target=group, posts=40)
    answer = reader.post(f"{url}{thread.pk}/read/", {"upto": upto}, **JSON)
    assert (answer.status_code, answer.content, marker_of(thread, bo)) == (204, b"", marker)


def test_without_a_script_a_button_reads_on(reader, group, bo, url):
    thread = ThreadFactory(target=group, posts=40)
    assert reader.post(f"{url}{thread.pk}/read/", {"upto": "30"}).url == f"{url}{thread.pk}/#unread"
    assert reader.get(f"{url}{thread.pk}/").context["topic"].opens_at == 31
    assert (reader.post(f"{url}{thread.pk}/read/", {"upto": "40"}).url, marker_of(thread, bo)) == (url, 40)


def test_reading_is_said_by_post_only(reader, topic, url):
    assert [reader.get(address).status_code for address in (f"{topic}read/", f"{url}read/")] == [405, 405]


def test_everything_is_marked_as_read(reader, group, bo, url):
    threads = [ThreadFactory(target=group, posts=3) for _ in range(2)]
    elsewhere = ThreadFactory(target=WorkingGroupFactory())
    assert reader.post(f"{url}read/").url == url
    assert [marker_of(thread, bo) for thread in (*threads, elsewhere)] == [3, 3, None]


def test_writing_leaves_unread_what_came_in_between(reader, thread, topic, bo, chair):
    form = {"text": "Six metres.", "language": "en", "seen": "1"}
    actions.write(thread, by=chair, text="Quicker.", language="en")
    answer = reader.post(f"{topic}write/", {**form, "key": "f2b0a8b2-6e0c-4d5e-9d4f-1d2c3b4a5f60"})
    assert (answer.url, marker_of(thread, bo)) == (f"{topic}?page=1#post-2", 1)


# ---- however many there are


def test_the_list_costs_the_same_with_one_and_with_thirty(same_queries, client, group, bo, url):
    client.force_login(bo)
    assert same_queries(url, lambda: ThreadFactory(target=group, posts=3)) <= 15


def fill(thread, number):
    """A discussion as it may become: everybody wrote, some found something useful."""
    people = [UserFactory() for _ in range(5)]
    Post.objects.filter(thread=thread).delete()
    rows = [Post(thread=thread, number=one, author=people[one % 5], text="Words", language="en") for one in range(1, number + 1)]
    posts = Post.objects.bulk_create(rows, batch_size=1_000)
    Useful.objects.bulk_create(Useful(post=post, user=people[0]) for post in posts[-40:])
    Thread.objects.filter(pk=thread.pk).update(post_count=number, answer=posts[-1])


def test_a_discussion_costs_the_same_with_one_thirty_and_five_thousand_posts(count_queries, client, group, thread, topic, bo):
    client.force_login(bo)
    counted = []
    for number in (1, 30, 5_000):
        fill(thread, number)
        conversations.mark_read(thread, bo, number - 10)
        count_queries(topic)
        counted.append(count_queries(topic))
    assert (len(set(counted)), counted[0] <= 20) == (1, True), counted


def test_who_is_signed_out_costs_next_to_nothing(client, topic, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        assert unquote(client.get(topic).url) == f"{reverse('account_login')}?next={topic}"
