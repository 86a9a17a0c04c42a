"""Units are given once: holding, giving back, blocking, moving, whatever happens at once."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings import actions
from bookings.enums import BookingKind, BookingState
from bookings.free import Free, free_units, next_free
from bookings.models import Booking
from common.errors import WrongState
from livinglabs.models import Offer
from records.models import AuditEntry
from tests.bookings.conftest import NOW, make_lab, make_offer
from tests.factories import OrganisationFactory, UserFactory
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def hold(offer, first, last, **more):
    """A booking of whole days in October 2026."""
    days = {"start": date(2026, 10, first), "end": date(2026, 10, last)}
    return actions.hold(offer, **{"by": None, "purpose": "A test", "now": NOW, **days, **more})


def capacity(offer, number):
    Offer.objects.filter(pk=offer.pk).update(capacity=number)
    offer.refresh_from_db()
    return offer


# ---- holding


def test_days_are_whole_days_on_the_clock_of_the_lab(offer):
    booking = hold(offer, 1, 14)
    assert (booking.starts, booking.ends) == (datetime(2026, 10, 1, tzinfo=COPENHAGEN), datetime(2026, 10, 15, tzinfo=COPENHAGEN))
    assert (booking.unit, booking.last_unit, booking.kind, booking.state) == (1, 1, BookingKind.AGREEMENT, BookingState.HELD)


def test_periods_that_touch_do_not_overlap(offer):
    assert [hold(offer, 1, 7).unit, hold(offer, 8, 14).unit] == [1, 1]


def test_each_gets_a_unit_of_its_own_and_the_next_is_told_when_one_is_free(offer):
    capacity(offer, 2)
    assert sorted([hold(offer, 1, 10).unit, hold(offer, 5, 14).unit]) == [1, 2]
    with pytest.raises(
        WrongState, match=r"full: 6 October 2026 – 8 October 2026. The next free .* 11 October 2026 – 13 October 2026"
    ) as refusal:
        hold(offer, 6, 8)
    assert refusal.value.code == "full"


def test_a_unit_is_kept_for_the_whole_period(offer):
    """Each day has a free unit, no unit is free on all of them."""
    capacity(offer, 2)
    hold(offer, 1, 7), hold(offer, 5, 14)
    with pytest.raises(WrongState, match=r"next free period .* 8 October 2026 – 15 October 2026"):
        hold(offer, 3, 10)


def test_the_unit_that_leaves_the_smallest_gap_is_taken(offer):
    capacity(offer, 2)
    first, second = hold(offer, 1, 3), hold(offer, 1, 6)
    assert hold(offer, 7, 9).unit == second.unit
    assert hold(offer, 4, 6).unit == first.unit


def test_there_may_be_no_free_period_for_years(offer):
    hold(offer, 1, 2, end=date(2031, 1, 1))
    with pytest.raises(WrongState, match="In the next three years there is no free period"):
        hold(offer, 5, 6)


@pytest.mark.parametrize(
    "lab_state, offer_state", [("archived", "published"), ("hidden", "published"), ("published", "archived"), ("published", "draft")]
)
def test_what_is_not_open_takes_nobody(lab, offer, lab_state, offer_state):
    type(lab).objects.filter(pk=lab.pk).update(state=lab_state)
    Offer.objects.filter(pk=offer.pk).update(state=offer_state)
    with pytest.raises(WrongState) as refusal:
        hold(offer, 1, 2)
    assert (refusal.value.code, Booking.objects.count()) == ("closed", 0)


@pytest.mark.parametrize(
    "start, end, field, code",
    [
        (date(2026, 10, 5), date(2026, 10, 4), "end", "reversed"),
        (datetime(2026, 10, 5, 9), datetime(2026, 10, 5, 9), "end", "reversed"),
        (date(2026, 8, 1), date(2026, 8, 31), "end", "over"),
        (date(2026, 10, 5), date(2038, 10, 5), "end", "too_long"),
        (date(1, 1, 1), date(2026, 10, 5), "start", "year"),
        (date(9999, 12, 31), date(9999, 12, 31), "start", "year"),
    ],
)  # fmt: skip
def test_a_period_that_is_none(offer, start, end, field, code):
    with pytest.raises(ValidationError) as refusal:
        hold(offer, 1, 2, start=start, end=end)
    assert {name: [error.code for error in errors] for name, errors in refusal.value.error_dict.items()} == {field: [code]}


def test_words_are_cleaned(offer):
    booking = hold(offer, 1, 2, title="Smart\u202e bins\n", purpose="a\u200bb")
    assert (booking.title, booking.purpose) == ("Smart bins", "ab")
    with pytest.raises(ValidationError):
        hold(offer, 5, 6, title="a\x00b")
    with pytest.raises(ValidationError):
        hold(offer, 5, 6, purpose="x" * 2_001)


# ---- clocks that change


def test_periods_across_the_change_of_clocks_are_whole_days(offer):
    """In the night to 25 October 2026 clocks go back: the day has 25 hours, and days that touch still touch."""
    assert hold(offer, 25, 25).period == DateTimeTZRange(datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))
    assert hold(offer, 24, 24).unit == hold(offer, 26, 26).unit == 1
    with pytest.raises(WrongState):
        hold(offer, 25, 26)


def test_the_hour_that_comes_twice_is_two_hours(offer):
    first = datetime(2026, 10, 25, 2, 30, tzinfo=COPENHAGEN)
    one = hold(offer, 1, 1, start=first, end=first.replace(minute=45))
    other = hold(offer, 1, 1, start=first.replace(fold=1), end=first.replace(minute=45, fold=1))
    assert (one.unit, other.unit, other.period.lower - one.period.lower) == (1, 1, timedelta(hours=1))


def test_another_clock_means_other_days(organisation):
    there = make_offer(make_lab(organisation, "lisbon", time_zone="Europe/Lisbon"))
    assert hold(there, 1, 1).period.lower == datetime(2026, 9, 30, 23, tzinfo=UTC)


# ---- giving back, moving


def test_what_is_given_back_is_free(offer):
    booking = actions.release(hold(offer, 1, 5), by=None, reason="Called off", now=NOW)
    assert (booking.state, booking.sequence, booking.release_reason) == (BookingState.RELEASED, 1, "Called off")
    assert hold(offer, 1, 5).unit == 1
    with pytest.raises(WrongState, match="already"):
        actions.release(booking, by=None, now=NOW)


def test_what_has_run_already_stays_on_record(offer):
    middle = datetime(2026, 10, 3, 12, tzinfo=UTC)
    booking = actions.release(hold(offer, 1, 10), by=None, now=middle)
    assert (booking.state, booking.period.upper) == (BookingState.HELD, middle)
    assert hold(offer, 4, 10, now=middle).unit == 1
    with pytest.raises(WrongState):
        actions.release(booking, by=None, now=middle)


def test_what_is_over_is_not_given_back(offer):
    with pytest.raises(WrongState, match="over"):
        actions.release(hold(offer, 1, 5), by=None, now=datetime(2026, 11, 1, tzinfo=UTC))


def test_a_booking_is_moved_within_its_own_time(offer):
    booking = actions.move(hold(offer, 1, 10), start=date(2026, 10, 5), end=date(2026, 10, 20), by=None, now=NOW)
    assert (booking.unit, booking.sequence, booking.starts.day, booking.ends.day) == (1, 1, 5, 21)
    assert hold(offer, 1, 4).unit == 1


def test_a_booking_is_not_moved_onto_another(offer):
    hold(offer, 11, 20)
    booking = hold(offer, 1, 10)
    with pytest.raises(WrongState, match="full"):
        actions.move(booking, start=date(2026, 10, 5), end=date(2026, 10, 15), by=None, now=NOW)
    booking.refresh_from_db()
    assert booking.ends.day == 11


# ---- blocking


def test_a_block_takes_every_unit_also_those_that_come_later(offer):
    capacity(offer, 2)
    block = actions.block(offer, start=date(2026, 10, 1), end=date(2026, 10, 5), by=None, title="Power cut", now=NOW)
    capacity(offer, 4)
    assert (block.units, free_units(offer, *block_of(block))) == ("", [])
    with pytest.raises(WrongState, match="full"):
        hold(offer, 5, 6)


def block_of(booking):
    return booking.period.lower, booking.period.upper


def test_a_block_of_one_unit_leaves_the_others(offer):
    capacity(offer, 2)
    block = actions.block(offer, start=date(2026, 10, 1), end=date(2026, 10, 5), by=None, unit=1, now=NOW)
    assert (block.units, hold(offer, 1, 5).unit) == ("1", 2)
    with pytest.raises(WrongState) as refusal:
        actions.block(offer, start=date(2026, 10, 1), end=date(2026, 10, 5), by=None, unit=3, now=NOW)
    assert refusal.value.code == "no_unit"


def test_a_block_pushes_nothing_aside_and_names_what_is_held(offer):
    hold(offer, 3, 4, title="Smart bins")
    with pytest.raises(WrongState, match=r"Smart bins \(3 October 2026 – 4 October 2026\)") as refusal:
        actions.block(offer, start=date(2026, 10, 1), end=date(2026, 10, 5), by=None, now=NOW)
    assert refusal.value.code == "taken"


def test_each_verb_is_recorded(offer, owner):
    booking = actions.hold(offer, start=date(2026, 10, 1), end=date(2026, 10, 2), by=owner, now=NOW)
    actions.move(booking, start=date(2026, 10, 2), end=date(2026, 10, 3), by=owner, now=NOW)
    actions.release(booking, by=owner, now=NOW)
    actions.block(offer, start=date(2026, 10, 1), end=date(2026, 10, 2), by=owner, now=NOW)
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "by")) == [
        (verb, owner.pk) for verb in ("hold", "move", "release", "block")
    ]


# ---- what is free


def test_free_periods_say_how_many(offer):
    capacity(offer, 2)
    hold(offer, 3, 5), hold(offer, 5, 8)
    day = lambda number: datetime(2026, 10, number, tzinfo=COPENHAGEN)  # noqa: E731
    found = actions.free_periods(offer, day(1), day(12))
    assert found == [Free(day(1), day(3), 2), Free(day(3), day(5), 1), Free(day(6), day(9), 1), Free(day(9), day(12), 2)]


def test_other_offers_are_not_in_the_way(offer, lab):
    other = make_offer(lab, "mast", "Mast")
    hold(offer, 1, 10)
    assert hold(other, 1, 10).unit == 1


def test_the_next_free_period_of_an_empty_offer_is_the_one_asked_for(offer):
    assert next_free(offer, NOW, NOW + timedelta(days=3)) == (NOW, NOW + timedelta(days=3))


def test_the_next_free_hours_are_at_the_same_time_of_another_day(offer):
    """Also when clocks change in between: ten o'clock stays ten o'clock."""
    hold(offer, 20, 28)
    start, end = (datetime(2026, 10, 23, hour, tzinfo=COPENHAGEN) for hour in (10, 12))
    assert next_free(offer, start, end) == tuple(datetime(2026, 10, 29, hour, tzinfo=COPENHAGEN) for hour in (10, 12))


# ---- at once, for real


@pytest.mark.django_db(transaction=True)
def test_tc11_fifty_agreements_at_once_for_three_units():
    lab = make_lab(OrganisationFactory())
    offer, people = make_offer(lab, capacity=3), [UserFactory() for _ in range(50)]
    answers = at_once(*((lambda person=person: hold(offer, 1, 14, by=person)) for person in people))
    given = [one for one in answers if isinstance(one, Booking)]
    refused = Counter(one.messages[0] for one in answers if isinstance(one, WrongState))
    assert (sorted(one.unit for one in given), sum(refused.values())) == ([1, 2, 3], 47)
    assert list(refused) == [
        "“Parcel” is full: 1 October 2026 – 14 October 2026. The next free period as long as this: 15 October 2026 – 28 October 2026."
    ]
    assert Booking.objects.held().count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_block_and_an_agreement_at_once_never_both():
    offer = make_offer(make_lab(OrganisationFactory()))
    days = {"start": date(2026, 10, 1), "end": date(2026, 10, 5), "by": None, "now": NOW}
    answers = at_once(lambda: actions.hold(offer, **days), lambda: actions.block(offer, **days))
    assert sorted(type(one).__name__ for one in answers) == ["Booking", "WrongState"]


@pytest.mark.django_db(transaction=True)
def test_two_give_back_at_once_and_one_is_told():
    offer = make_offer(make_lab(OrganisationFactory()))
    booking = hold(offer, 1, 5)
    answers = at_once(*[lambda: actions.release(Booking.objects.get(pk=booking.pk), by=None, now=NOW)] * 2)
    assert sorted(type(one).__name__ for one in answers) == ["Booking", "WrongState"]
    assert Booking.objects.get().sequence == 1


def raw(offer, **more):
    period = DateTimeTZRange(datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 5, tzinfo=UTC))
    return Booking.objects.create(**{"offer": offer, "unit": 1, "last_unit": 1, "period": period, "kind": "agreement", **more})


@pytest.mark.parametrize("second", [{}, {"unit": 1, "last_unit": 1_000}, {"kind": "visit"}])
def test_the_constraint_is_the_last_line(offer, second):
    """Whoever comes past the verbs and their lock is refused by the database."""
    raw(offer)
    with pytest.raises(IntegrityError, match="booking_once"):
        raw(offer, **second)


def test_the_constraint_lets_others_be(offer, lab):
    raw(offer)
    raw(offer, unit=2, last_unit=2), raw(make_offer(lab, "mast")), raw(offer, state="released")
    raw(offer, period=DateTimeTZRange(datetime(2026, 10, 5, tzinfo=UTC), datetime(2026, 10, 9, tzinfo=UTC)))
    assert Booking.objects.count() == 5


@pytest.mark.parametrize(
    "wrong", [{"unit": 0}, {"unit": 2}, {"last_unit": 1_001}, {"period": DateTimeTZRange(NOW, NOW)}, {"period": DateTimeTZRange(NOW, None)}]
)
def test_the_database_refuses_nonsense(offer, wrong):
    with pytest.raises(IntegrityError, match=r"booking_(units|period)"):
        raw(offer, **wrong)


def test_past_the_lock_the_refusal_says_the_same(offer, monkeypatch):
    """Without the lock's answer the constraint's refusal reads like any other."""
    hold(offer, 1, 5)
    monkeypatch.setattr("bookings.actions.holding.free_units", lambda *args, **options: [1])
    with pytest.raises(WrongState, match="full"):
        hold(offer, 4, 5)


def test_the_question_is_answered_by_the_index(offer, lab):
    others = [make_offer(lab, f"offer-{number}") for number in range(20)]
    day, start = timedelta(days=1), datetime(2020, 1, 1, tzinfo=UTC)
    Booking.objects.bulk_create(
        Booking(offer=one, unit=1, last_unit=1, kind="agreement", period=DateTimeTZRange(start + number * day, start + (number + 1) * day))
        for one in [offer, *others]
        for number in range(500)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE bookings_booking")
    plan = Booking.objects.in_the_way(offer, NOW, NOW + 14 * day).explain()
    assert "booking_once" in plan and "Seq Scan" not in plan
