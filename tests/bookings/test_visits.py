"""Visits: a delegation asks, the lab answers; every state × verb × side, what is held, who is told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import override

from bookings import actions
from bookings.actions.visits import SOURCES
from bookings.enums import BookingState, VisitState
from bookings.models import Booking, Visit
from bookings.prices import price_words, visit_price
from common.errors import WrongState
from livinglabs.actions import archive, update_offer
from livinglabs.models import LivingLab, Offer
from notifications.models import OutboxEntry
from organisations.actions import merge
from records.models import AuditEntry
from tests.bookings.conftest import NOW, make_lab, make_offer
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.support.threads import at_once
from tests.support.told import told

pytestmark = pytest.mark.django_db
WORDS = {"delegation": "City of Lund", "people": 12, "language": "en", "purpose": "We plan lamps of our own."}


def ask(offer, by, day=20, hour=10, **more):
    """A visit of two hours in October 2026, on the clock of the lab."""
    start = datetime(2026, 10, day, hour)
    return actions.ask_for_visit(offer, by=by, **{**WORDS, "start": start, "end": start + timedelta(hours=2), "now": NOW, **more})


#: What each verb needs besides.
NEEDS = {
    "decline": {"reason": "We are away"},
    "cancel": {"reason": "The train does not run"},
    "propose": {"start": datetime(2026, 10, 27, 10), "end": datetime(2026, 10, 27, 12)},
    "change_date": {"start": datetime(2026, 10, 28, 10), "end": datetime(2026, 10, 28, 12)},
}


def do(verb, visit, by=None, **more):
    return getattr(actions, verb)(visit, by=by, **{"now": NOW, **NEEDS.get(verb, {}), **more})


WAYS = {
    VisitState.ASKED: (),
    VisitState.PROPOSED: ("propose",),
    VisitState.CONFIRMED: ("confirm",),
    VisitState.DECLINED: ("decline",),
    VisitState.WITHDRAWN: ("withdraw",),
    VisitState.CANCELLED: ("confirm", "cancel"),
}
LEADS = {"confirm": "confirmed", "accept": "confirmed", "propose": "proposed", "change_date": "asked", "decline": "declined",
         "withdraw": "withdrawn", "cancel": "cancelled"}  # fmt: skip


@pytest.fixture
def visit(guided, guest):
    return ask(guided, guest)


@pytest.mark.parametrize("verb", LEADS)
@pytest.mark.parametrize("state", VisitState)
def test_each_verb_leads_on_from_its_states_and_from_no_other(visit, state, verb):
    for step in WAYS[state]:
        do(step, visit)
    if state in SOURCES[verb]:
        assert do(verb, visit).state == LEADS[verb]
    else:
        with pytest.raises(WrongState, match="is now"):
            do(verb, visit)
        visit.refresh_from_db()
        assert visit.state == state
    held = Booking.objects.held().filter(kind="visit").count()
    assert held == (visit.state == VisitState.CONFIRMED)


def test_a_visit_is_asked_for_on_the_clock_of_the_lab(visit, guest):
    assert (visit.starts_at, visit.state, visit.asked_by) == (datetime(2026, 10, 20, 8, tzinfo=UTC), VisitState.ASKED, guest)
    assert (visit.price, Booking.objects.count()) == ("", 0)


def test_a_price_that_is_agreed_as_the_offer_says_it_is_read_in_ones_own_language(visit, owner):
    with override("da"):
        actions.confirm(visit, by=owner, now=NOW)
        danish = price_words(visit.offer)
    with override("en"):
        assert (visit.price, visit_price(visit), danish == visit_price(visit)) == (danish, price_words(visit.offer), False)
    visit.price = "A cake"
    assert visit_price(visit) == "A cake"


def test_a_confirmed_visit_holds_a_unit_and_says_where_to_meet(visit, owner):
    actions.confirm(visit, by=owner, practical="At the gate", price="DKK 500", now=NOW)
    booking = visit.booking
    assert (visit.practical, visit.price, visit.decided_by) == ("At the gate", "DKK 500", owner)
    assert (booking.kind, booking.title, booking.period.lower, booking.state) == (
        "visit",
        "City of Lund",
        visit.starts_at,
        BookingState.HELD,
    )


def test_a_full_offer_says_when_it_is_free_at_the_same_time(guided, guest, visit):
    do("confirm", visit)
    with pytest.raises(
        WrongState, match=r"full: Tuesday 20 October 2026, 11:00–13:00. .* Wednesday 21 October 2026, 11:00–13:00"
    ) as refusal:
        ask(guided, guest, hour=11)
    assert refusal.value.code == "full"


def test_the_second_of_two_for_the_same_time_is_not_confirmed(guided, guest, visit):
    other = ask(guided, UserFactory(), delegation="Region Skåne")
    do("confirm", visit)
    with pytest.raises(WrongState, match="full"):
        do("confirm", other)
    other.refresh_from_db()
    assert (other.state, other.booking) == (VisitState.ASKED, None)


def test_a_confirmed_visit_that_is_moved_gives_its_time_back(visit, guest):
    do("confirm", visit), do("propose", visit, reason="Snow")
    assert (visit.state, visit.answer, visit.starts.day) == (VisitState.PROPOSED, "Snow", 27)
    assert [one.state for one in Booking.objects.all()] == [BookingState.RELEASED]
    do("accept", visit, by=guest)
    assert (visit.state, visit.booking.starts.day) == (VisitState.CONFIRMED, 27)


def test_the_same_form_sent_twice_is_one_visit(guided, guest, visit):
    assert ask(guided, guest) == visit
    assert Visit.objects.count() == 1


def test_who_answers_something_else_than_what_stands_there_is_told(visit, owner):
    seen = visit.changed_at
    do("change_date", visit, now=NOW + timedelta(minutes=1))
    with pytest.raises(WrongState) as refusal:
        actions.confirm(visit, by=owner, seen=seen, now=NOW)
    assert (refusal.value.code, Visit.objects.get().state) == ("changed_meanwhile", VisitState.ASKED)


def wrong(offer, by, **more):
    with pytest.raises(ValidationError) as refusal:
        ask(offer, by, **more)
    return sorted(refusal.value.error_dict)


@pytest.mark.parametrize(
    "more, fields",
    [
        ({"people": 26}, ["people"]),
        ({"people": 0}, ["people"]),
        ({"start": datetime(2026, 9, 5, 10), "end": datetime(2026, 9, 5, 12)}, ["start"]),
        ({"start": datetime(2026, 8, 31, 10)}, ["end", "start"]),
        ({"start": datetime(2026, 9, 1, 10), "end": datetime(2026, 9, 1, 12)}, ["start"]),
        ({"end": datetime(2026, 11, 20, 12)}, ["end"]),
        ({"end": datetime(2026, 10, 20, 9)}, ["end"]),
        ({"delegation": "x" * 201}, ["delegation"]),
        ({"purpose": "\x00"}, ["purpose"]),
        ({"purpose": "  "}, ["purpose"]),
        ({"start": date(9999, 12, 31)}, ["start"]),
    ],
)
def test_what_cannot_be_asked(guided, guest, more, fields):
    assert (wrong(guided, guest, **more), Visit.objects.count()) == (fields, 0)


def test_only_whom_the_offer_is_for_may_come(guided, guest):
    Offer.objects.filter(pk=guided.pk).update(open_to=["company"])
    assert wrong(guided, guest, organisation=guest.memberships.get().organisation) == ["organisation"]


def test_what_is_no_visit_takes_none(offer, guest):
    with pytest.raises(WrongState, match="not a visit"):
        ask(offer, guest)


def test_a_reason_is_needed_to_say_no(visit):
    for verb in ("decline", "cancel"):
        with pytest.raises(WrongState, match="Say why"):
            do(verb, visit, reason=" ")


def test_what_has_begun_is_not_cancelled(visit):
    do("confirm", visit)
    with pytest.raises(WrongState, match="begun"):
        do("cancel", visit, now=visit.starts_at)


def test_an_answer_that_comes_too_late_holds_nothing(visit):
    with pytest.raises(WrongState, match="over"):
        do("confirm", visit, now=visit.starts_at)
    assert Booking.objects.count() == 0


def test_a_lab_that_has_closed_confirms_nothing(visit, lab):
    type(lab).objects.filter(pk=lab.pk).update(state="archived")
    with pytest.raises(WrongState, match="is not open now"):
        do("confirm", visit)
    assert do("decline", visit).state == VisitState.DECLINED


# ---- thanks


def test_guests_are_thanked_once_the_visit_is_over_with_material(visit, owner, guest):
    do("confirm", visit)
    with pytest.raises(WrongState, match="once the visit is over"):
        actions.thank(visit, by=owner, text="Thank you", now=visit.ends_at - timedelta(minutes=1))
    actions.thank(visit, by=owner, text="Thank you", files=[(ContentFile(b"%PDF-1.7 x", name="slides.pdf"), "Slides")], now=visit.ends_at)
    assert (visit.thanked_at, [one.title for one in visit.attachments.all()]) == (visit.ends_at, ["Slides"])
    assert told("visit.thanked") == [("visit.thanked", "Guest", "visit_guest")]
    with pytest.raises(WrongState, match="already"):
        actions.thank(visit, by=owner, text="Again", now=visit.ends_at)


def test_a_file_that_is_none_leaves_the_guests_unthanked(visit, owner):
    do("confirm", visit)
    with pytest.raises(ValidationError):
        actions.thank(visit, by=owner, text="Thank you", files=[(ContentFile(b"MZ\x90", name="tour.exe"), "")], now=visit.ends_at)
    assert (Visit.objects.get().thanked_at, visit.attachments.count()) == (None, 0)


# ---- who is told


def receivers(kind):
    return [pk for entry in OutboxEntry.objects.filter(kind=kind).order_by("pk") for pk, _reason in entry.receivers]


def test_each_side_hears_of_what_the_other_did(guided, guest, owner, editor):
    visit = ask(guided, guest)
    do("propose", visit, by=owner), do("change_date", visit, by=guest), do("confirm", visit, by=editor), do("cancel", visit, by=guest)
    heard = {kind: set(receivers(f"visit.{kind}")) for kind in ("asked", "proposed", "changed", "confirmed", "cancelled")}
    hosts = {owner.pk, editor.pk}
    assert heard == {"asked": hosts, "proposed": {guest.pk}, "changed": hosts, "confirmed": {guest.pk}, "cancelled": hosts}


def test_a_confirmation_brings_the_calendar_file_in_each_language(visit, owner):
    do("confirm", visit, by=owner)
    context = OutboxEntry.objects.get(kind="visit.confirmed").context
    assert sorted(context["calendar"]) == ["da", "en", "sv"]
    assert f"UID:{visit.uid}" in context["calendar"]["en"]


def test_where_the_guest_is_gone_the_organisation_hears(guided, guest):
    organisation = guest.memberships.get().organisation
    visit = ask(guided, guest, organisation=organisation)
    Visit.objects.filter(pk=visit.pk).update(asked_by=None)
    visit.refresh_from_db()
    do("confirm", visit)
    assert receivers("visit.confirmed") == [guest.pk]


def test_each_verb_is_recorded(visit, owner, guest):
    do("propose", visit, by=owner), do("accept", visit, by=guest), do("cancel", visit, by=guest)
    verbs = AuditEntry.objects.filter(target_id=visit.pk, target_type__model="visit").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["ask_for_visit", "propose_date", "accept_date", "cancel"]


# ---- by the clock, and when the world changes


def test_both_sides_are_reminded_once_within_a_day(visit, owner):
    do("confirm", visit)
    assert actions.remind(now=visit.starts_at - timedelta(hours=25)) == 0
    assert [actions.remind(now=visit.starts_at - timedelta(hours=20)) for _time in range(2)] == [1, 0]
    assert told("visit.reminder") == [("visit.reminder", "Guest", "visit_guest"), ("visit.reminder", "Owner", "lab_host")]


def test_what_nobody_answered_in_time_is_declined(visit):
    assert [actions.lapse(now=visit.starts_at + timedelta(minutes=1)) for _time in range(2)] == [1, 0]
    assert Visit.objects.get().state == VisitState.DECLINED


def test_an_erased_guest_is_not_waited_for(guided, guest):
    _asked, confirmed = ask(guided, guest), ask(guided, guest, day=21)
    do("confirm", confirmed)
    actions.forget_guest(guest, now=NOW)
    assert list(Visit.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "cancelled"]
    assert Booking.objects.held().count() == 0


def test_an_organisation_whose_guest_is_erased_still_comes(guided, guest):
    organisation = guest.memberships.get().organisation
    MembershipFactory(organisation=organisation, role="editor")
    ask(guided, guest, organisation=organisation)
    actions.forget_guest(guest, now=NOW)
    assert Visit.objects.get().state == VisitState.ASKED


def soon(offer, by):
    """A visit in a month from today: labs close by the clock of the machine."""
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=30)
    return ask(offer, by, start=start, end=start + timedelta(hours=2), now=None)


def test_a_lab_with_a_confirmed_visit_is_not_archived(guided, guest, lab, owner):
    actions.confirm(soon(guided, guest), by=owner)
    with pytest.raises(WrongState, match=r"Something is booked still. .*: City of Lund \("):
        archive(lab, by=owner)
    assert lab.state == "published"


def test_when_a_lab_is_archived_those_who_wait_are_told(visit, lab, owner, guest):
    archive(lab, by=owner, now=NOW)
    assert (Visit.objects.get().state, receivers("visit.declined")) == (VisitState.DECLINED, [guest.pk])


def test_a_merged_organisation_keeps_its_visits(guided, guest, moderator):
    old, new = guest.memberships.get().organisation, OrganisationFactory(name="Lund")
    visit = ask(guided, guest, organisation=old)
    merge(old, new, by=moderator)
    visit.refresh_from_db()
    assert (visit.organisation, list(Visit.objects.guest(guest))) == (new, [visit])


def test_a_merged_host_answers_its_visits(visit, organisation, lab, owner, moderator):
    merge(organisation, OrganisationFactory(name="Larger"), by=moderator)
    assert list(Visit.objects.hosted_by(type(owner).objects.get(pk=owner.pk))) == [visit]
    assert do("confirm", Visit.objects.get()).state == VisitState.CONFIRMED


# ---- capacity


def capacity(offer, wanted, by):
    return update_offer(offer, by=by, capacity=wanted)


def test_fewer_units_than_are_agreed_are_refused_with_what_is_agreed(offer, owner):
    capacity(offer, 3, owner)
    first = timezone.now().date() + timedelta(days=30)
    for title in ("Bins", "Lamps", "Radar"):
        actions.hold(offer, start=first, end=first + timedelta(days=9), by=owner, title=title)
    with pytest.raises(ValidationError) as refusal:
        capacity(offer, 2, owner)
    offer.refresh_from_db()
    assert (offer.capacity, list(refusal.value.error_dict), "Radar (" in refusal.value.messages[0]) == (3, ["capacity"], True)


def test_fewer_units_move_what_has_room_elsewhere(offer, owner):
    capacity(offer, 2, owner)
    first = timezone.now().date() + timedelta(days=30)
    early = actions.hold(offer, start=first, end=first, by=owner)
    late = actions.hold(offer, start=first, end=first, by=owner)
    actions.release(early, by=owner)
    assert late.unit == 2
    capacity(offer, 1, owner)
    late.refresh_from_db()
    assert (late.unit, late.sequence) == (1, 1)


# ---- at once, for real


@pytest.mark.django_db(transaction=True)
def test_two_hosts_decide_at_once_and_one_is_told():
    offer = make_offer(make_lab(OrganisationFactory()), kind="visit")
    visit = ask(offer, UserFactory())
    answers = at_once(lambda: do("confirm", Visit.objects.get()), lambda: do("decline", Visit.objects.get()))
    assert sorted(type(one).__name__ for one in answers) == ["Visit", "WrongState"]
    visit.refresh_from_db()
    assert Booking.objects.held().count() == (visit.state == VisitState.CONFIRMED)


@pytest.mark.django_db(transaction=True)
def test_two_delegations_confirmed_at_once_never_both():
    offer = make_offer(make_lab(OrganisationFactory()), kind="visit")
    first, second = ask(offer, UserFactory()), ask(offer, UserFactory())
    answers = at_once(lambda: do("confirm", first), lambda: do("confirm", second))
    assert sorted(type(one).__name__ for one in answers) == ["Visit", "WrongState"]
    assert Booking.objects.held().count() == 1


@pytest.mark.django_db(transaction=True)
def test_archiving_and_confirming_at_once_never_both():
    lab = make_lab(OrganisationFactory())
    visit = soon(make_offer(lab, kind="visit"), UserFactory())
    answers = at_once(lambda: actions.confirm(visit, by=None), lambda: archive(LivingLab.objects.get(pk=lab.pk), by=None))
    assert sorted(type(one).__name__ for one in answers) in (["LivingLab", "WrongState"], ["Visit", "WrongState"])


@pytest.mark.django_db(transaction=True)
def test_capacity_lowered_and_agreed_at_once_never_both():
    offer = make_offer(make_lab(OrganisationFactory()), capacity=2)
    day = timezone.now().date() + timedelta(days=30)
    actions.hold(offer, start=day, end=day, by=None)
    answers = at_once(
        lambda: actions.hold(Offer.objects.get(), start=day, end=day, by=None),
        lambda: update_offer(Offer.objects.get(), by=None, capacity=1),
    )
    assert sum(isinstance(one, ValidationError) for one in answers) == 1
    assert Booking.objects.held().count() == Offer.objects.get().capacity
