"""Two at once, for real: numbers, keys, closing while somebody writes, markers (TC-11)."""

import uuid
from collections import Counter

import pytest
from django.test import Client

from common.errors import WrongState
from conversations import actions as conversations
from conversations.models import Post, ReadMarker, Thread, Useful
from discussions import actions
from tests.factories import GroupMembershipFactory, UserFactory
from tests.support.threads import at_once
from workinggroups.actions import close as close_group

pytestmark = pytest.mark.django_db(transaction=True)


def write(thread, by, **more):
    return actions.write(thread, by=by, text="Six metres.", language="en", **more)


def numbers(thread):
    return list(thread.posts.order_by("number").values_list("number", flat=True))


def test_tc11_two_posts_at_once_get_two_numbers(thread, group):
    people = [GroupMembershipFactory(group=group).user for _ in range(6)]
    posts = at_once(*[lambda person=person: write(thread, person) for person in people])
    assert sorted(post.number for post in posts) == [2, 3, 4, 5, 6, 7]
    assert (numbers(thread), Thread.objects.get().post_count) == ([1, 2, 3, 4, 5, 6, 7], 7)


def test_tc11_the_same_form_sent_from_many_windows_is_one_post(thread, topic, bo):
    form = {"text": "Six metres.", "language": "en", "key": str(uuid.uuid4()), "seen": "1"}

    def send():
        client = Client()
        client.force_login(bo)
        return client.post(f"{topic}write/", form).status_code

    assert (at_once(*[send] * 5), numbers(thread)) == ([302] * 5, [1, 2])


def test_tc11_the_same_form_sent_from_many_windows_is_one_discussion(group, anna):
    key, said = uuid.uuid4(), {"title": "Radar", "text": "How high?", "language": "en"}
    threads = at_once(*[lambda: actions.start(group, by=anna, key=key, **said)] * 5)
    assert (len({thread.pk for thread in threads}), Post.objects.count()) == (1, 1)


def test_the_states_alone_hold_without_the_lock_of_a_group(group, anna):
    """Nouns that have messages only use the verbs of `conversations` by themselves."""
    key, said = uuid.uuid4(), {"title": "Radar", "text": "How high?", "language": "en"}
    threads = at_once(*[lambda: conversations.start_thread(group, by=anna, key=key, **said)] * 5)
    assert (len({thread.pk for thread in threads}), Post.objects.count()) == (1, 1)
    messages = at_once(*[lambda: conversations.start_thread(group, by=anna, kind="messages", **said)] * 5)
    assert (len({thread.pk for thread in messages}), numbers(messages[0])) == (1, [1, 2, 3, 4, 5])


@pytest.mark.parametrize("ends", ["discussion", "group", "taken away"])
def test_nobody_writes_behind_the_end(thread, group, chair, bo, ends):
    end = {
        "discussion": lambda: actions.close(thread, by=chair),
        "group": lambda: close_group(group, by=chair, summary="Done."),
        "taken away": lambda: actions.remove_thread(thread, by=chair),
    }[ends]
    posts = at_once(lambda: write(thread, bo), end, lambda: write(thread, bo))
    written = [post for post in (posts[0], posts[2]) if not isinstance(post, Exception)]
    assert {type(post) for post in (posts[0], posts[2])} <= {Post, WrongState}
    assert (posts[1] is None or not isinstance(posts[1], Exception), numbers(thread)) == (True, list(range(1, len(written) + 2)))


def test_two_close_and_one_of_them_did(thread, chair, moderator):
    answers = at_once(lambda: actions.close(thread, by=chair), lambda: actions.close(thread, by=moderator))
    assert Counter(type(answer) for answer in answers) == {Thread: 1, WrongState: 1}


def test_whoever_edits_what_another_window_changed_is_told(thread, anna):
    post = thread.posts.get()
    edits = at_once(*[lambda text=text: actions.edit(post, by=anna, text=text, language="en", revision=0) for text in ("One", "Two")])
    assert Counter(type(edit) for edit in edits) == {Post: 1, WrongState: 1}
    assert (Post.objects.get().edit_count, post.versions.count()) == (1, 1)


def test_a_post_is_edited_or_taken_away_but_not_both_ways_round(thread, chair, anna):
    post = thread.posts.get()
    edited, removed = at_once(
        lambda: actions.edit(post, by=anna, text="Mended", language="en"), lambda: actions.remove(post, by=chair, reason="Why")
    )
    assert (isinstance(edited, Post | WrongState), isinstance(removed, Post), Post.objects.get().is_removed) == (True, True, True)


def test_two_answers_at_once_leave_one(thread, anna, bo):
    posts = [write(thread, bo) for _ in range(2)]
    at_once(*[lambda post=post: actions.mark_answer(post, by=anna) for post in posts])
    assert Thread.objects.get().answer in posts


def test_one_person_finds_it_useful_once(thread, bo):
    at_once(*[lambda: actions.find_useful(thread.posts.get(), by=bo)] * 5)
    assert Useful.objects.count() == 1


def test_the_greater_number_stays_whoever_says_it_first(thread):
    reader = UserFactory()
    Thread.objects.update(post_count=40)
    at_once(*[lambda number=number: conversations.mark_read(thread, reader, number) for number in (3, 40, 12, 7)])
    assert list(ReadMarker.objects.values_list("user", "last_number")) == [(reader.pk, 40)]
