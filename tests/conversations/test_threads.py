"""Threads and posts: numbers, keys, states, history, what is useful, how far one has read."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from conversations import actions
from conversations.models import Post, PostDraft, ReadMarker, Thread
from tests.factories import ThreadFactory, UserFactory

pytestmark = pytest.mark.django_db


def write(thread, by, text="Six metres.", **more):
    return actions.write_post(thread, by=by, text=text, language="en", **more)


def begin(group, by, **more):
    return actions.start_thread(group, by=by, **{"title": "Radar on old poles", "text": "How high?", "language": "en", **more})


def code_of(verb, *arguments, **named):
    """What a verb refuses with; "" where it does not."""
    try:
        verb(*arguments, **named)
    except ValidationError as refusal:
        return refusal.code if hasattr(refusal, "code") else "invalid"
    return ""


def test_a_thread_begins_with_its_first_post(group, anna):
    thread = begin(group, anna)
    assert (thread.target, thread.post_count, thread.started_by) == (group, 1, anna)
    assert list(thread.posts.values_list("number", "author", "text")) == [(1, anna.pk, "How high?")]


def test_posts_are_numbered_in_their_order(thread, anna, bo):
    assert [write(thread, by).number for by in (bo, anna, bo)] == [2, 3, 4]
    thread.refresh_from_db()
    assert (thread.post_count, thread.last_post_at) == (4, thread.posts.get(number=4).created_at)


def test_the_same_form_sent_twice_is_one_thread_and_one_post(group, anna):
    key = uuid.uuid4()
    first, again = begin(group, anna, key=key), begin(group, anna, key=key)
    assert (first.pk, first.is_repeat, again.is_repeat) == (again.pk, False, True)
    once, twice = write(first, anna, key=(key := uuid.uuid4())), write(first, anna, key=key)
    assert (once.pk, twice.is_repeat, first.posts.count()) == (twice.pk, True, 2)


def test_a_form_sent_again_after_the_thread_was_closed_still_finds_its_post(thread, bo):
    post = write(thread, bo, key=(key := uuid.uuid4()))
    actions.close(thread, by=bo)
    assert write(thread, bo, key=key).pk == post.pk


@pytest.mark.parametrize("title", ["", "  ", "…", "\u200b"])
def test_a_discussion_has_a_title_with_words(group, anna, title):
    with pytest.raises(ValidationError) as refusal:
        begin(group, anna, title=title)
    assert set(refusal.value.message_dict) == {"title"}
    assert not Thread.objects.exists()


@pytest.mark.parametrize("text", ["", " \n ", "a\x00b", "x" * 20_001])
def test_words_that_cannot_be_kept_leave_nothing_behind(group, thread, anna, text):
    for verb in (lambda: begin(group, anna, text=text), lambda: write(thread, anna, text)):
        with pytest.raises(ValidationError) as refusal:
            verb()
        assert set(refusal.value.message_dict) == {"text"}
    assert (Thread.objects.count(), Post.objects.count()) == (1, 1)


def test_messages_of_a_noun_have_one_thread_without_a_title(group, anna, bo):
    first = actions.start_thread(group, by=anna, title="", text="Hello", language="en", kind="messages")
    again = actions.start_thread(group, by=bo, title="", text="Hello yourself", language="en", kind="messages")
    assert (first.pk, actions.messages_of(group, by=bo, language="en").pk) == (again.pk, again.pk)
    assert list(first.posts.values_list("text", flat=True)) == ["Hello", "Hello yourself"]


def test_nobody_writes_in_a_closed_thread_until_it_is_reopened(thread, anna):
    actions.close(thread, by=anna)
    assert (code_of(write, thread, anna), code_of(actions.close, thread, by=anna)) == ("closed", "closed")
    actions.reopen(thread, by=anna)
    assert write(thread, anna).number == 2


def test_what_was_taken_away_takes_no_verb(thread, anna, bo):
    post = write(thread, bo)
    actions.remove_thread(thread, by=anna, reason="Not here")
    verbs = (actions.pin, actions.unpin, actions.close, actions.reopen, actions.unmark_answer, actions.remove_thread)
    assert [code_of(verb, thread, by=anna) for verb in verbs] == ["gone"] * 6
    assert [code_of(verb, post, by=anna) for verb in (actions.mark_answer, actions.remove_post, actions.mark_useful)] == ["gone"] * 3


def test_pinning_twice_is_told(thread, anna):
    assert (code_of(actions.unpin, thread, by=anna), actions.pin(thread, by=anna).is_pinned) == ("wrong_state", True)
    assert (code_of(actions.pin, thread, by=anna), actions.unpin(thread, by=anna).is_pinned) == ("wrong_state", False)


def test_an_edit_keeps_what_was_said(thread, anna):
    post = thread.posts.get()
    first = actions.edit_post(post, by=anna, text="How high, in metres?", language="en", title="Mounting height of radar", revision=0)
    second = actions.edit_post(post, by=anna, text="How high, in metres? On old poles.", language="en", revision=1)
    assert (first.edit_count, second.edit_count, second.edited_at is not None) == (1, 2, True)
    assert list(post.versions.values_list("number", "text")) == [(1, "Words of post 1."), (2, "How high, in metres?")]
    assert Thread.objects.get().title == "Mounting height of radar"


def test_an_edit_that_changes_nothing_leaves_no_trace(thread, anna):
    post = actions.edit_post(thread.posts.get(), by=anna, text="Words of post 1. ", language="en")
    assert (post.edit_count, post.was_changed, post.versions.count()) == (0, False, 0)


def test_whoever_edits_an_old_text_is_told(thread, anna):
    post = thread.posts.get()
    actions.edit_post(post, by=anna, text="One", language="en", revision=0)
    assert code_of(actions.edit_post, post, by=anna, text="Two", language="en", revision=0) == "stale"
    assert Post.objects.get().text == "One"


def test_a_removed_post_keeps_its_place_and_is_no_answer(thread, anna, bo):
    post = write(thread, bo)
    actions.mark_answer(post, by=anna)
    actions.remove_post(post, by=anna, reason="An address")
    thread.refresh_from_db()
    assert (thread.answer, thread.post_count, write(thread, anna).number) == (None, 2, 3)
    assert code_of(actions.edit_post, post, by=bo, text="Again", language="en") == "gone"


def test_the_first_post_is_no_answer(thread, anna, bo):
    assert code_of(actions.mark_answer, thread.posts.get(), by=anna) == "first_post"
    post = write(thread, bo)
    assert actions.mark_answer(post, by=anna).answer == post
    assert (code_of(actions.mark_answer, post, by=anna), actions.unmark_answer(thread, by=anna).answer) == ("wrong_state", None)
    assert code_of(actions.unmark_answer, thread, by=anna) == "wrong_state"


def test_useful_counts_once_and_not_for_ones_own(thread, anna, bo):
    post = thread.posts.get()
    assert [actions.mark_useful(post, by=bo), actions.mark_useful(post, by=bo), post.useful.count()] == [True, False, 1]
    assert code_of(actions.mark_useful, post, by=anna) == "own_post"
    assert [actions.unmark_useful(post, by=bo), actions.unmark_useful(post, by=bo), post.useful.count()] == [True, False, 0]


def test_a_quoted_post_is_of_the_same_thread(group, thread, bo):
    elsewhere = ThreadFactory(target=group).posts.get()
    assert [write(thread, bo, quoted=one).quoted for one in (thread.posts.get(), elsewhere)] == [thread.posts.get(number=1), None]


# ---- how far one has read


def read_to(thread, user, **later):
    now = timezone.now() + timedelta(**later)
    return Thread.objects.with_read_by(user, now).get(pk=thread.pk).read_to


def test_a_marker_goes_forward_only_and_not_beyond_the_last_post(group, bo):
    thread = ThreadFactory(target=group, posts=40)
    assert [actions.mark_read(thread, bo, upto) for upto in (12, 3, 4_000, -5)] == [12, 3, 40, 0]
    assert (read_to(thread, bo), ReadMarker.objects.count()) == (40, 1)


def test_writing_reads_what_its_writer_had_before_her(group, anna, bo):
    thread = ThreadFactory(target=group, posts=5)
    write(thread, anna, seen=5)
    write(thread, bo, seen=5)
    assert (read_to(thread, anna), read_to(thread, bo)) == (6, 5)


def test_what_was_quiet_for_long_is_unread_for_nobody_who_never_opened_it(group, bo):
    thread = ThreadFactory(target=group, posts=5)
    assert (read_to(thread, bo), read_to(thread, bo, days=61)) == (0, 5)
    actions.mark_read(thread, bo, 2)
    assert read_to(thread, bo, days=61) == 2


def test_all_is_read_at_once(group, bo):
    threads = [ThreadFactory(target=group, posts=3) for _ in range(3)]
    actions.mark_read(threads[0], bo, 2)
    assert (actions.mark_all_read(group, bo), actions.mark_all_read(group, bo)) == (3, 0)
    assert [read_to(thread, bo) for thread in threads] == [3, 3, 3]


# ---- drafts


def test_a_draft_is_kept_until_it_is_sent(group, thread, anna):
    actions.keep_draft(anna, group, title="A new one", text="It begins")
    actions.keep_draft(anna, group, thread=thread, text="An ans")
    actions.keep_draft(anna, group, thread=thread, text="An answer")
    assert [actions.draft_of(anna, group).title, actions.draft_of(anna, group, thread=thread).text] == ["A new one", "An answer"]
    write(thread, anna, "An answer, sent")
    begin(group, anna)
    assert PostDraft.objects.count() == 0


def test_nothing_typed_is_no_draft(group, anna):
    actions.keep_draft(anna, group, text="words")
    assert (actions.keep_draft(anna, group, text="  "), actions.draft_of(anna, group)) == (None, None)


# ---- who sees it


def test_threads_are_read_by_members_of_the_portal_who_see_the_target(group, thread, anna, stranger, moderator, suspended, nobody):
    see = [Thread.objects.visible_to(user).exists() for user in (anna, stranger, moderator, suspended, nobody)]
    assert see == [True, True, True, False, False]
    group.visibility, group.joining = "private", "invitation"
    group.save()
    assert [Post.objects.visible_to(user).exists() for user in (anna, stranger, moderator, UserFactory())] == [True, False, True, False]


def test_what_was_taken_away_is_read_by_moderators_only(thread, anna, bo, moderator):
    actions.remove_post(write(thread, bo), by=anna)
    assert [Post.objects.visible_to(user).count() for user in (bo, moderator)] == [1, 2]
    actions.remove_thread(thread, by=anna)
    assert [Thread.objects.visible_to(user).count() for user in (bo, moderator)] == [0, 1]
    assert [Post.objects.visible_to(user).count() for user in (bo, moderator)] == [0, 2]
