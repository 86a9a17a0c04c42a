"""Making, changing, publishing, cancelling, hiding, duplicating: state × verb × actor, and what people are told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from common.errors import WrongState
from events import actions
from events.enums import State, Way
from events.models import Event
from notifications.actions import follow
from notifications.fanout import tell
from notifications.models import Delivery, Notification, OutboxEntry
from records.models import AuditEntry
from tests.conftest import CAST
from tests.factories import EventFactory, RegistrationFactory, ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def plan(owner, organisation, **data):
    starts = timezone.now() + timedelta(days=10)
    texts = [{"language": "en", "title": "Lamps", "is_original": True}]
    return actions.create_event(
        **{"by": owner, "organisation": organisation, "texts": texts, "starts_at": starts, "ends_at": starts + HOUR, **data}
    )


def told(kind):
    return [receiver for entry in OutboxEntry.objects.filter(kind=kind).order_by("pk") for receiver in entry.receivers]


def test_a_new_event_is_a_draft(owner, organisation):
    event = plan(owner, organisation, tags=["Lamps", "lamps"], place="Here\x0b")
    assert (event.state, event.slug, event.place, [str(tag) for tag in event.tags.all()]) == ("draft", "lamps", "Here", ["Lamps"])
    assert list(AuditEntry.objects.values_list("verb", "by")) == [("create", owner.pk)]


def test_the_same_click_twice_is_one_draft(owner, organisation):
    starts = timezone.now() + timedelta(days=10)
    made = {plan(owner, organisation, starts_at=starts, ends_at=starts + HOUR).pk for _ in range(2)}
    assert (len(made), Event.objects.count()) == (1, 1)


WRONG = {
    "the end before the start": ({"ends_at": datetime(2026, 1, 1, tzinfo=COPENHAGEN)}, "ends_at"),
    "no such zone": ({"time_zone": "Europe/Atlantis"}, "time_zone"),
    "no seats": ({"capacity": 0}, "capacity"),
    "too many seats": ({"capacity": 10**9}, "capacity"),
    "closed afterwards": ({"register_until": timezone.now() + timedelta(days=400)}, "register_until"),
    "a text with a NUL": ({"place": "a\x00b"}, "place"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_refused_by_field(owner, organisation, case):
    data, field = WRONG[case]
    with pytest.raises(ValidationError) as refusal:
        plan(owner, organisation, **data)
    assert (list(refusal.value.message_dict), Event.objects.count()) == ([field], 0)


def test_the_portal_holds_nothing_for_its_host_only(portal_editor):
    with pytest.raises(ValidationError) as refusal:
        plan(portal_editor, None, visibility="host")
    assert list(refusal.value.message_dict) == ["visibility"]


def test_a_private_group_meets_in_private(chair, group):
    group.visibility, group.joining = "private", "invitation"
    group.save()
    with pytest.raises(ValidationError):
        plan(chair, None, group=group)
    assert plan(chair, None, group=group, visibility="host").visibility == "host"


def test_followers_hear_of_it_once(owner, organisation):
    theme, follower = ThemeFactory(), UserFactory()
    follow(follower, theme)
    follow(follower, organisation)
    event = actions.publish(plan(owner, organisation, themes=[theme]), by=owner)
    tell(OutboxEntry.objects.get(kind="event.published").pk, now=timezone.now())
    assert (event.state, list(Notification.objects.values_list("user", "reason"))) == ("published", [(follower.pk, "follow")])


def test_a_group_s_members_hear_of_its_meeting(chair, group, group_member):
    actions.publish(plan(chair, None, group=group), by=chair)
    assert told("event.published") == [[group_member.pk, "group_member"]]


def test_a_closed_group_meets_no_more(chair, group):
    event = plan(chair, None, group=group)
    group.state = "archived"
    group.save()
    with pytest.raises(WrongState, match="closed"):
        actions.publish(event, by=chair)


def test_another_time_is_told_to_everybody_on_a_list(owner, organisation):
    event = EventFactory(organisation=organisation)
    come, wait = RegistrationFactory(event=event), RegistrationFactory(event=event, waiting=True)
    RegistrationFactory(event=event, state="cancelled")
    actions.update_event(event, by=owner, starts_at=event.starts_at + HOUR, ends_at=event.ends_at + HOUR)
    assert told("event.changed") == [[come.user_id, "registered"], [wait.user_id, "on_waiting_list"]]


def test_a_word_more_is_told_to_nobody(owner, organisation):
    event = EventFactory(organisation=organisation)
    RegistrationFactory(event=event)
    actions.update_event(event, by=owner, directions="Bus 5", visibility="members")
    assert (event.sequence, OutboxEntry.objects.count()) == (1, 0)


def test_a_draft_changes_in_silence(owner, organisation):
    event = plan(owner, organisation)
    actions.update_event(event, by=owner, starts_at=event.starts_at + HOUR, ends_at=event.ends_at + HOUR)
    assert (event.sequence, event.revision, OutboxEntry.objects.count()) == (0, 1, 0)


def test_without_the_link_nobody_is_online_any_more(owner, organisation):
    event = EventFactory(organisation=organisation, capacity=1, online_url="https://meet.example.org/a")
    row = actions.register(event, by=UserFactory(), way=Way.ONLINE)
    actions.update_event(event, by=owner, online_url="")
    row.refresh_from_db()
    assert (row.takes_seat, event.registrations.seated().count()) == (True, 1)


def test_a_cancellation_is_told_with_its_reason(owner, editor, organisation):
    event = EventFactory(organisation=organisation)
    come, wait = RegistrationFactory(event=event), RegistrationFactory(event=event, waiting=True)
    actions.cancel(event, by=owner, reason=" Snow ")
    entry = OutboxEntry.objects.get(kind="event.cancelled")
    assert (event.state, event.state_reason, entry.note, event.sequence) == ("cancelled", "Snow", "Snow", 1)
    assert [[pk, reason] for pk, reason in entry.receivers if reason] == [
        [come.user_id, "registered"], [wait.user_id, "on_waiting_list"], [editor.pk, "event_host"],
    ]  # fmt: skip


@pytest.mark.parametrize("verb", [actions.cancel, actions.hide])
def test_a_reason_is_needed(owner, verb):
    with pytest.raises(WrongState, match="Say why"):
        verb(EventFactory(), by=owner, reason=" \n")


VERBS = {
    "publish": (lambda event, by: actions.publish(event, by=by), {State.DRAFT, State.HIDDEN}),
    "cancel": (lambda event, by: actions.cancel(event, by=by, reason="Snow"), {State.PUBLISHED}),
    "hide": (lambda event, by: actions.hide(event, by=by, reason="Spam"), {State.PUBLISHED, State.CANCELLED}),
    "delete": (lambda event, by: actions.delete(event, by=by), {State.DRAFT}),
    "change": (lambda event, by: actions.update_event(event, by=by, place="There"), {State.DRAFT, State.PUBLISHED}),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", VERBS)
def test_which_verb_leads_on_from_which_state(owner, verb, state):
    event, (act, sources) = EventFactory(state=state), VERBS[verb]
    if state in sources:
        act(event, owner)
        return
    with pytest.raises(WrongState):
        act(event, owner)
    assert (Event.objects.get().state, AuditEntry.objects.count()) == (state, 0)


#: Permission by state for each of the cast on an event of their organisation: those who may.
MAY = {
    "change": {"editor": "draft published cancelled", "owner": "draft published cancelled"},
    "cancel": {"editor": "draft published cancelled", "owner": "draft published cancelled"},
    "publish": {"editor": "draft published cancelled", "owner": "draft published cancelled", "moderator": "hidden"},
    "hide": {"moderator": "draft published cancelled hidden"},
    "host": {
        "editor": "draft published cancelled hidden", "owner": "draft published cancelled hidden",
        "moderator": "published cancelled hidden",
    },
    "register": dict.fromkeys(("stranger", "moderator"), "published cancelled")
    | dict.fromkeys(("colleague", "editor", "owner"), "draft published cancelled hidden"),
}  # fmt: skip
MAY["register"]["moderator"] = "published cancelled hidden"


@pytest.mark.parametrize("part", CAST)
@pytest.mark.parametrize("verb", MAY)
def test_who_may_what(part, verb, organisation, request):
    person = request.getfixturevalue(part)
    events = [EventFactory(organisation=organisation, state=state) for state in State]
    allowed = {str(event.state) for event in events if person.has_perm(f"events.{verb}", event)}
    assert allowed == set(MAY[verb].get(part, "").split())


def test_chairs_write_for_the_group_and_its_members_do_not(chair, group_member, group):
    event = EventFactory(organisation=None, group=group)
    assert [person.has_perm("events.change", event) for person in (chair, group_member)] == [True, False]


def test_editors_of_the_portal_write_what_it_holds(portal_editor, owner, moderator):
    event = EventFactory(organisation=None)
    assert [person.has_perm("events.change", event) for person in (portal_editor, moderator, owner)] == [True, True, False]


def test_a_copy_is_a_draft_at_the_same_time_of_the_clock(owner, organisation):
    """The week between the two has the change to winter time in it."""
    starts = datetime(2026, 10, 22, 13, tzinfo=COPENHAGEN)
    event = EventFactory(organisation=organisation, starts_at=starts, ends_at=starts + 2 * HOUR, capacity=7)
    RegistrationFactory(event=event)
    copy = actions.duplicate_event(event, by=owner, now=datetime(2026, 10, 20, tzinfo=COPENHAGEN))
    assert (copy.state, copy.capacity, copy.registrations.count(), str(copy)) == ("draft", 7, 0, str(event))
    assert copy.starts.replace(tzinfo=None) == datetime(2026, 10, 29, 13)
    assert (copy.uid != event.uid, copy.ends - copy.starts) == (True, 2 * HOUR)


def test_a_copy_of_what_is_over_is_still_to_come(owner, organisation):
    starts = timezone.now() - timedelta(days=100)
    event = EventFactory(organisation=organisation, starts_at=starts, ends_at=starts + HOUR)
    copy = actions.duplicate_event(event, by=owner)
    assert timezone.now() < copy.starts_at < timezone.now() + timedelta(days=8)


def test_a_reminder_comes_once_a_day_before():
    now = timezone.now()
    soon = EventFactory(starts_at=now + timedelta(hours=23))
    row = RegistrationFactory(event=soon, registered_at=now - timedelta(days=3))
    RegistrationFactory(event=soon, waiting=True, registered_at=now - timedelta(days=3))
    RegistrationFactory(event=soon, registered_at=now - HOUR)  # has just been told
    RegistrationFactory(event=EventFactory(), registered_at=now - timedelta(days=3))  # in a week
    RegistrationFactory(event=EventFactory(starts_at=now + 5 * HOUR, state="cancelled"), registered_at=now - timedelta(days=3))
    assert (actions.remind(now=now), actions.remind(now=now)) == (1, 0)
    assert told("event.reminder") == [[row.user_id, "registered"]]


def test_what_is_put_off_reminds_again(owner, organisation):
    now = timezone.now()
    event = EventFactory(organisation=organisation, starts_at=now + timedelta(hours=20))
    RegistrationFactory(event=event, registered_at=now - timedelta(days=3))
    actions.remind(now=now)
    actions.update_event(event, by=owner, starts_at=now + timedelta(days=9), ends_at=now + timedelta(days=9, hours=1))
    assert actions.remind(now=now + timedelta(days=8, hours=1)) == 1


def test_the_mail_brings_the_calendar_file():
    from icalendar import Calendar

    from notifications.composing import compose

    event, person = EventFactory(online_url="https://meet.example.org/a", place="", text__title="Lamps"), UserFactory(language="da")
    actions.register(event, by=person)
    tell(OutboxEntry.objects.get(kind="event.registered").pk, now=timezone.now())
    message = compose(Delivery.objects.get())
    part = next(part for part in message.message().walk() if part.get_content_type() == "text/calendar")
    entry = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0]
    assert (part.get_param("method"), part.get_filename(), str(entry["summary"])) == ("PUBLISH", "event.ics", "Lamps")
    assert "https://meet.example.org/a" in str(entry["description"])


def test_what_a_moderator_has_hidden_since_it_was_read_is_not_published_by_its_host(owner, organisation, moderator):
    as_read = EventFactory(organisation=organisation)
    actions.hide(Event.objects.get(pk=as_read.pk), by=moderator, reason="Not here.")
    with pytest.raises(WrongState):
        actions.publish(as_read, by=owner)
    assert Event.objects.get(pk=as_read.pk).state == State.HIDDEN
