"""The life of a group: state × verb, and what each verb tells and writes."""

import uuid

import pytest

from common.errors import WrongState
from common.publishing import State
from records.models import AuditEntry
from tests.factories import ThemeFactory, UserFactory
from tests.support.told import told
from workinggroups import actions
from workinggroups.enums import News
from workinggroups.models import Announcement, WorkingGroup

pytestmark = pytest.mark.django_db

NEXT = {
    ("draft", "publish"): "published", ("published", "close"): "archived", ("archived", "reopen"): "draft",
    ("hidden", "reopen"): "draft", ("published", "hide"): "hidden", ("archived", "hide"): "hidden",
}  # fmt: skip
VERBS = {
    "publish": lambda group, by: actions.publish(group, by=by),
    "close": lambda group, by: actions.close(group, by=by, summary="We made a method."),
    "reopen": lambda group, by: actions.reopen(group, by=by),
    "hide": lambda group, by: actions.hide(group, by=by, reason="Advertising"),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", State)
def test_each_verb_leads_on_from_its_states_only(group, chair, state, verb):
    WorkingGroup.objects.update(state=state)
    group.refresh_from_db()
    wanted = NEXT.get((state.value, verb))
    if wanted is None:
        with pytest.raises(WrongState):
            VERBS[verb](group, chair)
    else:
        VERBS[verb](group, chair)
    group.refresh_from_db()
    assert (group.state, AuditEntry.objects.count()) == (wanted or state.value, 1 if wanted else 0)


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_only_a_published_group_takes_people_and_speaks(group, chair, stranger, state):
    WorkingGroup.objects.update(state=state)
    for verb in (
        lambda: actions.join(group, by=stranger),
        lambda: actions.ask_to_join(group, by=stranger),
        lambda: actions.announce(group, by=chair, key=uuid.uuid4(), subject="S", text="T"),
    ):
        with pytest.raises(WrongState):
            verb()
    assert (group.memberships.count(), Announcement.objects.count()) == (1, 0)


@pytest.mark.parametrize("state", [State.ARCHIVED, State.HIDDEN])
def test_a_closed_group_is_read_only(group, chair, member, state):
    WorkingGroup.objects.update(state=state)
    row = group.memberships.get(user=member)
    text = [{"language": "en", "name": "New", "is_original": True}]
    for verb in (
        lambda: actions.update_group(group, by=chair, texts=text),
        lambda: actions.invite(group, "new@example.org", by=chair),
        lambda: actions.change_role(row, "co_chair", by=chair),
        lambda: actions.remove_member(row, by=chair),
        lambda: actions.hand_over(row, by=chair),
        lambda: actions.give_seat(group, group.organisation, by=chair),
    ):
        with pytest.raises(WrongState):
            verb()
    assert str(group) == "Outdoor lighting"


def test_nothing_is_published_without_a_reason_to_be(group, chair):
    WorkingGroup.objects.update(state=State.DRAFT)
    group.texts.update(why="")
    with pytest.raises(WrongState) as refusal:
        actions.publish(group, by=chair)
    assert refusal.value.code == "incomplete"


def test_followers_and_moderators_hear_of_a_new_group(group, chair, moderator):
    from notifications.actions import follow

    theme, reader = ThemeFactory(), UserFactory(name="Reader")
    group.themes.add(theme)
    follow(reader, theme)
    WorkingGroup.objects.update(state=State.DRAFT, published_at=None)
    actions.publish(group, by=chair)
    assert told() == [("workinggroup.published", "Moderator", "moderator"), ("workinggroup.published", "Reader", "follow")]


def test_followers_do_not_hear_of_a_private_group(group, chair):
    from notifications.actions import follow

    reader = UserFactory(name="Reader")
    follow(reader, group.organisation)
    WorkingGroup.objects.update(state=State.DRAFT, published_at=None, visibility="private", joining="invitation")
    actions.publish(group, by=chair)
    assert told() == []


def test_closing_ends_what_waits_and_keeps_what_was_learnt(group, chair, member, stranger):
    WorkingGroup.objects.update(member_limit=2)
    actions.join(group, by=stranger)
    actions.invite(group, "new@example.org", by=chair)
    actions.close(group, by=chair, summary="We made a method.")
    waiting = (group.waiting_places.count(), group.invitations.filter(state="waiting").count())
    assert (waiting, group.texts.get().summary) == ((0, 0), "We made a method.")
    assert told("workinggroup.closed") == [("workinggroup.closed", "Member", "group_member")]


def test_a_summary_is_asked_for(group, chair):
    with pytest.raises(WrongState) as refusal:
        actions.close(group, by=chair, summary=" \n")
    assert refusal.value.code == "no_summary"


def test_what_a_moderator_has_hidden_since_it_was_read_is_not_reopened_by_its_chair(group, chair, moderator):
    WorkingGroup.objects.update(state=State.ARCHIVED)
    group.refresh_from_db()
    actions.hide(WorkingGroup.objects.get(), by=moderator, reason="Not here.")
    with pytest.raises(WrongState):
        actions.reopen(group, by=chair)
    assert WorkingGroup.objects.get().state == State.HIDDEN


# ---- announcements


@pytest.fixture
def audience(group, chair, take_in):
    for news in News:
        take_in(group, name=news.value, news=news)
    take_in(group, user=UserFactory(name="suspended", suspended=True))


def announce(group, chair, key):
    return actions.announce(group, by=chair, key=key, subject="Meeting moved", text="It is on Thursday.")


def test_each_member_is_told_in_the_way_they_chose(group, chair, audience):
    announce(group, chair, uuid.uuid4())
    assert told() == [
        ("workinggroup.announced", "at_once", "group_member"),
        ("workinggroup.announced_quietly", "digest", "group_member"),
    ]


def test_only_who_wants_it_at_once_gets_a_mail(group, chair, audience):
    from notifications.models import Delivery

    announce(group, chair, uuid.uuid4())
    told()
    assert [mail.user.name for mail in Delivery.objects.all()] == ["at_once"]


def test_who_has_left_reads_no_announcement_under_the_bell(group, chair, member):
    from notifications.composing import suppressed
    from notifications.models import Delivery, Notification
    from notifications.pages import rows

    announce(group, chair, uuid.uuid4())
    told()
    actions.leave(group, by=member)
    (row,) = rows(Notification.objects.filter(user=member).for_list(), member)
    assert (row.note, row.url, list(suppressed(Delivery.objects.filter(user=member)).values())) == ("", "", ["not_visible"])


def test_the_same_form_is_one_announcement(group, chair, audience):
    key = uuid.uuid4()
    assert announce(group, chair, key) == announce(group, chair, key)
    assert (Announcement.objects.count(), len(told())) == (1, 2)


def test_a_loud_group_is_asked_to_stop(group, chair):
    for _ in range(5):
        announce(group, chair, uuid.uuid4())
    with pytest.raises(WrongState) as refusal:
        announce(group, chair, uuid.uuid4())
    assert refusal.value.code == "too_many"
