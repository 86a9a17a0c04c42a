"""Taking part: seats in the order of coming, whatever happens at once."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from common.errors import WrongState
from events import actions
from events.enums import RegistrationState, State, Way
from events.models import AskedAtRegistration, Registration
from notifications.models import OutboxEntry
from tests.factories import EventFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db
SEATED, WAITING, GONE = RegistrationState.REGISTERED, RegistrationState.WAITING, RegistrationState.CANCELLED


def states(event):
    return [row.state for row in event.registrations.order_by("number")]


def told(kind):
    return [pk for entry in OutboxEntry.objects.filter(kind=kind).order_by("pk") for pk, _reason in entry.receivers]


def test_the_first_get_the_seats_and_the_others_wait():
    event = EventFactory(capacity=2)
    people = [UserFactory() for _ in range(4)]
    for person in people:
        actions.register(event, by=person)
    assert states(event) == [SEATED, SEATED, WAITING, WAITING]
    assert told("event.registered") == [people[0].pk, people[1].pk]
    assert told("event.waiting") == [people[2].pk, people[3].pk]


def test_a_free_seat_goes_to_whoever_waits_longest():
    event = EventFactory(capacity=1)
    first, second, third = (actions.register(event, by=UserFactory()) for _ in range(3))
    actions.cancel_registration(first, by=first.user)
    assert states(event) == [GONE, SEATED, WAITING]
    assert told("event.moved_up") == [second.user_id]
    actions.cancel_registration(third, by=third.user)
    assert states(event) == [GONE, SEATED, GONE]


def test_nobody_registers_twice():
    event, person = EventFactory(), UserFactory()
    actions.register(event, by=person)
    with pytest.raises(WrongState, match="registered already"):
        actions.register(event, by=person)
    assert event.registrations.count() == 1


def test_whoever_comes_back_stands_at_the_end_of_the_line():
    event = EventFactory(capacity=1)
    first, _second, third = (actions.register(event, by=UserFactory()) for _ in range(3))
    actions.cancel_registration(first, by=first.user)
    actions.register(event, by=first.user)
    assert [row.user_id for row in event.registrations.waiting()] == [third.user_id, first.user_id]


def test_more_seats_are_given_in_the_order_of_the_line(owner):
    event = EventFactory(capacity=1)
    rows = [actions.register(event, by=UserFactory()) for _ in range(4)]
    actions.update_event(event, by=owner, capacity=3)
    assert states(event) == [SEATED, SEATED, SEATED, WAITING]
    assert told("event.moved_up") == [rows[1].user_id, rows[2].user_id]


def test_fewer_seats_take_none_from_anybody(owner):
    event = EventFactory(capacity=3)
    rows = [actions.register(event, by=UserFactory()) for _ in range(4)]
    actions.update_event(event, by=owner, capacity=1)
    actions.cancel_registration(rows[0], by=rows[0].user)
    assert states(event) == [GONE, SEATED, SEATED, WAITING]


def test_no_limit_lets_everybody_in(owner):
    event = EventFactory(capacity=1)
    for _ in range(3):
        actions.register(event, by=UserFactory())
    actions.update_event(event, by=owner, capacity=None)
    assert states(event) == [SEATED] * 3


def test_a_suspended_member_keeps_the_place_in_the_line_and_is_passed():
    event = EventFactory(capacity=1)
    first, second, third = (actions.register(event, by=UserFactory()) for _ in range(3))
    second.user.suspended_at = timezone.now()
    second.user.save()
    actions.cancel_registration(first, by=first.user)
    assert states(event) == [GONE, WAITING, SEATED]
    assert told("event.moved_up") == [third.user_id]


def test_an_erased_account_makes_room_with_the_next_tick():
    event = EventFactory(capacity=1)
    first, second = (actions.register(event, by=UserFactory()) for _ in range(2))
    first.delete()
    assert (actions.fill_all(), actions.fill_all()) == (1, 0)
    assert told("event.moved_up") == [second.user_id]


def test_who_takes_part_online_takes_no_seat():
    event = EventFactory(capacity=1, online_url="https://meet.example.org/a")
    rows = [actions.register(event, by=UserFactory(), way=way) for way in (Way.ONLINE, Way.PLACE, Way.PLACE, Way.ONLINE)]
    assert [row.state for row in rows] == [SEATED, SEATED, WAITING, SEATED]


def test_an_event_in_a_room_and_online_asks_how():
    event = EventFactory(online_url="https://meet.example.org/a")
    with pytest.raises(ValidationError) as refusal:
        actions.register(event, by=UserFactory())
    assert list(refusal.value.message_dict) == ["way"]


def test_answers_are_kept_as_they_were_asked():
    event = EventFactory()
    question = AskedAtRegistration.objects.create(event=event, text="What do you eat?")
    AskedAtRegistration.objects.create(event=event, text="Anything else?", position=1)
    row = actions.register(event, by=UserFactory(), answers={question.pk: " Fish\x0b "})
    assert row.answers == [{"question": "What do you eat?", "answer": "Fish"}]


def test_a_question_that_must_be_answered():
    event = EventFactory()
    question = AskedAtRegistration.objects.create(event=event, text="What do you eat?", is_required=True)
    with pytest.raises(ValidationError) as refusal:
        actions.register(event, by=UserFactory(), answers={})
    assert refusal.value.message_dict == {f"answer_{question.pk}": ["Please answer this question."]}
    assert event.registrations.count() == 0


LATER = timezone.now() + timedelta(days=30)
REFUSED = {
    "draft": ({"state": State.DRAFT}, "not open"),
    "cancelled": ({"state": State.CANCELLED}, "not open"),
    "hidden": ({"state": State.HIDDEN}, "not open"),
    "over": ({"past": True}, "is over"),
    "closed": ({"register_until": timezone.now() - timedelta(minutes=1)}, "is closed"),
    "without": ({"takes_registrations": False}, "Nobody needs"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_when_nobody_can_register(case):
    fields, words = REFUSED[case]
    event = EventFactory(**fields)
    with pytest.raises(WrongState, match=words):
        actions.register(event, by=UserFactory())
    assert (event.registrations.count(), OutboxEntry.objects.count()) == (0, 0)


def test_nobody_cancels_twice_or_afterwards():
    event = EventFactory()
    row = actions.register(event, by=UserFactory())
    actions.cancel_registration(row, by=row.user)
    with pytest.raises(WrongState, match="already"):
        actions.cancel_registration(row, by=row.user)
    with pytest.raises(WrongState, match="over"):
        actions.cancel_registration(RegistrationFactory(event=EventFactory(past=True)), by=row.user)


def test_who_was_there(owner):
    event = EventFactory(past=True)
    here, away, waited = RegistrationFactory(event=event), RegistrationFactory(event=event), RegistrationFactory(event=event, waiting=True)
    actions.note_attendance(event, [here.pk, waited.pk, RegistrationFactory().pk], by=owner)
    found = dict(Registration.objects.values_list("pk", "attended"))
    assert (found[here.pk], found[away.pk], found[waited.pk]) == (True, False, None)
    assert Registration.objects.exclude(event=event).get().attended is None


def at_once(work, many, arguments):
    """Call `work` with each argument in threads of their own, and return what they raised."""
    errors, waiting = [], list(arguments)
    lock = threading.Lock()

    def serve():
        while True:
            with lock:
                if not waiting:
                    break
                argument = waiting.pop(0)
            try:
                work(argument)
            except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
                errors.append(error)
        connection.close()

    threads = [threading.Thread(target=serve) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.django_db(transaction=True)
def test_tc11_many_registrations_at_once_for_a_few_seats():
    """60 for 10 seats over 8 connections: exactly ten, nobody twice, the rest in one line without gaps."""
    event = EventFactory(capacity=10)
    people = UserFactory.create_batch(60)
    errors = at_once(lambda person: actions.register(event, by=person), 8, people)
    rows = list(event.registrations.order_by("number").values_list("state", "number", "user"))
    assert errors == []
    assert [state for state, _number, _user in rows] == [SEATED] * 10 + [WAITING] * 50
    assert [number for _state, number, _user in rows] == list(range(1, 61))
    assert len({user for _state, _number, user in rows}) == 60


@pytest.mark.django_db(transaction=True)
def test_tc11_the_same_click_many_times_is_one_registration():
    event, person = EventFactory(capacity=1), UserFactory()
    errors = at_once(lambda _time: actions.register(event, by=person), 6, range(6))
    assert [str(error.messages[0]) for error in errors] == ["You are registered already."] * 5
    assert states(event) == [SEATED]


@pytest.mark.django_db(transaction=True)
def test_tc11_cancelling_and_coming_at_once_leaves_no_seat_empty_and_none_twice():
    event = EventFactory(capacity=10)
    rows = [actions.register(event, by=person) for person in UserFactory.create_batch(30)]
    work = [(actions.cancel_registration, row, row.user) for row in rows[:10]]
    work += [(actions.register, event, person) for person in UserFactory.create_batch(10)]
    errors = at_once(lambda one: one[0](one[1], by=one[2]), 8, work)
    moved = [row.number for row in event.registrations.registered().order_by("number")]
    assert (errors, event.registrations.seated().count(), event.registrations.waiting().count()) == ([], 10, 20)
    assert moved == list(range(11, 21))
