"""Who hears of what in a discussion, how loudly, and who hears no more (follow, mute, the news of the group, access)."""

import pytest

from discussions import actions
from discussions.following import follow_thread, mute_thread
from notifications.models import Notification
from tests.factories import GroupMembershipFactory, ThreadFactory, UserFactory
from tests.support.told import fan_out, told
from workinggroups.actions import leave
from workinggroups.models import WorkingGroup

pytestmark = pytest.mark.django_db
AT_ONCE, QUIET = "discussion.posted", "discussion.posted_quietly"
PRIVATE = {"visibility": "private", "joining": "invitation"}


def write(thread, by, text="Words.", **more):
    return actions.write(thread, by=by, text=text, language="en", **more)


def hears(group, news):
    return GroupMembershipFactory(group=group, news=news, user=UserFactory(name=news)).user


def kinds_of(user):
    return sorted(user.notifications.values_list("entry__kind", flat=True))


@pytest.mark.parametrize(
    ("news", "kind", "mails"), [("at_once", "discussion.started", 1), ("digest", "discussion.started_quietly", 0), ("mute", None, 0)]
)
def test_a_new_discussion_is_told_as_each_member_chose(group, anna, news, kind, mails):
    person = hears(group, news)
    actions.start(group, by=anna, title="A matter", text="Words.", language="en")
    fan_out()
    assert (kinds_of(person), person.deliveries.count()) == ([kind] if kind else [], mails)


@pytest.mark.parametrize(("news", "kind", "mails"), [("at_once", AT_ONCE, 1), ("digest", QUIET, 0), ("mute", None, 0)])
def test_a_post_is_told_to_those_who_follow_as_each_chose_for_the_group(group, thread, anna, news, kind, mails):
    person = hears(group, news)
    follow_thread(thread, person)
    write(thread, anna)
    fan_out()
    assert (kinds_of(person), person.deliveries.count()) == ([kind] if kind else [], mails)


def test_whoever_does_not_follow_hears_of_no_post(thread, anna, bo):
    write(thread, anna)
    assert told() == []


def test_whoever_writes_follows_from_then_on(group, thread, anna, bo):
    write(thread, bo)
    told()
    write(thread, anna)
    assert [name for kind, name, _reason in told(AT_ONCE)] == ["Bo"]


def test_whoever_has_muted_hears_nothing_also_after_writing(thread, anna, bo):
    mute_thread(thread, bo)
    write(thread, bo)
    write(thread, anna)
    assert [row for row in told() if row[1] == "Bo"] == []


def test_in_the_portal_one_unread_notice_of_a_discussion_is_enough(group, thread, anna):
    person = hears(group, "digest")
    follow_thread(thread, person)
    for _number in range(3):
        write(thread, anna)
        fan_out()
    assert kinds_of(person) == [QUIET]
    Notification.objects.update(read_at="2026-01-01T00:00Z")
    write(thread, anna)
    fan_out()
    assert kinds_of(person) == [QUIET, QUIET]


def test_whoever_is_mentioned_is_not_told_of_the_post_too(thread, anna, bo):
    follow_thread(thread, bo)
    write(thread, anna, "@[Bo], look")
    assert [kind for kind, name, _reason in told() if name == "Bo"] == ["discussion.mentioned"]


def test_the_same_form_twice_tells_once(thread, anna, bo):
    follow_thread(thread, bo)
    key = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
    assert write(thread, anna, key=key) == write(thread, anna, key=key)
    assert len(told(AT_ONCE)) == 1


def test_an_answer_is_told_to_its_author_and_to_whoever_asked(thread, anna, bo, chair):
    post = write(thread, bo)
    told()
    actions.mark_answer(post, by=chair)
    assert [row for row in told() if "answer" in row[0]] == [
        ("discussion.answered", "Anna", "author"), ("discussion.is_answer", "Bo", "author")]  # fmt: skip
    assert bo.deliveries.count() == 0


def test_useful_never_mails_and_is_told_once(thread, anna, bo, chair):
    post = write(thread, bo)
    for person in (anna, chair):
        actions.find_useful(post, by=person)
        fan_out()
    assert (kinds_of(bo), bo.deliveries.count()) == (["discussion.useful"], 0)


def test_whose_post_is_taken_away_reads_why(thread, bo, chair):
    post = write(thread, bo)
    actions.remove(post, by=chair, reason="It names a resident.")
    fan_out()
    notice = bo.notifications.get(entry__kind="discussion.post_removed")
    assert (notice.entry.note, bo.deliveries.count()) == ("It names a resident.", 1)


def test_tc08_who_has_left_a_private_group_gets_no_mail_that_waits(group, thread, anna, bo):
    WorkingGroup.objects.filter(pk=group.pk).update(**PRIVATE)
    follow_thread(thread, bo)
    write(thread, anna)
    leave(group, by=bo)
    assert [row for row in told() if row[1] == "Bo"] == []


def test_tc08_what_is_taken_away_is_not_told(thread, anna, bo, chair):
    follow_thread(thread, bo)
    actions.remove(write(thread, anna), by=chair, reason="A mistake")
    assert [row for row in told() if row[1] == "Bo"] == []


def test_tc10_a_title_cannot_bring_headers_into_a_mail(group, anna):
    person = hears(group, "at_once")
    thread = actions.start(group, by=anna, title="Hello\r\nBcc: evil@example.org %0d%0aBcc: x", text="<b>Words</b>", language="en")
    fan_out()
    assert thread.title == "Hello Bcc: evil@example.org %0d%0aBcc: x"
    assert person.deliveries.get().entry.context["title"] == thread.title


def test_a_mail_says_names_without_their_marks(group, anna):
    person = hears(group, "at_once")
    actions.start(group, by=anna, title="A matter", text="Ask @[Anna] about it.", language="en")
    fan_out()
    assert person.deliveries.get().entry.note == "Ask @Anna about it."


@pytest.mark.parametrize(
    ("verbs", "choice"), [(["follow"], "follow"), (["mute"], "mute"), (["follow", "mute", "unfollow"], ""), (["mute", "follow"], "follow")]
)
def test_what_one_hears_is_chosen_by_buttons(client, topic, bo, verbs, choice):
    client.force_login(bo)
    for verb in verbs:
        assert client.post(f"{topic}{verb}/").status_code == 302
    assert client.get(topic).context["topic"].thread.choice == choice


def test_a_discussion_stands_among_what_one_follows_and_is_left_there(client, thread, topic, bo):
    client.force_login(bo)
    assert client.post(f"/en/notifications/follow/discussion/{thread.pk}/").url == topic
    assert f'href="{topic}"' in client.get("/en/notifications/follows/").content.decode()
    assert client.post(f"/en/notifications/unfollow/discussion/{thread.pk}/").url == topic


def test_what_one_follows_has_one_number_of_queries(client, group, anna, bo, same_queries):
    client.force_login(bo)

    def add():
        follow_thread(ThreadFactory(target=group, started_by=anna), bo)

    assert same_queries("/en/notifications/follows/", add) <= 20
